"""What goes wrong between a runner and X: calls that never arrive, answers that get lost, refusals,
outages, requests that lie in a queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from runner.local_x.error_answers import NAMED, plain
from runner.local_x.error_answers import Reply as Answer
from runner.x.call import ApiReply, Gate, Request, Silence
from runner.x.client import Evidence
from tests.simulation.model_x import ModelX, wire
from tests.simulation.process import Process
from tests.simulation.scheduler import Scheduler

REFUSALS = (
    "unauthorized",
    "credits",
    "spend-cap",
    "rate-limit",
    "suspended",
    "forbidden",
    "locked",
)
"""X says no before it makes anything."""
OUTAGES = ("500", "503", "504", "html", "302", "404", "408", "no-id")
"""Nobody knows whether X has done it."""
LOST = ("lost-answer", "lost-request")
KINDS = ("unreachable", "queued", *LOST, *REFUSALS, *OUTAGES)


@dataclass(frozen=True, kw_only=True)
class Storm:
    """From one moment to another a share of the calls of some routes goes wrong."""

    begins: datetime
    ends: datetime
    kinds: tuple[str, ...]
    share: float
    routes: str = ""
    """What a call's method and route begin with."""
    queued: float = 60
    """Seconds that a queued request lies there, at most."""


class Weather:
    """All storms of a world, and how far the timeline's view lags behind."""

    def __init__(self, storms: tuple[Storm, ...], chance: Random, scheduler: Scheduler) -> None:
        self._storms, self._chance, self._scheduler = storms, chance, scheduler

    def strikes(self, request: Request) -> tuple[str, Storm] | None:
        now, called = self._scheduler.now, f"{request.method} {request.route}"
        for storm in self._storms:
            here = storm.begins <= now < storm.ends and called.startswith(storm.routes)
            if here and self._chance.random() < storm.share:
                return self._chance.choice(storm.kinds), storm
        return None


@dataclass(kw_only=True)
class Line:
    """A process's line to X as one account: a `Caller` for the real publisher."""

    process: Process
    handle: str
    x: ModelX
    weather: Weather
    chance: Random
    proof: Evidence
    slow: Callable[[], timedelta] = timedelta
    """How far the view of the timeline is behind."""

    def call(self, request: Request) -> ApiReply | Silence:
        called = f"{request.method} {request.route}"
        takes = self.chance.choice([0.2, 0.5, 1.0, 4.0])
        if request.method == "GET" and self.slow() > timedelta(minutes=2):
            self.process.hurt = True
        struck = self.weather.strikes(request)
        gate = Gate()
        if not (self.process.hides or (struck and struck[0] == "unreachable")):
            gate.enter(None)
        if struck:
            self.process.hurt = True
            self.process.tell(f"{self.process.name} {called}: {struck[0]}")
        what = self.process.effect(called, lambda: self._what(struck, request), takes=takes)
        if isinstance(what, Silence):
            return self.proof.silent(request, gate, late=what.late)
        return self.proof.checked_reply(request, what, gate)

    def _what(self, struck: tuple[str, Storm] | None, request: Request) -> ApiReply | Silence:
        return self._wrong(*struck, request) if struck else self._real(request)

    def _real(self, request: Request) -> ApiReply:
        return self.x.answer(self.handle, request, self.process.claim)

    def _wrong(self, kind: str, storm: Storm, request: Request) -> ApiReply | Silence:
        if kind == "unreachable":
            return Silence(sent=False, late=self.chance.random() < 0.5)
        if kind in REFUSALS:
            return self._refusal(kind)
        if kind == "queued":
            self._later(request, self.chance.uniform(0, storm.queued))
            return Silence(sent=True, late=True)
        applied = kind == "lost-answer" or (kind != "lost-request" and self.chance.random() < 0.5)
        if applied:
            self._real(request)
        if kind in ("lost-answer", "lost-request"):
            return Silence(sent=True, late=self.chance.random() < 0.5)
        return wire(_outage(kind), self.process.scheduler.now)

    def _refusal(self, kind: str) -> ApiReply:
        answer = NAMED[kind]
        now = self.process.scheduler.now
        if kind == "rate-limit":
            reset = int((now + timedelta(seconds=self.chance.choice([30, 900]))).timestamp())
            headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
            answer = Answer(answer.status, answer.body, headers)
        return wire(answer, now)

    def _later(self, request: Request, seconds: float) -> None:
        tag = self.process.claim
        answer: Callable[[], object] = lambda: self.x.answer(self.handle, request, tag)  # noqa: E731
        self.process.scheduler.after(seconds, lambda: answer() and None)


def _outage(kind: str) -> Answer:
    if kind == "no-id":
        return Answer(200, {"data": {}})
    return NAMED["html"] if kind == "html" else plain(int(kind))
