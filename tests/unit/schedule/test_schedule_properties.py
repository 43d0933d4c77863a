"""What holds of any campaign in any zone: nothing is lost, nothing comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from runner.models import CampaignFile
from runner.models.post import WEEKDAYS
from runner.models.project import Project
from runner.schedule import Occurrence, Shift, Timetable, timetable
from runner.schedule.moments import edges_of_jump, instants, resolve_local_time
from tests.unit.schedule.building import campaign, contest, launch, utc

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Half an hour of DST, skipped days, two hours of DST, DST in Ramadan, negative DST, midnight jumps.
ODD = (
    "Africa/Casablanca",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Madrid",
    "Europe/Riga",
    "Pacific/Apia",
    "Pacific/Kwajalein",
)
PLACES = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
ZONES = st.sampled_from(ODD) | st.sampled_from(PLACES)
CHANGES = {
    "Pacific/Apia": date(2011, 12, 30),
    "Pacific/Kwajalein": date(1993, 8, 21),
    "Europe/Riga": date(2026, 10, 25),
    "Australia/Lord_Howe": date(2027, 4, 4),
    "America/St_Johns": date(2010, 11, 7),
    "Asia/Beirut": date(2027, 3, 28),
    "Africa/Monrovia": date(1972, 1, 6),
}
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WEEKS = [datetime(1972, 2, 6, tzinfo=UTC) + week * 7 * DAY for week in range(55 * 53 + 1)]


@cache
def changes(zone: str) -> tuple[date, ...]:
    """Days from 1972 to 2026 on which a zone changed its clocks, for a week or longer."""
    info, found = ZoneInfo(zone), []
    offsets = [week.astimezone(info).utcoffset() for week in WEEKS]
    for (low, high), (before, after) in zip(pairwise(WEEKS), pairwise(offsets), strict=True):
        if before == after:
            continue
        while high - low > HOUR:
            middle = low + (high - low) / 2
            changed = middle.astimezone(info).utcoffset() != low.astimezone(info).utcoffset()
            low, high = (low, middle) if changed else (middle, high)
        found.append(low.astimezone(info).date())
    return tuple(found)


@st.composite
def days_of(draw: st.DrawFn, zone: str) -> date:
    """Days of a zone, most of them around a change of its clocks."""
    any_day = st.dates(date(1972, 2, 1), date(2040, 1, 1))
    if not changes(zone):
        return draw(any_day)
    near = st.builds(
        lambda day, by: day + by * DAY, st.sampled_from(changes(zone)), st.integers(-2, 2)
    )
    return draw(near | any_day)


def project_in(zone: str, slots: dict[str, time] | None = None, **more: object) -> Project:
    account = {"handle": "acme", "locale": "en", "timezone": zone}
    given = {"timezone": "Europe/Riga", "slots": slots or {}, "accounts": {"shop": account}}
    return Project.model_validate({**given, **more})


@st.composite
def rhythms(draw: st.DrawFn) -> tuple[CampaignFile, Project]:
    zone = draw(ZONES)
    start = draw(days_of(zone)) - draw(st.integers(0, 5)) * DAY
    end = start + draw(st.integers(0, 12)) * DAY
    clocks = draw(st.lists(CLOCKS | st.just(time(0)), min_size=1, max_size=3))
    slots = {f"slot-{number}": clock for number, clock in enumerate(clocks)}
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
    excepted = draw(st.lists(st.dates(start, end), max_size=3))
    every = {"days": weekdays, "slots": list(slots), "except": excepted}
    begin = draw(st.none() | CLOCKS)
    starts = f"{start} {begin:%H:%M}" if begin else str(start)
    posts = {"tip": {"every": every}}
    file = campaign(posts, starts=starts, ends=str(end), timezone=zone)
    return file, project_in(zone, slots)


def table_of(file: CampaignFile, project: Project) -> Timetable:
    """The timetable of a campaign that may have problems of order or of clocks."""
    table, _ = timetable(file, project)
    assert table
    return table


def nominal_of(file: CampaignFile) -> set[str]:
    """Which dates and slots a rhythm of whole days has, counted the slow way."""
    every, start = file.campaign.posts["tip"].every, file.campaign.starts.base
    days = [start + n * DAY for n in range((file.campaign.ends.base - start).days + 1)]
    return {
        f"{day}.{slot}"
        for day in days
        for slot in every.slots
        if WEEKDAYS[day.weekday()] in every.days and day not in every.except_
    }


@given(rhythms())
def test_each_nominal_date_and_slot_comes_exactly_once(given_: tuple) -> None:
    file, project = given_
    found = [each.key.nominal for each in table_of(file, project).all()]
    assert len(found) == len(set(found))
    if file.campaign.starts.clock is None:
        assert set(found) == nominal_of(file)
    else:
        assert set(found) <= nominal_of(file)


@given(rhythms())
def test_what_recurs_shows_its_nominal_time_unless_the_clocks_jumped(given_: tuple) -> None:
    file, project = given_
    for each in table_of(file, project).all():
        day, slot = each.key.nominal.split(".")
        wall = datetime.combine(date.fromisoformat(day), project.slots[slot])
        if each.shift is Shift.SKIPPED:
            assert not instants(wall.date(), wall.time(), each.zone)
            assert each.due.replace(tzinfo=None) > wall
            assert utc(each.due) <= wall.replace(tzinfo=each.zone).astimezone(UTC)
        else:
            assert each.due.replace(tzinfo=None) == wall
            assert each.due.fold == 0


@given(rhythms())
def test_what_recurs_is_due_from_the_start_to_the_end(given_: tuple) -> None:
    file, project = given_
    zone = project.zone_of("shop")
    table = table_of(file, project)
    if "starts" not in table.anchors:
        return
    start, last = table.anchors["starts"], table.anchors["ends"]
    if not isinstance(start, datetime):
        start = resolve_local_time(start, time(0), zone)[0]
    end = resolve_local_time(last + DAY, time(0), zone)[0]
    for each in table.all():
        assert utc(start) <= utc(each.due) <= utc(end)


@given(rhythms(), st.data())
def test_adjoining_windows_hold_exactly_what_one_holds(given_: tuple, data: st.DataObject) -> None:
    file, project = given_
    table = table_of(file, project)
    whole = table.all()
    assume(whole)
    begin, end = utc(whole[0].due) - 2 * DAY, utc(whole[-1].due) + 2 * DAY
    inside = st.datetimes(
        begin.replace(tzinfo=None), end.replace(tzinfo=None), timezones=st.just(UTC)
    )
    on_time = st.sampled_from([utc(each.due) for each in whole])
    cuts = data.draw(st.lists(inside | on_time, max_size=8))
    edges = sorted([begin, *cuts, end])
    parts = [table.occurrences(after, until) for after, until in pairwise(edges)]
    assert tuple(each for part in parts for each in part) == whole
    for (after, until), part in zip(pairwise(edges), parts, strict=True):
        assert all(after < utc(each.due) <= until for each in part)


@given(rhythms())
def test_occurrences_come_in_order_of_their_instants(given_: tuple) -> None:
    found = [(utc(each.due), each.key) for each in table_of(*given_).all()]
    assert found == sorted(found)


YEARS = [(zone, 2027) for zone in ODD[:6]] + [
    ("America/St_Johns", 2010),
    ("Pacific/Apia", 2011),
    ("Pacific/Kwajalein", 1993),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_a_year_in_windows_of_a_day_loses_nothing(zone: str, year: int) -> None:
    hours = (0, 1, 2, 3, 23)
    loses_nothing(zone, date(year, 1, 1), date(year, 12, 31), hours, window=DAY)


@pytest.mark.slow
def test_no_change_of_any_clock_loses_anything() -> None:
    names = {changes(zone): zone for zone in PLACES}  # many have several
    for days, zone in names.items():
        for day in days:
            around_it = (day - 2 * DAY, day + 2 * DAY)
            loses_nothing(zone, *around_it, (0, 1, 2, 3, 4, 12, 22, 23), window=10 * HOUR)


def loses_nothing(
    zone: str, start: date, end: date, hours: tuple[int, ...], window: timedelta
) -> None:
    slots = {f"h{hour}": time(hour, 30 * (hour % 2)) for hour in hours}
    posts = {"tip": {"every": {"slots": list(slots)}}}
    file = campaign(posts, starts=str(start), ends=str(end), timezone=zone)
    table = table_of(file, project_in(zone, slots))
    whole = table.all()
    assert sorted(each.key.nominal for each in whole) == sorted(nominal_of(file)), zone
    edge, parts = datetime.combine(start - 2 * DAY, time(0), UTC), []
    while edge.date() < end + 3 * DAY:
        parts += table.occurrences(edge, edge + window)
        edge += window
    assert tuple(parts) == whole, zone


# --- What is due once


MOVES = {
    "eve": "launches - 1d",
    "same": "launches",
    "week": "launches + 1w 09:00",
    "hour": "launches + 5h",
}
RELATIVE = {name: {"at": moment} for name, moment in MOVES.items()}


@given(ZONES, st.data(), CLOCKS, st.integers(-800, 800))
def test_moving_an_anchor_moves_calendar_posts_by_the_same_days(
    zone: str, data: st.DataObject, clock: time, by: int
) -> None:
    day = data.draw(days_of(zone))
    one, other = (
        table_of(
            launch(RELATIVE, launches=f"{moved} {clock:%H:%M}", timezone=zone), project_in(zone)
        )
        for moved in (day, day + by * DAY)
    )
    before, after = ({each.key.post: each for each in table.all()} for table in (one, other))
    for post in ("eve", "same", "week"):
        if post in before and post in after:
            assert wall(after[post]) - wall(before[post]) == by * DAY
    for found in (before, after):
        if "same" in found and "hour" in found:
            assert utc(found["hour"].due) - utc(found["same"].due) == 5 * HOUR


def wall(occurrence: Occurrence) -> datetime:
    return occurrence.due.replace(tzinfo=None)


@given(ZONES, st.data(), CLOCKS)
def test_a_single_time_is_found_or_is_a_problem_that_its_help_solves(
    zone: str, data: st.DataObject, clock: time
) -> None:
    day = data.draw(days_of(zone))
    at = f"{day} {clock:%H:%M}"
    table, problems = timetable(campaign({"a": {"at": at}}, timezone=zone), project_in(zone))
    found = instants(day, clock, ZoneInfo(zone))
    if len(found) == 1:
        assert [f"{each.due:%Y-%m-%d %H:%M}" for each in table.all()] == [at]
        assert problems == ()
        return
    (problem,) = problems
    assert problem.rule == ("repeated-time" if found else "skipped-time")
    written = problem.help.split("`")[1::2]
    assert len(written) == 2
    corrected = {str(n): {"at": moment} for n, moment in enumerate(written)}
    first, second = table_of(campaign(corrected, timezone=zone), project_in(zone)).all()
    assert utc(first.due) < utc(second.due)


@given(ZONES, st.data(), CLOCKS)
@example("Pacific/Apia", None, time(10))
@example("Africa/Monrovia", None, time(0))
def test_a_time_of_the_wall_stands_for_the_instants_that_show_it(
    zone: str, data: st.DataObject | None, clock: time
) -> None:
    info = ZoneInfo(zone)
    day = data.draw(days_of(zone)) if data else CHANGES[zone]
    shown = datetime.combine(day, clock)
    # G15: offsets lie between -12 and +14 hours, and have seconds (Monrovia, until 1972-01-07)
    as_utc = datetime.combine(day, clock, UTC)
    around = (as_utc + timedelta(minutes=minute) for minute in range(-15 * 60, 15 * 60, 10))
    offsets = {each.astimezone(info).utcoffset() or timedelta(0) for each in around}
    candidates = sorted(as_utc - offset for offset in offsets)
    slowly = [each for each in candidates if each.astimezone(info).replace(tzinfo=None) == shown]
    assert [utc(each) for each in instants(day, clock, info)] == slowly
    if not slowly:
        before, after = edges_of_jump(day, clock, info)
        assert utc(after) - utc(before) == timedelta(minutes=1)
        assert before.replace(tzinfo=None) < shown < after.replace(tzinfo=None)


# --- Grace


@given(ZONES, st.data(), st.integers(10, 40 * 24 * 60), st.booleans())
def test_grace_has_its_bounds(zone: str, data: st.DataObject, minutes: int, quiet: bool) -> None:
    opens = data.draw(days_of(zone))
    rules = {"rules": {"quiet-hours": ["22:00", "07:00"]}} if quiet else {}
    posts = {
        "free": {"at": f"opens + {data.draw(st.integers(0, 20000))}m"},
        "own": {"at": "opens + 3h", "grace": f"{minutes}m"},
    }
    fields = {"opens": f"{opens} 10:00 ", "closes": f"opens + {minutes}m", "grace": f"{minutes}m"}
    table = table_of(contest(posts, timezone=zone, **fields), project_in(zone, **rules))
    anchors = [utc(each) for each in table.anchors.values()]
    length = timedelta(minutes=minutes)
    assume(all(each.second == 0 for each in anchors))
    for each in table.all():
        due, until = utc(each.due), utc(each.until)
        if each.key.post == "own":
            assert until == due + length
            continue
        assert due + min(HOUR, length) <= until <= due + length
        if until > due + HOUR:
            assert not [anchor for anchor in anchors if due < anchor < until]
            assert until <= midnight_after(due, ZoneInfo(zone))
        else:
            assert due + min(HOUR, length) == until


def midnight_after(due: datetime, zone: ZoneInfo) -> datetime:
    """The begin of the next day that the calendar of a zone has, found minute by minute."""
    day = due.astimezone(zone).date()
    while due.astimezone(zone).date() <= day:
        due += HOUR / 60
    return due.replace(second=0)
