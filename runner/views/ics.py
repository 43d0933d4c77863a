"""A plan as a calendar that programs subscribe to: iCalendar, RFC 5545."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from runner.plan import Action, Plan, Verb
from runner.views.difference import lines_of
from runner.views.phrases import clock_beside, moment, usd
from runner.views.safe_text import unhidden

LONGEST_LINE: Final = 75
"""Octets of a line without its end (https://www.rfc-editor.org/rfc/rfc5545#section-3.1)."""
LONGEST_SUMMARY: Final = 60
_STATUS: Final = {Verb.ASK: "TENTATIVE", Verb.HOLD: "TENTATIVE", Verb.SKIP: "CANCELLED"}


def plan_as_ics(plan: Plan) -> str:
    """An event for each post, out or to come; CRLF ends each line.

    An event's id is its post's key, so that a calendar takes up the next plan over this one. It
    takes the newer by its SEQUENCE, for which the minutes of the plan serve. What is never sent is
    cancelled.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Campaign Runner//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Posts on X",
    ]
    for action in plan.actions:
        lines += _event(action, plan.now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded_line(line)}\r\n" for line in lines)


def _event(action: Action, now: datetime) -> Iterator[str]:
    key, occurrence = action.key, action.occurrence
    posted = action.standing.posted if action.standing else ()
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped_text(str(key))}@campaign-runner"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"SEQUENCE:{int(now.timestamp()) // 60}"
    yield f"DTSTART:{_utc(posted[0].at if posted else occurrence.due)}"
    yield f"SUMMARY:{_escaped_text(_summary(action))}"
    yield f"DESCRIPTION:{_escaped_text(_description(action))}"
    yield f"CATEGORIES:{key.campaign},{key.account}"
    yield f"STATUS:{_status(action)}"
    yield "TRANSP:TRANSPARENT"
    if posted and re.fullmatch("https://[!-~]+", posted[0].url):
        yield f"URL:{posted[0].url}"
    yield "END:VEVENT"


def _status(action: Action) -> str:
    if action.hindrance:
        return "TENTATIVE"
    return "CONFIRMED" if action.out else _STATUS.get(action.verb, "CONFIRMED")


def _summary(action: Action) -> str:
    name = f"{action.key.account}: {action.key.campaign} / {action.key.post}"
    said = lines_of(action.post.parts[0])[:1] if action.post else []
    text = " ".join("".join(said).split())
    short = text if len(text) <= LONGEST_SUMMARY else text[: LONGEST_SUMMARY - 1].rstrip() + "…"
    return f"{name} · {short}" if short else name


def _description(action: Action) -> str:
    occurrence = action.occurrence
    until = clock_beside(occurrence.until, occurrence.due)
    lines: list[str] = []
    for number, part in enumerate(action.post.parts if action.post else (), start=1):
        lines += ["", f"· part {number}"] if number > 1 else []
        lines += lines_of(part)
    lines += ["", f"due {moment(occurrence.due)}, until {until}"]
    if action.post:
        lines.append(f"costs {usd(action.post.cost)}")
    if action.verb is not Verb.WAIT:
        lines.append(action.because)
    lines += [f"{problem.severity}: {problem.message}" for problem in action.problems]
    return "\n".join(lines).strip("\n")


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped_text(text: str) -> str:
    """A TEXT value. Nothing in it can begin a line of its own."""
    safe = unhidden(text)
    for sign in ("\\", ";", ","):
        safe = safe.replace(sign, f"\\{sign}")
    return safe.replace("\n", "\\n")


def _folded_line(line: str) -> str:
    """The line in pieces that fit, each after the first behind a space; no character is cut."""
    pieces, room = [""], LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            room = LONGEST_LINE - 1
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)
