"""The terms of a contest, as whoever takes part reads them."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runner.models import CAMPAIGN, Contest, EntriesSeen
from runner.schedule import Clocks
from runner.value import replace
from runner.views.contest_terms import LANGUAGES, ContestTerms, terms_as_html, terms_as_markdown

GOLDEN = Path(__file__).parents[2] / "golden" / "terms"
RIGA = ZoneInfo("Europe/Riga")
PLAIN: dict[str, Any] = {
    "kind": "contest",
    "account": "shop",
    "prize": {
        "en": "three pairs of jeans",
        "es": "tres pares de vaqueros",
        "lv": "trīs džinsu pāri",
        "ru": "три пары джинсов",
    },
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-08 20:00",
    "entry": {"how": "reply", "phrase": "#MyJeans", "account-age": "30d", "exclude": ["acme_shop"]},
    "winners": 3,
    "alternates": 2,
    "organiser": {
        "name": "SIA “Acme” <b>",
        "address": "Brīvības iela 1, Rīga",
        "contact": "hello@acme.lv",
    },
    "prize-value": {"amount": 180, "currency": "EUR"},
    "audience": ["LV", "ES"],
    "key": {"fingerprint": "3jhlwayvir27icmfphljv67ezl", "user-id": "858733719908736520"},
    "posts": {"announce": {"at": "opens"}},
}


def terms(*, code: str | None = "hzti4fq7u3oc54ukydd2k3kulj", **more: Any) -> ContestTerms:
    contest = CAMPAIGN.validate_python(PLAIN | more)
    assert isinstance(contest, Contest)
    anchors = {
        "opens": datetime(2026, 12, 1, 10, tzinfo=RIGA),
        "closes": datetime(2026, 12, 8, 20, tzinfo=RIGA),
        "draws": datetime(2026, 12, 10, 20, tzinfo=RIGA),
    }
    clocks = Clocks(zone=RIGA, account="shop", account_zone=RIGA, slots={})
    return ContestTerms(
        id="winter",
        contest=contest,
        anchors=anchors,
        handles=("acme_lv",),
        clocks=clocks,
        code=code,
    )


def section(text: str, number: int) -> str:
    """One of them: 6 is the draw, 7 is what is kept."""
    return text.split("\n## ")[number]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_terms_tell_who_how_when_what_and_how_it_is_drawn(
    locale: str, golden: Callable[[Path, str], None]
) -> None:
    """Whoever speaks the language reads these files, and accepts them."""
    bare = {
        "key": None,
        "organiser": None,
        "prize-value": None,
        "audience": [],
        "alternates": 0,
        "winners": 1,
    }
    by_repost = {"entry": {"how": "repost"}, "claim-by": "drawn + 36h", **bare}
    golden(GOLDEN / f"with-a-key.{locale}.md", terms_as_markdown(terms(), locale))
    golden(
        GOLDEN / f"by-hand.{locale}.md", terms_as_markdown(terms(code=None, **by_repost), locale)
    )


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_contest_with_a_key_that_is_drawn_by_hand_still_keeps_sealed_entries(locale: str) -> None:
    proven, by_hand = (
        terms_as_markdown(terms(), locale),
        terms_as_markdown(terms(code=None), locale),
    )
    plain = terms_as_markdown(terms(code=None, key=None), locale)
    assert section(by_hand, 6) == section(plain, 6) != section(proven, 6)
    assert section(by_hand, 7) == section(proven, 7) != section(plain, 7)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_is_drawn_by_hand_is_drawn_after_draws_else_after_it_closes(locale: str) -> None:
    known = terms(code=None)
    unknown = replace(known, anchors={**known.anchors, "draws": known.anchors["closes"]})
    left_out = {name: at for name, at in known.anchors.items() if name != "draws"}
    said = terms_as_markdown(replace(known, anchors=left_out), locale)
    assert said == terms_as_markdown(unknown, locale) != terms_as_markdown(known, locale)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "within 2 days of being named, on the last day by 6:30 PM (Europe/Riga)."),
        ("es", "en el plazo de 2 días desde que se las nombra, el último día hasta las 18:30 (Eu"),
        ("lv", "2 dienu laikā pēc nosaukšanas, pēdējā dienā līdz plkst. 18:30 (Europe/Riga)."),
        ("ru", "в течение 2 дней после объявления, в последний день до 18:30 (Europe/Riga)."),
    ],
)
def test_a_time_of_day_until_which_the_prize_can_be_claimed_is_told(locale: str, said: str) -> None:
    asked = terms(**{"claim-by": "drawn + 2d evening"})
    clocks = replace(asked.clocks, slots={"evening": time(18, 30)})
    by_slot = replace(asked, clocks=clocks)
    for found in (terms(**{"claim-by": "drawn + 2d 18:30"}), by_slot):
        assert found.tells_time_to_claim
        assert said in " ".join(terms_as_markdown(found, locale).split())


def test_a_slot_until_which_the_prize_can_be_claimed_is_told_by_the_clocks_of_its_account() -> None:
    asked = terms(**{"claim-by": "drawn + 2d evening"})
    madrid, slots = ZoneInfo("Europe/Madrid"), {"evening": time(18, 30)}
    found = replace(asked, clocks=replace(asked.clocks, account_zone=madrid, slots=slots))
    told = " ".join(terms_as_markdown(found, "en").split())
    assert "on the last day by 6:30 PM (Europe/Madrid)" in told


@pytest.mark.parametrize(
    ("written", "is_told"),
    [
        ("drawn + 7d", True),
        ("drawn + 36h", True),
        ("drawn + 90m", False),
        ("drawn", False),
        ("drawn 18:00", False),
        ("drawn + 2d evening", False),  # which the account has not
    ],
)
def test_what_no_words_can_say_of_the_time_to_claim_is_known(written: str, is_told: bool) -> None:
    assert terms(**{"claim-by": written}).tells_time_to_claim is is_told


@pytest.mark.parametrize("locale", LANGUAGES)
def test_what_was_changed_after_the_announcement_is_told_with_its_reason(locale: str) -> None:
    changed = replace(terms(), changes=("the second pair is sold out",))
    assert "the second pair is sold out" in terms_as_markdown(changed, locale)


@pytest.mark.parametrize("how", ["mention", "hashtag"])
@pytest.mark.parametrize("locale", LANGUAGES)
def test_each_way_of_entering_is_told(how: str, locale: str) -> None:
    said = terms_as_markdown(terms(entry={"how": how, "phrase": "#MyJeans"}), locale)
    assert r"@acme\_lv" in said
    assert r"\#MyJeans" in said


@pytest.mark.parametrize(
    ("locale", "seen", "counted", "uncounted"),
    [
        ("en", "count: 41,204; ", "by the count of X: 41,210.", "X tells no count of its own."),
        (
            "es",
            "cuentan: 41.204; ",
            "según el recuento de X: 41.210.",
            "X no da un recuento propio.",
        ),
        ("lv", "neskaitās: 41 204; ", "pēc platformas X skaita: 41 210.", "skaitu nenosauc."),
        ("ru", "незасчитанные: 41 204; ", "по подсчёту X: 41 210.", "числа X не сообщает."),
    ],
)
def test_once_there_is_a_list_it_is_told_what_x_counts_against_what_was_seen(
    locale: str, seen: str, counted: str, uncounted: str
) -> None:
    for code in (terms().code, None):
        listed = replace(terms(code=code), coverage=EntriesSeen(seen=41_204, counted=41_210))
        said = section(terms_as_markdown(listed, locale), 6).replace("\xa0", " ")
        assert seen + counted in said
        alone = replace(listed, coverage=EntriesSeen(seen=41_204))
        said = section(terms_as_markdown(alone, locale), 6).replace("\xa0", " ")
        assert seen in said
        assert uncounted in said


@pytest.mark.parametrize(
    ("locale", "entered", "named"),
    [
        ("en", "mentions @acme or @tienda", "in public by @acme and @tienda"),
        ("es", "a @acme o @tienda", "@acme y @tienda nombran en público"),
        ("lv", "pieminēts @acme vai @tienda", "publiski nosauc @acme un @tienda"),
        ("ru", "упоминанием @acme или @tienda", "публично называют @acme и @tienda"),
    ],
)
def test_all_accounts_of_a_contest_are_named(locale: str, entered: str, named: str) -> None:
    contest = terms(code=None, key=None, organiser=None, entry={"how": "mention"})
    said = terms_as_markdown(replace(contest, handles=("acme", "tienda")), locale)
    assert entered in said
    assert named in said
    assert "[@acme](https://x.com/acme), [@tienda](https://x.com/tienda)" in said


def test_the_page_says_the_same_and_is_no_markup_of_who_wrote_it() -> None:
    page = terms_as_html(terms(), "lv")
    assert '<html lang="lv">' in page
    assert "<h1>Noteikumi: trīs džinsu pāri</h1>" in page
    assert "SIA “Acme” &lt;b&gt;" in page
    assert "hello@acme.lv" in page
    assert "<script" not in page
