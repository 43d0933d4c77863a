"""The terms of a contest, in each language that we speak, as Markdown and as a page."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Final, Literal

from runner.models import Contest, EntriesSeen, in_locale
from runner.schedule import Clocks
from runner.templating import LANGUAGE_FUNCTIONS, Evaluation, locale_named
from runner.value import Value
from runner.views.html.templates import content_hash, environment, own_files
from runner.views.markdown.escaping import escaped
from runner.when import When

if TYPE_CHECKING:
    import jinja2

LANGUAGES: Final = ("en", "es", "lv", "ru")
_ANY_MOMENT: Final = datetime(2026, 12, 1, tzinfo=UTC)
"""Nothing here is told from the moment at which it is read."""


class ContestTerms(Value, kw_only=True):
    """What the terms of a contest tell."""

    id: str
    contest: Contest
    anchors: Mapping[str, datetime | date]
    handles: tuple[str, ...]
    """Of all accounts that it is posted on."""
    clocks: Clocks
    """By which its moments are read."""
    code: str | None
    """What the announcement carries; None where it is drawn by hand, with or without a key."""
    coverage: EntriesSeen | None = None
    """What was seen of the entries, once there is a list."""
    changes: tuple[str, ...] = ()
    """Why rules were changed after the announcement."""

    @property
    def claim_clock(self) -> time | None:
        """The time of day up to which the prize can be claimed on the last day, where it has
        one."""
        clock = self.contest.claim_by.clock
        return self.clocks.slots.get(clock) if isinstance(clock, str) else clock

    @property
    def tells_time_to_claim(self) -> bool:
        """Whether words can say how long a prize can be claimed: by an instant, by a time of day
        some days after the draw, or by whole hours after it."""
        if isinstance(self.anchors.get("claim-by"), datetime):
            return True
        when = self.contest.claim_by
        if when.base != "drawn" or when.offset or (when.clock and not self.claim_clock):
            return False
        if self.claim_clock:
            return when.days > 0 and not when.elapsed
        return _length(when) > timedelta(0) and not when.elapsed % timedelta(hours=1)


def terms_as_markdown(terms: ContestTerms, locale: str) -> str:
    """The terms in one of the languages. Raises MissingLocale for words that are not written in
    it."""
    language = locale.partition("-")[0]
    made = _templates().get_template(f"{language}.j2")
    text = made.render(_values(terms, locale), **_in_zone(terms))
    return f"{text.strip()}\n"


def terms_as_html(terms: ContestTerms, locale: str) -> str:
    """The terms as a page of its own, which loads nothing. Raises MissingLocale."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    markdown = terms_as_markdown(terms, locale)
    body = MarkdownIt("commonmark", {"html": False}).render(markdown)
    style = str(own_files("terms.css"))
    heading = markdown.partition("\n")[0].removeprefix("# ")
    return (
        environment()
        .get_template("terms.html")
        .render(
            locale=locale,
            title=heading.replace("\\", ""),
            style=Markup(style),  # noqa: S704 - a file of ours
            policy=f"default-src 'none'; style-src {content_hash(style)}; base-uri 'none'",
            body=Markup(body),  # noqa: S704 - made of Markdown in which all that is given is escaped
        )
    )


def _values(terms: ContestTerms, locale: str) -> dict[str, object]:
    """What a template tells, each text escaped."""
    contest, entry = terms.contest, terms.contest.entry
    organiser, value = contest.organiser, contest.prize_value
    evaluation = Evaluation(locale=locale, due=_ANY_MOMENT)
    prize = in_locale(contest.prize, locale)
    given = {
        "title": in_locale(contest.title, locale) if contest.title else prize,
        "organiser": organiser.name if organiser else None,
        "address": organiser.address if organiser else None,
        "contact": organiser.contact if organiser else None,
        "phrase": entry.phrase,
        "prize": prize.rstrip(". "),
        "value": LANGUAGE_FUNCTIONS["currency"](
            evaluation, value.amount, value.currency, whole=True
        )
        if value
        else None,
    }
    return {
        **{name: escaped(text) if text else None for name, text in given.items()},
        "handles": [escaped(handle) for handle in terms.handles],
        "countries": [escaped(_country(code, locale)) for code in contest.audience],
        "excluded": [escaped(f"@{handle}") for handle in entry.exclude],
        "changes": [escaped(reason.rstrip(". ")) for reason in terms.changes],
        "locale": locale,
        "how": entry.how,
        "winners": contest.winners,
        "alternates": contest.alternates,
        "code": terms.code,
        "coverage": terms.coverage,
        "is_sealed": contest.key is not None,
        "id": terms.id,
        "keep": contest.keep,
        "age": _Length(entry.account_age) if entry.account_age else None,
        **_claim(terms),
    }


def _in_zone(terms: ContestTerms) -> dict[str, object]:
    """The contest's moments, as its own clocks show them."""
    known = {
        name: at.astimezone(terms.clocks.zone)
        for name, at in terms.anchors.items()
        if isinstance(at, datetime)
    }
    return {name: known.get(name) for name in ("opens", "closes", "draws")} | {
        "zone": str(terms.clocks.zone)
    }


class _Length(Value):
    """A length of time in whole hours."""

    length: timedelta

    @property
    def hours(self) -> int:
        return self.length // timedelta(hours=1)

    @property
    def days(self) -> int:
        return self.length // timedelta(days=1)


def _claim(terms: ContestTerms) -> dict[str, object]:
    """Until when winners have to answer: an instant, or so long after they are named."""
    known = terms.anchors.get("claim-by")
    if isinstance(known, datetime):
        return {"claim_until": known.astimezone(terms.clocks.zone)}
    when, clock, clocks = terms.contest.claim_by, terms.claim_clock, terms.clocks
    length, zone = _Length(_length(when)), clocks.account_zone if when.slot else clocks.zone
    is_of_days = length.hours % 24 == 0
    return {
        "claim_until": None,
        "claim_days": length.days if is_of_days else None,
        "claim_hours": length.hours,
        "claim_at": datetime.combine(_ANY_MOMENT, clock, zone) if clock else None,
        "claim_zone": str(zone),
    }


def _length(when: When) -> timedelta:
    return timedelta(days=when.days) + when.elapsed


def _country(code: str, locale: str) -> str:
    found: str | None = locale_named(locale).territories.get(code)
    return found or code


@cache
def _templates() -> "jinja2.Environment":
    import jinja2

    made = jinja2.Environment(  # noqa: S701 - Markdown, in which all that is given is escaped
        loader=jinja2.PackageLoader("runner.views", "terms"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    in_its_language: Mapping[str, Callable[..., str]] = {
        **{name: LANGUAGE_FUNCTIONS[name] for name in ("date", "time", "number", "plural")},
        "days": _days,
        "all_of": partial(_handles, "standard"),
        "any_of": partial(_handles, "or"),
    }
    for name, told in in_its_language.items():
        made.filters[name] = jinja2.pass_context(partial(_in_locale, told))
    return made


def _in_locale(
    tell: Callable[..., str], context: "jinja2.runtime.Context", *args: object, **kw: object
) -> str:
    return tell(Evaluation(locale=str(context["locale"]), due=_ANY_MOMENT), *args, **kw)


def _days(evaluation: Evaluation, length: timedelta) -> str:
    from babel.dates import format_timedelta

    locale = locale_named(evaluation.locale)
    return format_timedelta(length, granularity="day", threshold=10**9, locale=locale)


def _handles(style: Literal["standard", "or"], evaluation: Evaluation, handles: list[str]) -> str:
    from babel.lists import format_list

    locale = locale_named(evaluation.locale)
    return format_list([f"@{handle}" for handle in handles], style, locale)
