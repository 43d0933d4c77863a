"""An answer is composed like a post: its words, its language, its price, and the rules of posts."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from runner.inbox import OwnAnswer, ReadyAnswer
from runner.inbox.composing import AnswerComposer
from runner.inbox.record import Mention
from runner.models.project import Project
from runner.render import RenderAssets

NOW = datetime(2027, 3, 1, 7, tzinfo=UTC)
PROJECT = Project.model_validate(
    {"timezone": "Europe/Riga", "accounts": {"shop": {"handle": "acme_lv", "locale": "es"}}}
)
TEMPLATES = {
    "answers/thanks.es.j2": "Gracias",
    "answers/thanks.lv.j2": "Paldies",
    "answers/hours.es.j2": "Horario: {{ vars.hours }}",
    "answers/long.es.j2": "Uno\n---\nDos",
}
ASKED = Mention(post="100", newest="101", conversation="100", language="lv")


def composed(words, *, mention=ASKED, vars=None):
    assets = RenderAssets(project=PROJECT, templates=TEMPLATES)
    composer = AnswerComposer(account="shop", helper=None, assets=assets, vars=vars or {})
    return composer.compose(mention, words, now=NOW)


def text_of(answer) -> str:
    return answer.post.parts[0].text


def test_it_answers_the_newest_version_under_the_key_of_the_first():
    answer = composed(OwnAnswer("Hola"))
    assert str(answer.post.key) == "shop/_inbox/100"
    assert answer.post.reply_to_id == "101"
    assert answer.occurrence.due == NOW
    assert answer.is_sound


@pytest.mark.parametrize(
    ("language", "said"), [("lv", "Paldies"), ("es", "Gracias"), ("fr", "Gracias")]
)
def test_a_ready_answer_speaks_their_language_where_it_can_and_else_ours(language, said):
    mention = Mention(post="100", newest="100", conversation="100", language=language)
    assert text_of(composed(ReadyAnswer("thanks"), mention=mention)) == said


def test_what_it_answers_and_what_it_says_make_its_digest():
    digests = {
        composed(OwnAnswer("Hola")).digest,
        composed(OwnAnswer("Hola!")).digest,
        composed(
            OwnAnswer("Hola"), mention=Mention(post="100", newest="102", conversation="100")
        ).digest,
    }
    assert len(digests) == 3
    assert composed(OwnAnswer("Hola")).digest in digests


@pytest.mark.parametrize(
    ("words", "usd"), [("Hola", "0.010"), ("Mira https://acme.lv/hola", "0.200")]
)
def test_an_answer_costs_less_than_a_post_unless_it_has_a_link(words, usd):
    assert composed(OwnAnswer(words)).post.cost == Decimal(usd)


def test_what_a_ready_answer_needs_is_declared():
    (wrong,) = composed(ReadyAnswer("hours")).problems
    assert "below `inbox: vars` in runner.yaml" in wrong.help
    answer = composed(ReadyAnswer("hours"), vars={"hours": "9–18"})
    assert (text_of(answer), answer.is_sound) == ("Horario: 9–18", True)


def test_an_answer_is_one_post():
    answer = composed(ReadyAnswer("long"))
    assert answer.digest is None
    assert [each.rule for each in answer.problems] == ["out-of-range"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("x" * 281, "too-long"),
        ("Hola\u200bamigo", "hidden-character"),
        ("​", "empty-text"),
    ],
)
def test_the_rules_of_posts_hold_for_answers(words, rule):
    answer = composed(OwnAnswer(words))
    (found,) = (each for each in answer.problems if each.rule == rule)
    assert "100" not in found.message
    assert answer.digest is None
