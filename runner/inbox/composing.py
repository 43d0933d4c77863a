"""An answer as X gets it: the words of a person, or a ready answer, made a post and checked.

It is compiled as a campaign of one post, so that the rules of posts hold for it. Words of one's own
are text, and never run as a template.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from runner.compile import CampaignTexts, TextRequest, date_campaign
from runner.inbox.answer_commands import DIGEST_LENGTH, AnswerWords, OwnAnswer, ReadyAnswer
from runner.inbox.record import Mention
from runner.ledger import INBOX
from runner.models import ANSWERS_FOLDER, CampaignFile, Series, Words
from runner.problems import Message, Place, Problem, Severity
from runner.render import RenderAssets, RenderedPart, RenderedPost
from runner.rules import RULES, CampaignRule, Proof, RuleContext, check
from runner.schedule import Occurrence
from runner.templating import tidy
from runner.text import LIMIT, PREMIUM_LIMIT, links, weigh
from runner.value import Value, replace
from runner.x_facts import PRICES

_PATH: Final = "the comment"
"""Where problems stand that are in no file."""
_GRACE: Final = "24h"
"""How long a run tries to send it."""
_WHERE_VARS_ARE: Final = "write it below `inbox: vars` in runner.yaml, under this name"
_OF_ONE_POST: Final = tuple(
    rule for rule in RULES if isinstance(rule, CampaignRule) and rule.of_one_post
)


def ready_answers(templates: Iterable[str]) -> tuple[str, ...]:
    """Their names, by the names of all templates."""
    paths = (path.split("/") for path in templates)
    return tuple(sorted({path[1].split(".")[0] for path in paths if path[:-1] == [ANSWERS_FOLDER]}))


class ComposedAnswer(Value, kw_only=True):
    """An answer to a mention, and what is wrong with it."""

    occurrence: Occurrence
    post: RenderedPost | None
    """None where it can't be rendered."""
    problems: tuple[Problem, ...]
    handle: str
    """Of the account that it goes out as."""
    barred: str | None
    """The handle of who answers for others, where X does not let it answer this."""

    @property
    def is_sound(self) -> bool:
        """Whether it may go out."""
        return self.post is not None and all(
            each.severity is not Severity.ERROR for each in self.problems
        )

    @property
    def digest(self) -> str | None:
        """What stands for it, its words, who says them, and what it answers; None where it may not
        go out."""
        if self.post is None or not self.is_sound:
            return None
        whole = f"{self.occurrence.key} {self.post.digest}"
        return sha256(whole.encode()).hexdigest()[:DIGEST_LENGTH]


class AnswerComposer(Value, kw_only=True):
    """Makes the answers to what is said to one account."""

    account: str
    helper: str | None
    """An account that answers for others, where X lets it: where it was named, too."""
    assets: RenderAssets
    vars: Mapping[str, Words | Mapping[str, Words]]
    """What ready answers may say, by name."""

    def sender(self, mention: Mention) -> str:
        """The account that answers a mention."""
        return self.helper if self.helper and self.helper in mention.names else self.account

    def compose(self, mention: Mention, words: AnswerWords, *, now: datetime) -> ComposedAnswer:
        """The answer with these words; `now` is when it is due."""
        file = self._file(mention, words, now)
        dated, untimely = date_campaign(file, self.assets, lambda: file)
        assert dated is not None, "the account is one of the project"  # noqa: S101
        (occurrence,) = dated.timetable.all()
        if isinstance(words, OwnAnswer):
            post: RenderedPost | None = self._own(occurrence, words)
            wrong: tuple[Problem, ...] = untimely
        else:
            made = CampaignTexts(dated, file).rendering(TextRequest(occurrence))
            post, wrong = made.post, (*untimely, *made.problems)
        if post is not None:
            post = _as_answer(post, mention)
            context = RuleContext(
                project=self.assets.project,
                files=(file,),
                proofs=(Proof(occurrence=occurrence, post=post, file=file),),
                anchors={file.path: dated.anchors},
                media=self.assets.media,
            )
            wrong = (*wrong, *_too_many(post), *check(context, _OF_ONE_POST))
        return self._composed_answer(occurrence, post, wrong, mention)

    def _composed_answer(
        self,
        occurrence: Occurrence,
        post: RenderedPost | None,
        wrong: tuple[Problem, ...],
        mention: Mention,
    ) -> ComposedAnswer:
        sender, accounts = occurrence.key.account, self.assets.project.accounts
        is_barred = self.helper is not None and self.helper != sender
        return ComposedAnswer(
            occurrence=occurrence,
            post=post,
            problems=_in_answers_words(wrong, mention),
            handle=accounts[sender].handle,
            barred=accounts[self.helper].handle if self.helper and is_barred else None,
        )

    def _file(self, mention: Mention, words: AnswerWords, now: datetime) -> CampaignFile:
        template = (
            {"template": f"{ANSWERS_FOLDER}/{words.name}"} if isinstance(words, ReadyAnswer) else {}
        )
        due = f"{now.astimezone(UTC):%Y-%m-%d %H:%M}"
        campaign = Series.model_validate(
            {
                "kind": "series",
                "account": self.sender(mention),
                "timezone": "UTC",
                "locale": self._locale(mention, words),
                "promotional": False,
                "vars": dict(self.vars),
                "posts": {mention.post: {"at": due, "grace": _GRACE, **template}},
            }
        )
        return CampaignFile(id=INBOX, path=_PATH, campaign=campaign)

    def _locale(self, mention: Mention, words: AnswerWords) -> str:
        """The mention's language, where the ready answer is written in it; else the account's."""
        if isinstance(words, ReadyAnswer):
            name = f"{ANSWERS_FOLDER}/{words.name}.{mention.language}.j2"
            if name in self.assets.templates:
                return mention.language
        return self.assets.project.accounts[self.account].locale

    def _own(self, occurrence: Occurrence, words: OwnAnswer) -> RenderedPost:
        account = self.assets.project.accounts[occurrence.key.account]
        text = str(tidy(words.text))
        return RenderedPost(
            key=occurrence.key,
            due=occurrence.due,
            locale=self.assets.project.accounts[self.account].locale,
            limit=PREMIUM_LIMIT if account.premium else LIMIT,
            parts=(RenderedPart(text=text, weight=weigh(text), cost=PRICES["answer"]),),
        )


def _as_answer(post: RenderedPost, mention: Mention) -> RenderedPost:
    """The post as a reply to a mention, at the price of one."""
    parts = tuple(replace(part, cost=_cost(part)) for part in post.parts)
    return replace(post, parts=parts, reply_to_id=mention.newest)


def _cost(part: RenderedPart) -> Decimal:
    return PRICES["post-with-link" if links(part.text) else "answer"]


def _in_answers_words(problems: Iterable[Problem], mention: Mention) -> tuple[Problem, ...]:
    """The problems as they read where an answer has no name, and its values are in runner.yaml."""
    return tuple(
        replace(
            each,
            message=each.message.replace(f"`{mention.post}`", "the answer"),
            help=_WHERE_VARS_ARE if each.rule == "unknown-variable" else each.help,
        )
        for each in problems
    )


def _too_many(post: RenderedPost) -> tuple[Problem, ...]:
    if len(post.parts) == 1:
        return ()
    text = f"an answer is one post, and this is a thread of {len(post.parts)}"
    message = Message("out-of-range", text, "remove the lines of three hyphens")
    return (message.at(Place(path=_PATH)),)
