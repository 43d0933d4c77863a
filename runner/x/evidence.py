"""The proof that a request has not left: a gate that nothing went through, on a session of which it
is known that whatever leaves goes through the gate."""

from runner.problems import Refused
from runner.x.call import ApiReply, Gate, Request, Silence

BROKEN = (
    "the installed `requests` or `urllib3` hides from runner when a request leaves this machine"
)


class Evidence:
    """What one client knows of its gate. The first call that has an answer tells: it asks who the
    account is, before anything is sent."""

    def __init__(self) -> None:
        self._gate_works = False

    def answered(self, request: Request, reply: ApiReply, gate: Gate) -> ApiReply:
        """Raises Refused where an answer came although nothing was seen to leave. Only for what
        has no effect: an answer to anything else is worth more."""
        if gate.sent:
            self._gate_works = True
        elif request.method == "GET":
            raise Refused(
                f"{BROKEN}; nothing is sent, since an answer that gets lost would look like a "
                "request that never left",
                help="install what uv.lock names: `uv sync --locked`, or runner's own action",
            )
        return reply

    def silent(self, request: Request, gate: Gate, *, late: bool) -> Silence:
        """What may have had an effect counts as sent until the opposite is proven."""
        proven = self._gate_works or request.method == "GET"
        return Silence(sent=gate.sent or not proven, late=late)
