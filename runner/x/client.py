"""Calls to X: signed by tweepy, sent once, each ended within its time as a whole.

A call runs in a thread of its own behind a gate. The gate notes that a connection stands, which is
the last instant at which nothing was sent; when the time is over it shuts, so that a call still
looking for a connection can never send, and one that waits for an answer is woken.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from runner.problems import Refused
from runner.x.auth import Credentials, base_url, credentials
from runner.x.call import ApiReply, CallLimits, Gate, Request, Silence

# tweepy logs answers, requests_oauthlib signed headers and oauthlib signatures, all at DEBUG
TALKATIVE: Final = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")

BROKEN: Final = (
    "the installed `requests` or `urllib3` hides from runner when a request leaves this machine"
)
_GLANCE: Final = 0.2
"""Seconds between two questions whether a call is abandoned."""
_WAKING: Final = 0.5
"""Seconds of a call's time kept for a thread to notice that its gate is shut."""


class Evidence:
    """What one client knows of its gate. The first call that has an answer tells: it asks who the
    account is, before anything is sent."""

    def __init__(self) -> None:
        self._gate_works = False

    def checked_reply(self, request: Request, reply: ApiReply, gate: Gate) -> ApiReply:
        """The reply, if its request was seen to leave. Raises Refused where an answer came although
        nothing was seen to leave. Only for what has no effect: an answer to anything else is worth
        more."""
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


class Client:
    """X, or what stands in for it, as one account. Never retries, never follows a redirect.

    The environment's proxies, `.netrc` and certificate bundles are not used: a signed request goes
    straight to the host it was signed for.
    """

    def __init__(
        self,
        credentials: Credentials,
        url: str,
        *,
        limits: CallLimits | None = None,
        abandoned: Callable[[], bool] = lambda: False,
    ) -> None:
        self._credentials = credentials
        self._confidential = credentials.confidential()
        self._abandoned = abandoned
        self._evidence = Evidence()
        self.url = url
        self.limits = limits or CallLimits()

    def call(self, request: Request) -> ApiReply | Silence:
        """Sends `request` once and waits for the answer, the limit of the whole at most, or until
        it is `abandoned`, because the process has to end. Raises Refused where nothing can prove
        that a request has not left."""
        hush()
        gate = Gate()
        ends: list[ApiReply | Exception] = []
        worker = threading.Thread(target=self._work, args=(request, gate, ends), daemon=True)
        worker.start()
        try:
            self._await(worker, self.limits.upload if request.form else self.limits.whole)
            late = worker.is_alive()
        finally:
            gate.shut()
        if gate.sent:
            worker.join(_WAKING)
        end = ends[0] if ends else None
        if isinstance(end, ApiReply):
            return self._evidence.checked_reply(request, self._discreet(end), gate)
        return self._evidence.silent(request, gate, late=_is_late(end, gate) or late)

    def _discreet(self, reply: ApiReply) -> ApiReply:
        """The answer without what it repeats of the credentials: no more than this is read, or
        kept."""
        headers = {
            name: self._confidential.without_secrets(value) for name, value in reply.headers.items()
        }
        body = self._confidential.cleaned(reply.body)
        return ApiReply(status=reply.status, headers=headers, body=body)

    def _await(self, worker: threading.Thread, seconds: float) -> None:
        end = time.monotonic() + seconds - _WAKING
        while (left := end - time.monotonic()) > 0 and worker.is_alive() and not self._abandoned():
            worker.join(min(left, _GLANCE))

    def _work(self, request: Request, gate: Gate, ends: list[ApiReply | Exception]) -> None:
        from runner.x.session import send

        try:
            ends.append(send(request, self._credentials, self.url, gate, self.limits))
        except Exception as error:
            ends.append(error)


def _is_late(end: Exception | None, gate: Gate) -> bool:
    from runner.x.session import is_network_error, is_timeout

    if end and not gate.sent and not is_network_error(end):
        raise end  # a mistake of ours, before anything was sent
    return is_timeout(end)


def client_of(
    account: str,
    environ: Mapping[str, str],
    *,
    only_account: bool,
    limits: CallLimits | None = None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Client:
    """X as an account of the project; a call ends early once it is `abandoned`. Raises Refused when
    its credentials are incomplete, and BadUsage when `X_API_URL` is no address to trust with them.
    """
    url = base_url(environ)
    who = credentials(account, environ, only_account=only_account)
    return Client(who, url, limits=limits, abandoned=abandoned)


def hush() -> None:
    """Keeps the loggers that would write signed headers, and their children, at INFO or above."""
    names = list(logging.root.manager.loggerDict)  # another call may be loading tweepy
    known = [name for name in names if name.split(".")[0] in TALKATIVE]
    for name in (*TALKATIVE, *known):
        logger = logging.getLogger(name)
        at_all = name in TALKATIVE or logger.level != logging.NOTSET
        if at_all and logger.level < logging.INFO:
            logger.setLevel(logging.INFO)
