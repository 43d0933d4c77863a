"""Sending one request to X: the only module that loads tweepy, requests and urllib3."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import requests
import tweepy  # type: ignore[import-untyped]
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from runner import __version__
from runner.x.auth import Credentials
from runner.x.call import ApiReply, CallLimits, Form, Gate, Request, Shut

TWEEPYS_HOST: Final = "https://api.twitter.com"
"""Hard-coded in tweepy.Client.request, 4.17.0."""

USER_AGENT: Final = f"campaign-runner/{__version__}"


class GatedAdapter(HTTPAdapter):
    """Leads every connection through the gate before a byte of the request is sent."""

    def __init__(self, gate: Gate, limits: CallLimits) -> None:
        self._gate = gate
        self._limits = limits
        super().__init__(max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        plain = pool.ConnectionCls
        gate, seconds = self._gate, self._limits.read

        def connect(self: Any) -> None:
            plain.connect(self)
            if self.sock is not None:
                self.sock.settimeout(seconds)  # until now the connection's, too short for a file
            gate.enter(self.sock)

        pool.ConnectionCls = type(plain.__name__, (plain,), {"connect": connect})
        return pool


class Session(requests.Session):
    """A session for one call. What tweepy sends to api.twitter.com goes to `url`, and is rewritten
    before it is signed, as the signature covers the address."""

    def __init__(self, url: str, gate: Gate, limits: CallLimits) -> None:
        super().__init__()
        self.trust_env = False
        # one call, one connection: a kept one may be dead, and then nobody knows what was read
        self.headers.update(
            {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        )
        for scheme in ("https://", "http://"):
            self.mount(scheme, GatedAdapter(gate, limits))
        self._url = url
        self._limits = limits
        self.reply: ApiReply | None = None

    def request(
        self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any
    ) -> requests.Response:
        kwargs["timeout"] = (self._limits.connect, self._limits.read)
        kwargs["allow_redirects"] = False
        kwargs["stream"] = True
        route = str(url).removeprefix(TWEEPYS_HOST)
        with super().request(method, self._url + route, *args, **kwargs) as response:
            most = self._limits.page if method == "GET" else self._limits.answer
            body = _body(response, most)
        headers = {name.lower(): value for name, value in response.headers.items()}
        self.reply = ApiReply(status=response.status_code, headers=headers, body=body)
        return _without_body(response)

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Always None: requests would look into a redirect even where it does not follow it."""
        return


def send(request: Request, who: Credentials, url: str, gate: Gate, limits: CallLimits) -> ApiReply:
    """X's answer, whatever its status. Raises what requests raises where there is none."""
    with Session(url, gate, limits) as session:
        try:
            if request.form:
                _send_form(session, request, request.form, who)
            else:
                _send_json(session, request, who)
        except Exception:
            # tweepy raises for every status but 2xx
            if session.reply is None:
                raise
    if session.reply is None:
        raise AssertionError("a call ended without an answer and without an error")
    return session.reply


def _send_json(session: Session, request: Request, who: Credentials) -> None:
    client = tweepy.Client(
        consumer_key=who.api_key,
        consumer_secret=who.api_secret,
        access_token=who.access_token,
        access_token_secret=who.access_secret,
        wait_on_rate_limit=False,
    )
    client.session = session
    client.user_agent = USER_AGENT
    params: Mapping[str, str] | None = request.params or None
    client.request(request.method, request.route, params=params, json=request.json, user_auth=True)


def _send_form(session: Session, request: Request, form: Form, who: Credentials) -> None:
    """tweepy's client sends no files; its signature leaves multipart bodies out, as X wants."""
    signer = tweepy.OAuth1UserHandler(
        who.api_key, who.api_secret, who.access_token, who.access_secret
    ).apply_auth()
    session.request(
        request.method,
        TWEEPYS_HOST + request.route,
        data=dict(form.fields),
        files={"media": ("media", form.data, form.type)},
        auth=signer,
    )


def _body(response: requests.Response, limit: int) -> bytes:
    """What the response holds, cut off at `limit` bytes."""
    body = bytearray()
    for piece in response.iter_content(8192):
        body += piece
        if len(body) > limit:
            return bytes(body[:limit])
    return bytes(body)


def _without_body(response: requests.Response) -> requests.Response:
    """The response with its status alone: tweepy needs no more, and would log the body."""
    answer = requests.Response()
    answer.status_code = response.status_code
    answer.raw = BytesIO()
    return answer


def is_network_error(error: Exception) -> bool:
    """Whether the connection is to blame, not a bug in the program."""
    network = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, Shut)
    return isinstance(error, network)


def is_timeout(error: BaseException | None) -> bool:
    """Whether a time-out is the error, or the cause of it."""
    late = (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError, Shut)
    while error is not None:
        # urllib3 derives NewConnectionError, any failure to connect, from its time-outs
        if isinstance(error, late) and not isinstance(error, NewConnectionError):
            return True
        error = error.__cause__ or error.__context__
    return False
