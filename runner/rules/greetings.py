"""The rule of greetings: what a post says of its day is true whenever it goes out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from runner.durations import apart, as_written
from runner.problems import Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.greeting_words import NAMES, GreetingPatterns, Wished, hints, patterns
from runner.rules.places import as_local, part_name, word_place
from runner.rules.rule import Breach, rule

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(seconds=1)
Stale = tuple[str, str, str]
"""What is said, what is wrong with it, and the thing to do."""


@rule("stale-greeting", Severity.WARNING, of_one_post=True)
def stale_greeting(context: RuleContext) -> Iterator[Breach]:
    """What a post says of its day is true whenever it goes out.

    Until its grace is over a post may go out late: one that says “today” must not go out tomorrow,
    and nobody wishes a good morning in the evening. Looked for, in Latvian, Spanish, Russian and
    English, are words for today and tomorrow, greetings of a time of day, and wishes of a weekday
    (“Happy Friday”), in the zone of the account.

    Write the date in place of the day, move the post, or let its grace end sooner: `grace: 2h`.
    """
    ends: dict[tuple[str, datetime, datetime], tuple[datetime, datetime]] = {}
    for proof, index, part in context.parts():
        small, locale = part.text.casefold(), proof.post.locale
        found = patterns(locale) if any(hint in small for hint in hints(locale)) else None
        if found is None:
            continue
        if proof.occurrence.awaits:  # nobody knows its day, nor its hour
            continue
        due, until = proof.occurrence.due, proof.occurrence.until
        key = (proof.account, due, until)
        if key not in ends:
            zone = context.project.zone_of(proof.account)
            ends[key] = due.astimezone(zone), until.astimezone(zone)
        stale = _stale(found.not_so.sub("", part.text), found, *ends[key])
        if stale:
            yield _breach(proof, index, *stale)


def _stale(text: str, found: GreetingPatterns, due: datetime, until: datetime) -> Stale | None:
    return (
        _of_another_hour(text, found, due, until)
        or _of_another_weekday(text, found, due)
        or _of_yesterday(text, found, due, until)
    )


def _of_another_hour(
    text: str, found: GreetingPatterns, due: datetime, until: datetime
) -> Stale | None:
    for pattern, wished in found.wishes:
        match = pattern.search(text)
        if not match:
            continue
        hour = _hour(wished, due)
        if not wished.start <= hour < wished.end:
            return match[0], f"is due at {due:%H:%M}", "move it, or greet in another way"
        if apart(due, until) > (wished.odd - hour) * HOUR:
            left = timedelta(minutes=round((wished.end - hour) * 60))
            return _late(match[0], until, left, "greet in another way")
    return None


def _of_another_weekday(text: str, found: GreetingPatterns, due: datetime) -> Stale | None:
    for number, pattern in enumerate(found.weekdays):
        match = pattern.search(text)
        if match and number != due.weekday():
            return match[0], f"is due on a {NAMES[due.weekday()]}", "move it, or name that day"
    return None


def _of_yesterday(
    text: str, found: GreetingPatterns, due: datetime, until: datetime
) -> Stale | None:
    match = found.of_the_day.search(text)
    if not match:
        match = next((m for day in found.weekdays if (m := day.search(text))), None)
    midnight = datetime.combine(due.date() + DAY, datetime.min.time(), due.tzinfo)
    if match and apart(midnight, until) >= INSTANT:
        return _late(match[0], until, apart(due, midnight), "write the date")
    return None


def _hour(wished: Wished, due: datetime) -> float:
    """The hour of the day; after midnight past 24, where the greeting is said until then."""
    hour = due.hour + due.minute / 60
    return hour + 24 if hour < wished.end - 24 else hour


def _late(said: str, until: datetime, left: timedelta, other: str) -> Stale:
    whole = left // HOUR * HOUR or left
    return (
        said,
        f"may go out until {as_local(until)}",
        f"{other}, or let its grace end sooner: `grace: {as_written(whole)}`",
    )


def _breach(proof: Proof, index: int, said: str, wrong: str, help: str) -> Breach:
    return stale_greeting.breach(
        text=f"{part_name(proof, index)} says “{said}” and {wrong}",
        place=word_place(proof, index, said),
        help=help,
        about=(proof.occurrence,),
        alike=f"{proof.post.locale} {said}",
    )
