"""Faults that tests plant through the ports, to see that a world does not hold without what they
take away."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from runner.ledger import Ask, Attempting, Facts, Need, Record, Sent
from runner.publish.ports import AnswerOfX, Doubt, Release, Uploaded
from runner.reconcile import TimelinePost
from runner.render.rendered import RenderedPart
from runner.stores.refs import Heads, Move
from runner.value import replace
from runner.x.call import ApiReply, Gate, Request, Silence
from runner.x.client import Evidence


def _same(inner: Any) -> Any:
    return inner


@dataclass(frozen=True, kw_only=True)
class Tampering:
    """What stands around each of these ports."""

    ledger: Callable[[Any], Any] = _same
    publisher: Callable[[Any], Any] = _same
    clock: Callable[[Any], Any] = _same
    refs: Callable[[Any], Any] = _same
    proof: Callable[[], Evidence] = Evidence


HONEST = Tampering()


class Around:
    """Everything else is the inner one's."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


class Forgetful(Around):
    """A ledger to which no attempt is written before it is sent."""

    def claim(self, record: Record) -> None:
        others = tuple(each for each in record.entries if not isinstance(each, Attempting))
        self.inner.claim(replace(record, entries=others))


class Blind(Around):
    """A publisher that never shows what is on the timeline."""

    def timeline(self, since: datetime) -> tuple[TimelinePost, ...]:
        return ()


class Careless(Around):
    """A ledger that ignores who else has written, and what is on hold or merged."""

    def claim(self, record: Record) -> None:
        self.inner.record(record)


class Unheld(Around):
    """A ledger that shows no hold."""

    def read(self, need: Need | Ask) -> Facts:
        return replace(self.inner.read(need), holds=())

    def confirm(self, need: Need) -> Facts:
        return replace(self.inner.confirm(need), holds=())


class Broke(Around):
    """A ledger that does not say what was spent."""

    def read(self, need: Need | Ask) -> Facts:
        return replace(self.inner.read(need), purses={})

    def confirm(self, need: Need) -> Facts:
        return replace(self.inner.confirm(need), purses={})


class Lonely(Around):
    """A ledger that shows after a claim what it showed before."""

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self._read = Facts()

    def read(self, need: Need | Ask) -> Facts:
        self._read = self.inner.read(need)
        return self._read

    def confirm(self, need: Need) -> Facts:
        return self._read


class Nameless(Around):
    """A ledger whose journals don't tell under which name, and for when, something went out."""

    def read(self, need: Need | Ask) -> Facts:
        facts: Facts = self.inner.read(need)
        return replace(facts, journal=tuple(map(self._told, facts.journal)))

    def _told(self, sent: Sent) -> Sent:
        key = replace(sent.key, campaign="other", post="other", nominal=None)
        return replace(sent, key=key, due=sent.at - timedelta(days=30))


class Loose(Around):
    """A publisher whose parts answer nothing."""

    def create(
        self, part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        answer: AnswerOfX = self.inner.create(part, media=media, reply_to=None)
        return answer


class Hasty(Around):
    """A publisher that takes every doubt for a refusal."""

    def create(
        self, part: RenderedPart, *, media: tuple[Uploaded, ...], reply_to: str | None
    ) -> AnswerOfX:
        answer: AnswerOfX = self.inner.create(part, media=media, reply_to=reply_to)
        return Release(because=answer.because) if isinstance(answer, Doubt) else answer


class Trusting(Evidence):
    """A proof that takes what it does not see for what has not left."""

    def checked_reply(self, request: Request, reply: ApiReply, gate: Gate) -> ApiReply:
        return reply

    def silent(self, request: Request, gate: Gate, *, late: bool) -> Silence:
        return Silence(sent=gate.sent, late=late)


class StoppedClock(Around):
    """A clock that stands still while nothing sleeps: no claim is ever too old."""

    def __init__(self, inner: Any) -> None:
        super().__init__(inner)
        self._moment, self._boot = inner.now(), inner.boot()

    def now(self) -> datetime:
        return self._moment

    def boot(self) -> float:
        return self._boot

    def sleep(self, seconds: float) -> None:
        self.inner.sleep(seconds)
        self._moment, self._boot = self.inner.now(), self.inner.boot()


class NoWitness(Around):
    """Refs whose witness is always where the branch is."""

    def heads(self, names: Collection[str] | None, *, tip: bool = False) -> Heads:
        heads = self.inner.heads(names, tip=tip)
        return Heads(branches=heads.branches, witnesses=heads.branches, tip=heads.tip)

    def push(self, moves: Mapping[str, Move]) -> None:
        self.inner.remote.witnesses = dict(self.inner.remote.branches)
        self.inner.push(moves)


class OneTip(Around):
    """Refs that always have the files that the run has: no tip is ever another one."""

    def declared_at(self, tip: str) -> Mapping[str, str | None]:
        return EQUAL


class Equal(dict[str, str | None]):
    """Equal to all others."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


EQUAL = Equal()
