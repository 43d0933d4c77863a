"""The pieces of the pages about the inbox: an issue, what stands below it, what the ready answers
say, and what a month comes to."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from runner.inbox import AnswerWords, HeardMention, Label, MentionState, OwnAnswer, ReadyAnswer
from runner.inbox.composing import AnswerComposer, ready_answers
from runner.inbox.record import Mention
from runner.models.inbox import ANSWERS_FOLDER
from runner.models.project import Project
from runner.render import RenderAssets
from runner.views.markdown.answer_comment import preview_as_markdown
from runner.views.markdown.inbox import InboxIssueTexts
from runner.views.phrases import usd
from runner.x_facts import PRICES, snowflake
from tests.docs.pages import quoted

AT: Final = datetime(2027, 2, 1, 7, 30, tzinfo=UTC)
_ID: Final = str(snowflake(AT))
ASKED: Final = Mention(
    post=_ID,
    newest=_ID,
    conversation="2093884301257482240",
    answers="2093884301257482240",
    answers_us=True,
    language="lv",
    labels=(Label.COMPLAINT,),
)
WORDS: Final = "@acme_shop Manas jaunās džinsas saplīsa pēc divām dienām!"
PROJECT: Final = Project.model_validate(
    {
        "timezone": "Europe/Riga",
        "accounts": {
            "shop": {"handle": "acme_shop", "locale": "lv"},
            "support": {"handle": "acme_support", "locale": "en"},
        },
    }
)
MENTIONS, OWN_POSTS, ANSWERED, WAIT_OVERNIGHT, DAYS = 300, 150, 120, 4, 30
TICKS: Final = {
    "every three hours, as *Listen* comes": 8 * DAYS,
    "every half hour from 9 to 18, on 22 working days, by an [outside clock](be-on-time.md)": 18
    * 22,
    "every quarter of an hour, day and night, by an outside clock": 96 * DAYS,
}


def inbox_pieces(standard_templates: Mapping[str, str]) -> dict[str, str]:
    """All of them, by name."""
    return {
        "the issue of a conversation": _issue(standard_templates),
        "an answer that is shown": _answer(standard_templates, ReadyAnswer("apology"), None),
        "an answer of another account": _answer(
            standard_templates, OwnAnswer("Mums ļoti žēl!"), "support"
        ),
        "the ready answers": _ready_answers(standard_templates),
        "a month of the inbox": _money(),
        "the minutes of the inbox": _minutes(),
    }


def _issue(templates: Mapping[str, str]) -> str:
    heard = HeardMention(mention=ASKED, state=MentionState.OPEN, began=ASKED.post)
    ready, zone = ready_answers(templates), PROJECT.timezone
    texts = InboxIssueTexts(account="shop", zone=zone, ready=ready, on_duty=("octocat",))
    title, body = texts.title([heard]), texts.body([heard])
    return quoted(f"**{title}**\n\n{body}\n\n---\n\n{texts.comment(heard, WORDS)}")


def _answer(templates: Mapping[str, str], words: AnswerWords, helper: str | None) -> str:
    assets = RenderAssets(project=PROJECT, templates=templates)
    composer = AnswerComposer(account="shop", helper=helper, assets=assets, vars={})
    return quoted(preview_as_markdown(composer.compose(ASKED, words, now=AT + timedelta(hours=1))))


def _ready_answers(templates: Mapping[str, str]) -> str:
    names = ready_answers(templates)
    rows = ["| name | in Latvian | in Spanish | in Russian | in English |", "|---|---|---|---|---|"]
    for name in names:
        said = (
            templates[f"{ANSWERS_FOLDER}/{name}.{each}.j2"].strip()
            for each in ("lv", "es", "ru", "en")
        )
        rows.append(f"| `{name}` | {' | '.join(said)} |")
    return "\n".join(rows)


def _money() -> str:
    read, looked, said = PRICES["read-owned"], PRICES["read-post"], PRICES["answer"]
    parts = (
        (f"{MENTIONS} mentions read", MENTIONS, read),
        (f"{OWN_POSTS} posts and {ANSWERED} answers of your own read", OWN_POSTS + ANSWERED, read),
        (
            f"{WAIT_OVERNIGHT} that wait overnight, asked for once a day",
            WAIT_OVERNIGHT * DAYS,
            looked,
        ),
        (f"{ANSWERED} answers sent from issues", ANSWERED, said),
    )
    rows = [
        f"| {what} | {count} × {usd(price)} | {usd(count * price)} |"
        for what, count, price in parts
    ]
    total = sum((count * price for _, count, price in parts), Decimal(0))
    head = ["| in 30 days | | |", "|---|---|---|"]
    return "\n".join([*head, *rows, f"| **together** | | **{usd(total)}** |"])


def _minutes() -> str:
    answers = ANSWERED * (1 + 2)
    head = [
        "| *Listen* comes | its minutes | with the answers and *Watch* |",
        "|---|---|---|",
    ]
    rows = [
        f"| {how} | {2 * ticks:,} | {2 * ticks + answers + 2 * DAYS:,} |"
        for how, ticks in TICKS.items()
    ]
    return "\n".join([*head, *rows])
