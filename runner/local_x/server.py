"""Starts and stops the local X: in a thread for tests and the demonstration, or for good."""

import base64
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pydantic import JsonValue

from runner.local_x.accounts import Accounts, LocalAccount, environment
from runner.local_x.audience import Audience
from runner.local_x.crowd import Act
from runner.local_x.fault_injection import InjectedFault
from runner.local_x.http_server import Server, listen
from runner.local_x.site import Now, Site
from runner.local_x.values import Journal, Media, Post


class Sandbox:
    """A local X that is running. `with Sandbox.start({"shop": "acme_lv"}, clock=…) as sandbox:`"""

    def __init__(self, site: Site, server: Server, thread: threading.Thread, url: str) -> None:
        self._site, self._server, self._thread = site, server, thread
        self.url = url

    @classmethod
    def start(
        cls,
        accounts: Accounts,
        *,
        clock: Now,
        folder: Path | None = None,
        port: int = 0,
        rate_limits: bool = True,
        old_names: bool = False,
    ) -> "Sandbox":
        """Answers when this returns. `accounts` maps account ids to handles, or lists accounts.

        Without `folder` it forgets everything when it stops. `rate_limits=False` only counts.
        `old_names` answers with the names of X's fields before its specification 2.167.
        """
        site = Site.opened(
            accounts, clock=clock, folder=folder, rate_limits=rate_limits, old_names=old_names
        )
        try:
            listener = listen("127.0.0.1", port)
        except BaseException:
            site.journal.close()
            raise
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        ready = threading.Event()
        server = Server(site, ready.set)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        if not ready.wait(10):
            raise TimeoutError("the sandbox did not start within 10 seconds")
        return cls(site, server, thread, url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends the server; what was acknowledged stays in the folder."""
        if self._thread.is_alive():
            self._server.finish()
            self._thread.join(10)
        self._site.journal.close()

    def credentials(self, account: str) -> dict[str, str]:
        """The environment variables of an account, by its id or handle. Raises KeyError."""
        alone = len(self._site.accounts) == 1
        return environment(self._site.local_x.account(account), alone=alone)

    def environment(self) -> dict[str, str]:
        """All that the commands need to post here: every account's credentials, and the URL."""
        variables = {"X_API_URL": self.url}
        for account in self._site.accounts:
            variables |= self.credentials(account.id)
        return variables

    def account(self, account: str) -> LocalAccount:
        """An account by its id or handle. Raises KeyError."""
        return self._site.local_x.account(account)

    def now(self) -> datetime:
        return self._site.clock()

    def set_clock(self, now: datetime | None) -> None:
        """Stops the sandbox's clock at an instant; None gives it back."""
        self._site.clock.set(now)

    def timeline(self, handle: str | None = None) -> list[Post]:
        """What stands on the timeline of an account (id or handle), or on all; newest first."""
        with self._site.lock:
            self._site.come_to_now()
            local_x = self._site.local_x
            return list(local_x.posts(local_x.account(handle).person.user_id if handle else None))

    def page(self, handle: str | None = None) -> str:
        """The timeline as a web page that needs no server: its pictures are in it."""
        from runner.local_x.page_cards import page

        with self._site.lock:
            local_x = self._site.local_x
            person = local_x.account(handle).person if handle else None
            return page(local_x, person, picture=lambda media: _inline(self._site.journal, media))

    def seed(
        self,
        handle: str,
        text: str,
        *,
        name: str | None = None,
        id: str = "",
        reply_to: str | None = None,
    ) -> Post:
        """A stranger's post, there to be shared or to be answered; it may answer another."""
        with self._site.lock:
            return self._site.local_x.seed(handle, text, name=name, id=id, reply_to=reply_to)

    def play(self, acts: Iterable[Act]) -> None:
        """Has strangers act, each at its moment of the clock (`crowd.py`). Raises ValueError for
        what an account of ours is to do."""
        self._site.play(acts)

    def attend(self, audience: Audience) -> None:
        """Has people see and like what the accounts post (`audience.py`)."""
        with self._site.lock:
            self._site.local_x.audience = audience

    def refuse_private_numbers(self) -> None:
        """Tells nobody any more the private numbers of their own posts."""
        self._site.refuses_private = True

    def spent(self) -> Decimal:
        """USD that X would charge for all that was read."""
        with self._site.lock:
            return self._site.meter.usd

    def hide(self, handle: str, how: Literal["protected", "suspended"] | None) -> None:
        """Shows nobody any more what a stranger posts, or shows it again."""
        with self._site.lock:
            self._site.local_x.hide(self._site.local_x.stranger(handle), how)

    def hidden_replies(self) -> frozenset[str]:
        """The replies that were hidden by those in whose conversations they stand, by id."""
        with self._site.lock:
            return frozenset(self._site.local_x.post_store.hidden_replies)

    def rename(self, handle: str, now_called: str) -> None:
        """Gives a stranger another handle; the old one is free. Raises ValueError."""
        with self._site.lock:
            local_x = self._site.local_x
            local_x.rename(local_x.stranger(handle), now_called)

    def post_by_hand(self, account: str, text: str, *, reply_to: str | None = None) -> Post:
        """A post of an account (id or handle) that its owner sends past the runner. Raises
        KeyError, and RequestRefused where X would not take it."""
        body = {"text": text, **({"reply": {"in_reply_to_tweet_id": reply_to}} if reply_to else {})}
        with self._site.lock:
            self._site.come_to_now()
            return self._site.local_x.create(self._site.local_x.account(account), body)

    def repost_by_hand(self, account: str, id: str) -> Post:
        """A post that the owner of an account (id or handle) shares past the runner. Raises
        KeyError."""
        with self._site.lock:
            return self._site.local_x.repost(self._site.local_x.account(account), id)

    def edit(self, id: str, text: str) -> Post:
        """A person rewrites a post by hand; as on X it gets a new id. Raises KeyError."""
        with self._site.lock:
            return self._site.local_x.edit(id, text)

    def remove(self, id: str) -> None:
        """A person deletes a post by hand. Raises KeyError."""
        with self._site.lock:
            self._site.local_x.remove(id)

    def set_lag(self, lag: timedelta) -> None:
        """How long the timelines that are read over the API do not show a post yet."""
        self._site.lag = lag

    def fail(self, *faults: InjectedFault | Mapping[str, JsonValue]) -> None:
        """Has the next calls go wrong, as each InjectedFault says."""
        with self._site.lock:
            self._site.faults.add(faults)

    def requests(self) -> dict[str, int]:
        """How many requests each route got."""
        with self._site.lock:
            return dict(self._site.requests)

    def reset(self) -> None:
        """Makes the local X as new: nothing posted, nothing counted, no faults, no lag, the clock
        given back."""
        self._site.reset()


def _inline(journal: Journal, media: Media) -> str | None:
    data = journal.bytes(media.id)
    return f"data:{media.type};base64,{base64.b64encode(data).decode()}" if data else None


def serve(
    accounts: Accounts,
    *,
    clock: Now,
    host: str = "127.0.0.1",
    port: int = 8280,
    folder: Path | None = None,
    ready: Callable[[str], None],
) -> None:
    """Runs the local X until it is interrupted. `ready` is told its URL.

    Raises ValueError for a host that is not loopback, OSError when the port or folder is taken.
    """
    with listen(host, port) as listener:
        site = Site.opened(accounts, clock=clock, folder=folder, rate_limits=True, old_names=False)
        try:
            bound, number = listener.getsockname()[:2]
            name = f"[{bound}]" if ":" in bound else bound
            Server(site, lambda: ready(f"http://{name}:{number}")).run([listener])
        except KeyboardInterrupt:
            pass
        finally:
            site.journal.close()
