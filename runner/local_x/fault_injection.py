"""What goes wrong on purpose: the next answers of a route, lost, late, or replaced."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from runner.local_x.error_answers import NAMED, Reply, plain
from runner.local_x.limits import PER_QUARTER

ANY: Final = "*"


class InjectedFault(BaseModel):
    """One thing that goes wrong, `times` times, on the next calls of `route` (`*`: of any).

    `answer` names one of `error_answers.NAMED`; else `status` and `body` are the answer (a string
    is sent as HTML); `drop` cuts the connection instead. With none of the three the answer is the
    real one, after `delay` seconds. `applied` says whether X does what was asked all the same: by
    default only where the answer is the real one. It does it before the delay, or, when `late`,
    after it, as a request that lies in a queue.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    route: str
    answer: str | None = None
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    body: dict[str, JsonValue] | str | None = None
    headers: dict[str, str] = {}
    drop: bool = False
    applied: bool | None = None
    delay: Annotated[float, Field(ge=0)] = 0
    late: bool = False
    times: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _known_fault(self) -> "InjectedFault":
        if self.route not in {ANY, *PER_QUARTER}:
            raise ValueError(f"no route `{self.route}`; there are: {', '.join(PER_QUARTER)}")
        if self.answer is not None and self.answer not in NAMED:
            raise ValueError(f"no answer `{self.answer}`; there are: {', '.join(NAMED)}")
        if self.body is not None and self.status is None:
            raise ValueError("a body needs a status")
        return self

    @property
    def is_applied(self) -> bool:
        """Whether the call takes effect all the same, though its answer is false."""
        if self.applied is None:
            return not (self.drop or self.answer or self.status)
        return self.applied

    def reply(self) -> Reply | None:
        """The false answer; None where the real one is given."""
        if self.answer:
            named = NAMED[self.answer]
            return Reply(named.status, named.body, self.headers)
        if self.status:
            body = self.body if self.body is not None else plain(self.status).body
            return Reply(self.status, body, self.headers)
        return None


class FaultInjection:
    """Faults in a queue: each call takes away the first one that fits it."""

    def __init__(self) -> None:
        self._waiting: list[tuple[InjectedFault, int]] = []

    def __len__(self) -> int:
        return sum(times for _, times in self._waiting)

    def add(self, faults: Iterable[InjectedFault | Mapping[str, JsonValue]]) -> None:
        """Puts faults at the end of the queue. Raises ValueError for what is no fault; then none is
        added."""
        checked = [
            fault if isinstance(fault, InjectedFault) else InjectedFault(**fault)
            for fault in faults
        ]
        self._waiting += [(fault, fault.times) for fault in checked]

    def take(self, route: str) -> InjectedFault | None:
        """The first fault that fits a call, used up once; None where none does."""
        for index, (fault, times) in enumerate(self._waiting):
            if fault.route in (ANY, route):
                self._waiting[index : index + 1] = [(fault, times - 1)] if times > 1 else []
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()
