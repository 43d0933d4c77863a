"""A call to X as values: what is sent, within which limits, what comes back; and the gate that
each call passes before its first byte: the proof that a request has not left."""

import dataclasses
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from pydantic import JsonValue

from runner.value import Value, field


class CallLimits(Value, kw_only=True):
    """Seconds and bytes that a call may take."""

    connect: float = 5.0
    read: float = 25.0
    whole: float = 30.0
    upload: float = 120.0
    """The whole of a call that carries a file."""
    answer: int = 256 * 1024
    page: int = 16 * 1024 * 1024
    """Of an answer to a GET: 100 posts of 25,000 characters, most of them twice."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A file to send as multipart/form-data, with its plain fields."""

    fields: Mapping[str, str]
    data: bytes = dataclasses.field(repr=False)
    type: str


class Request(Value, kw_only=True):
    """One call, before it is signed."""

    method: str
    route: str
    params: Mapping[str, str] = field(default_factory=dict)
    json: dict[str, JsonValue] | None = None
    form: Form | None = None


class ApiReply(Value, kw_only=True):
    """What X answered. Names of headers are lowercase; `body` may be cut at the limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Silence(Value, kw_only=True):
    """No answer. Unless `sent`, it is proven that not a byte of the request has left; `late` when
    time ran out."""

    sent: bool
    late: bool


class Caller(Protocol):
    """Who makes the calls: the client, or a model of X in its place."""

    def call(self, request: Request) -> ApiReply | Silence:
        """Sends the request once. Never raises for what the network does."""
        ...


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
        """Shuts the gate: from now on nothing is sent, and whoever reads an answer reads its
        end."""
        with self._lock:
            self._shut = True
            if self._socket is not None:
                with suppress(OSError):  # most often: it is closed already
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
