"""Calls to X: signed by tweepy, sent once, each ended within its time as a whole.

A call runs in a thread of its own behind a gate. The gate notes that a connection stands, which is
the last instant at which nothing was sent; when the time is over it shuts, so that a call still
looking for a connection can never send, and one that waits for an answer is woken.
"""

import ipaddress
import logging
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from pydantic import JsonValue

from runner.problems import BadUsage
from runner.x.auth import Credentials

DEFAULT_URL: Final = "https://api.x.com"
URL_VARIABLE: Final = "X_API_URL"

# tweepy logs answers, requests_oauthlib signed headers and oauthlib signatures, all at DEBUG
TALKATIVE: Final = ("tweepy", "oauthlib", "requests_oauthlib", "urllib3")

_WAKING: Final = 0.5
"""Seconds of a call's time kept for a thread to notice that its gate is shut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes that a call may take."""

    connect: float = 5.0
    read: float = 25.0
    whole: float = 30.0
    upload: float = 120.0
    """The whole of a call that carries a file."""
    answer: int = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A file to send as multipart/form-data, with its plain fields."""

    fields: Mapping[str, str]
    data: bytes = field(repr=False)
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call, before it is signed."""

    method: str
    route: str
    params: Mapping[str, str] = field(default_factory=dict)
    json: dict[str, JsonValue] | None = None
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What X answered. Names of headers are lowercase; `body` may be cut at the limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """No answer. Unless `sent`, not a byte of the request has left; `late` when time ran out."""

    sent: bool
    late: bool


class Shut(Exception):
    """The connection stood too late; nothing is sent over it."""


class Gate:
    """Stands between a connection and the first byte of a request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shut = False
        self._socket: socket.socket | None = None
        self.sent = False

    def enter(self, connection: socket.socket | None) -> None:
        """Called with a connection that stands. Raises Shut when it is too late to send."""
        with self._lock:
            if self._shut:
                raise Shut
            self.sent = True
            self._socket = connection

    def shut(self) -> None:
        """From now on nothing is sent, and whoever reads an answer reads its end."""
        with self._lock:
            self._shut = True
            if self._socket is not None:
                with suppress(OSError):  # most often: it is closed already
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class Client:
    """X, or what stands in for it, as one account. Never retries, never follows a redirect.

    The environment's proxies, `.netrc` and certificate bundles are not used: a signed request goes
    straight to the host it was signed for.
    """

    def __init__(self, credentials: Credentials, url: str, *, limits: Limits | None = None) -> None:
        self._credentials = credentials
        self.url = url
        self.limits = limits or Limits()

    def call(self, request: Request) -> Reply | Silence:
        """Sends `request` once and waits for the answer, the limit of the whole at most."""
        hush()
        gate = Gate()
        ends: list[Reply | Exception] = []
        worker = threading.Thread(target=self._work, args=(request, gate, ends), daemon=True)
        worker.start()
        try:
            worker.join((self.limits.upload if request.form else self.limits.whole) - _WAKING)
            late = worker.is_alive()
        finally:
            gate.shut()
        if gate.sent:
            worker.join(_WAKING)
        return _told(ends[0] if ends else None, gate, late=late)

    def _work(self, request: Request, gate: Gate, ends: list[Reply | Exception]) -> None:
        from runner.x.session import send

        try:
            ends.append(send(request, self._credentials, self.url, gate, self.limits))
        except Exception as error:
            ends.append(error)


def _told(end: Reply | Exception | None, gate: Gate, *, late: bool) -> Reply | Silence:
    from runner.x.session import of_the_network, of_time

    if isinstance(end, Reply):
        return end
    if end and not gate.sent and not of_the_network(end):
        raise end  # a mistake of ours, before anything was sent
    return Silence(sent=gate.sent, late=late or of_time(end))


def base_url(environ: Mapping[str, str]) -> str:
    """Where X is: https://api.x.com unless `X_API_URL` says otherwise. Raises BadUsage."""
    written = environ.get(URL_VARIABLE, "").strip()
    return checked_url(written) if written else DEFAULT_URL


def checked_url(written: str) -> str:
    """`scheme://host[:port]`, https, or http to this machine only. Raises BadUsage."""
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address() from None
    if not host or written.rstrip("/") != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise _no_address()
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise BadUsage(
            f"{URL_VARIABLE} would send signed requests over an open line",
            help="use https; http is for an X on this machine, like http://127.0.0.1:8000",
        )
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port else "")


def _no_address() -> BadUsage:
    # what is written there may hold a password, so it is not repeated
    return BadUsage(
        f"{URL_VARIABLE} is not the address of an API",
        help=f"write only scheme and host, like {DEFAULT_URL}",
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hush() -> None:
    """Keeps the loggers that would write signed headers, and their children, at INFO or above."""
    known = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in TALKATIVE]
    for name in (*TALKATIVE, *known):
        logger = logging.getLogger(name)
        at_all = name in TALKATIVE or logger.level != logging.NOTSET
        if at_all and logger.level < logging.INFO:
            logger.setLevel(logging.INFO)
