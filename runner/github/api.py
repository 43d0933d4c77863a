"""Requests to GitHub's REST API, as a workflow's own token may make them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pydantic import JsonValue

from runner.confidential import Confidential, without_claims
from runner.problems import Refused

if TYPE_CHECKING:
    from requests import Response

VERSION: Final = "2022-11-28"
"""Of the API (https://docs.github.com/rest/about-the-rest-api/api-versions, read 2026-11-21)."""
PAGE: Final = 100
"""The most that a page of a list may hold."""
TIME_OUT: Final = (5, 25)
"""Seconds to connect, and to wait for an answer."""
_PIECE: Final = 65_536
"""Bytes of a file that are read at once."""


def moment(written: JsonValue) -> datetime | None:
    """The instant that GitHub tells; None where it tells none."""
    if not isinstance(written, str):
        return None
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else None


class NotOnGitHub(Refused):
    """GitHub has no such thing, or no more, or shows it to nobody with this token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One repository. `url` is the API's, as GITHUB_API_URL has it."""

    url: str
    repository: str
    token: str = field(repr=False)

    def call(
        self,
        method: str,
        route: str,
        *,
        body: Mapping[str, JsonValue] | None = None,
        params: Mapping[str, int | str] | None = None,
    ) -> JsonValue:
        """What GitHub answers, None for an empty answer. `route` begins below the repository.

        Raises Refused for anything but a success, which is NotOnGitHub for what is not there.
        """
        status, data = self._answer(method, route, body, params)
        if not 200 <= status < 300:
            raise _refused(status, data)
        return data

    def _answer(
        self,
        method: str,
        route: str,
        body: Mapping[str, JsonValue] | None,
        params: Mapping[str, int | str] | None,
    ) -> tuple[int, JsonValue]:
        """The status and what is said with it; models of GitHub answer in its place."""
        with _readable():
            answer = self._send(method, route, body, params)
            return answer.status_code, self._content(answer)

    def _content(self, answer: "Response") -> JsonValue:
        """What an answer says, without the token. Raises ValueError for what is no JSON."""
        said = Confidential((self.token,)).cleaned(answer.content)
        data: JsonValue = json.loads(said) if said else None
        return data

    def download(self, route: str, *, most: int) -> bytes | None:
        """A file, which GitHub keeps at another address; None where it has more than `most` bytes.
        Raises Refused."""
        import requests

        with _readable():
            told = self._send("GET", route)
            if told.status_code >= 400:
                raise _refused(told.status_code, self._content(told))
            sent_on = told.headers["Location"]
            # the address is a secret of its own, and this one does not go there
            with requests.get(sent_on, stream=True, timeout=TIME_OUT) as answer:
                answer.raise_for_status()
                data = bytearray()
                for piece in answer.iter_content(_PIECE):
                    data += piece
                    if len(data) > most:
                        return None
                return bytes(data)

    def _send(
        self,
        method: str,
        route: str,
        body: Mapping[str, JsonValue] | None = None,
        params: Mapping[str, int | str] | None = None,
    ) -> "Response":
        import requests

        return requests.request(
            method,
            f"{self.url}/repos/{self.repository}{route}",
            json=body,
            params=params,
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "X-GitHub-Api-Version": VERSION,
            },
            timeout=TIME_OUT,
            allow_redirects=False,
        )

    def list(self, route: str) -> Iterator[dict[str, JsonValue]]:
        """All of a list, page by page. Raises Refused."""
        page = 1
        while True:
            found = self.call("GET", route, params={"per_page": PAGE, "page": page})
            rows = found if isinstance(found, list) else []
            yield from (row for row in rows if isinstance(row, dict))
            if len(rows) < PAGE:
                return
            page += 1


def _refused(status: int, data: JsonValue) -> Refused:
    """What an answer means that is no success; NotOnGitHub for what is not there."""
    said = str((data.get("message") if isinstance(data, dict) else None) or "no reason")
    kind = NotOnGitHub if status in (404, 410) else Refused
    return kind(f"GitHub answered {status}: {without_claims(said)}", help=_help(status, said))


def _help(status: int, said: str) -> str:
    """What to do, for who can mend it: the one who runs it, by waiting, or the one who has set the
    repository up (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api)."""
    if status == 429 or "rate limit" in said.casefold():
        return "GitHub takes no more requests for a while: run it again in an hour"
    if status >= 500:
        return "GitHub has trouble: run it again, nothing that was done is done twice"
    if "disabled" in said.casefold():
        return "switch on what is disabled in the repository's settings: General, Features"
    return "look at the `permissions` of the workflow's job"


@contextmanager
def _readable() -> Iterator[None]:
    """Guards the reading of an answer. Raises Refused for whatever keeps it from being read."""
    import requests

    try:
        yield
    except (requests.RequestException, ValueError, KeyError) as error:
        # the class says enough; the message may repeat what was sent
        what = type(error).__name__
        raise Refused(f"GitHub gave no answer that can be read ({what})") from None
