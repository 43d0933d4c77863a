"""Codes that no longer work when their post goes out."""

from datetime import datetime

import pytest

from runner.problems import Problem, Severity
from tests.unit.rules.factory import RIGA, a_file, a_post, an_occurrence, found

OFFER = {"code": "SLIM20", "url": "https://acme.lv/akcija", "until": "2026-12-10 20:00"}


def names(
    text: str, due: str, until: str = "", *, post: dict[str, object] | None = None
) -> tuple[Problem, ...]:
    from dataclasses import replace

    file = a_file({"last": {"text": "x", **(post or {})}}, offer=OFFER)
    occurrence = an_occurrence(file, "last", due)
    end = datetime.fromisoformat(until or due).replace(tzinfo=RIGA)
    return found(a_post(replace(occurrence, until=end), text), rule="dead-offer")


@pytest.mark.parametrize(
    "text", ["Ar kodu SLIM20!", "slim20 gaida", "Šeit: https://acme.lv/akcija"]
)
def test_a_post_that_names_the_offer_after_its_end_is_a_warning(text: str) -> None:
    (problem,) = names(text, "2026-12-10 20:00", "2026-12-10 21:00")
    name = OFFER["url"] if "http" in text else "SLIM20"
    assert problem.message == (
        f"`last` names `{name}`, an offer that ends at 2026-12-10 20:00, and is due at "
        "2026-12-10 20:00"
    )
    assert problem.place.route == ("posts", "last", "at")
    assert problem.help == "move it before that, or leave the offer out"
    assert problem.severity is Severity.WARNING


def test_a_grace_that_outlasts_the_offer_is_a_warning_too() -> None:
    own = {"grace": "12h"}
    (problem,) = names("SLIM20", "2026-12-10 11:00", "2026-12-10 23:00", post=own)
    assert problem.message == (
        "`last` names `SLIM20`, an offer that ends at 2026-12-10 20:00, and may go out until "
        "2026-12-10 23:00"
    )
    assert problem.place.route == ("posts", "last", "grace")
    assert problem.help == "let its grace end sooner: `grace: 9h`"


def test_before_the_end_and_without_the_code_it_is_fine() -> None:
    assert names("Ar kodu SLIM20!", "2026-12-10 11:00", "2026-12-10 20:00") == ()
    for text in ("Paldies visiem!", "SLIM2000 un XSLIM20"):
        assert names(text, "2026-12-11 11:00", "2026-12-11 15:00") == ()
