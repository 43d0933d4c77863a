"""Who writes to the account, who writes below the issues, and who meddles."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.simulation.answer_world import BEGINS, CALM
from tests.simulation.model_x import Post
from tests.simulation.sometimes import (
    COMMENT_EDITED,
    ISSUE_CLOSED,
    ISSUE_DELETED,
    MENTION_DELETED,
    TWO_RUNS,
)
from tests.simulation.talking_x import OURS, PEOPLE, SHOP, SUPPORT

if TYPE_CHECKING:
    from tests.simulation.answers import AnswerSimulation

_SHOWN: Final = re.compile(r"```text\n(.*?)\n```.*/send ([0-9a-f]{12})", re.DOTALL)
_WORDS: Final = ("Love my jeans", "When are you open?", "Mine are broken", "<b>Hi</b> `x`")
_STEP: Final = timedelta(minutes=4)


class AnswerPeople:
    """What all people of a world do. `approved` is what somebody who may has asked to be sent: the
    issue's name, and the text."""

    def __init__(self, simulation: "AnswerSimulation") -> None:
        self._simulation = simulation
        self._chance = simulation.chance
        self._github, self._x = simulation.github, simulation.x
        self._said = 0
        self.approved: set[tuple[str, str]] = set()
        self.commands: list[tuple[int, int]] = []
        """The issue and the id of each comment that was a command."""

    def begin(self) -> None:
        moment = BEGINS
        while moment < CALM:
            self._simulation.scheduler.at(moment, self._something)
            moment += _STEP * self._chance.uniform(0.2, 2)

    def _something(self) -> None:
        meddles = self._chance.random() < self._simulation.world.meddling
        deeds = self._meddling() if meddles else self._kind()
        self._chance.choice(deeds)()

    def _kind(self) -> list[Callable[[], None]]:
        return [self.speak, self.speak, *[self._answer] * 3, *[self._send] * 5, self._skip]

    def _meddling(self) -> list[Callable[[], None]]:
        return [
            self._edit_mention,
            self._delete_mention,
            self._answer_by_hand,
            self._edit_comment,
            self._delete_comment,
            self._close,
            self._reopen,
            self._delete_issue,
            self._again,
            self._strangers,
            self._hide,
            self._block,
            self._long,
        ]

    # --- on X

    def speak(self) -> None:
        """Somebody writes, or writes again."""
        self._said += 1
        who = self._chance.choice(PEOPLE)
        named = f"@{SHOP} @{SUPPORT}" if self._chance.random() < 0.5 else f"@{SHOP}"
        text = f"{named} {self._chance.choice(_WORDS)} {self._said}"
        known = [post for post in self._x.posts if post.shown and self._concerns(post, who)]
        before = self._chance.choice(known) if known and self._chance.random() < 0.4 else None
        self._x.speak(who, text, reply_to=before.id if before else None)
        self._tell(f"{who} says {self._said}{' again' if before else ''}")

    def _concerns(self, post: Post, who: str) -> bool:
        """Whether it is theirs, or answers something of theirs."""
        parent = self._x.post(post.reply_to or "")
        return post.account == who or (parent is not None and parent.account == who)

    def _mention(self) -> Post | None:
        shown = [post for post in self._x.mentions if post.shown]
        return self._chance.choice(shown) if shown else None

    def _edit_mention(self) -> None:
        if post := self._mention():
            names = self._chance.random() < 0.3
            self._x.edit(post, f"{post.text} edited{f' @{SUPPORT}' if names else ''}")
            self._count("a mention edited")

    def _delete_mention(self) -> None:
        if post := self._mention():
            self._x.delete(post)
            self._count(MENTION_DELETED)

    def _answer_by_hand(self) -> None:
        if post := self._mention():
            ours = self._chance.choice([OURS[name] for name in self._simulation.world.accounts])
            self._x.speak(ours, f"By hand {self._said}", reply_to=post.id)
            self._count("a mention answered by hand")

    def _block(self) -> None:
        who = self._chance.choice(PEOPLE)
        self._x.blocked ^= {who}
        self._count("somebody blocks us, or does so no more")

    # --- on GitHub

    def name_of(self, number: int) -> str:
        return next(name for name, of in self._github.opened if of == number)

    def _issue(self) -> int | None:
        open_ones = [n for n, row in self._github.issues.items() if row["state"] == "open"]
        return self._chance.choice(open_ones) if open_ones else None

    def _any_issue(self) -> int | None:
        return self._chance.choice(list(self._github.issues)) if self._github.issues else None

    def _writes(self, number: int, text: str, *, author: str = "") -> None:
        """Somebody comments; a minute later a run begins, or two."""
        author = author or self._chance.choice(["marta", "janis"])
        comment = self._github.says(author, text, on=number)
        self._tell(f"{author} writes {text[:30]!r} below {number}: {comment}")
        self._start(number, comment)

    def _start(self, number: int, comment: int, *, is_again: bool = False) -> None:
        """GitHub starts one run of a comment; another one somebody starts who can't wait."""
        self.commands.append((number, comment))
        twins = not self._simulation.calm and self._chance.random() < self._simulation.world.twins
        self._simulation.happened[TWO_RUNS] += twins
        for again in [is_again, True][: 1 + twins]:
            seconds = self._chance.uniform(20, 60)
            run = partial(self._simulation.answer, number, comment, is_again=again)
            self._simulation.scheduler.after(seconds, run)

    def _answer(self) -> None:
        if number := self._issue():
            self.ask(number)

    def ask(self, number: int) -> None:
        self._said += 1
        own = f"/answer\nWe look into it, {self._said}"
        self._writes(number, self._chance.choice([own, own, "/answer thanks", "/answer apology"]))

    def shown(self, number: int) -> list[tuple[str, str]]:
        """The answers that stand below an issue to be read, oldest first: text and digest."""
        below = (row["body"] for row in self._github.below(number))
        return [found.groups() for body in below if (found := _SHOWN.search(body))]  # type: ignore[misc]

    def _send(self) -> None:
        if number := self._issue():
            self.send(number, newest=self._chance.random() < 0.8)

    def send(self, number: int, *, newest: bool = True) -> bool:
        """Whether there is anything to send."""
        shown = self.shown(number)
        if not shown:
            return False
        text, digest = shown[-1] if newest else self._chance.choice(shown)
        self.approved.add((self.name_of(number), text))
        self._writes(number, f"/send {digest}")
        return True

    def _skip(self) -> None:
        if (number := self._issue()) and self._chance.random() < 0.3:
            self._writes(number, "/skip sells <i>things</i>")

    def _hide(self) -> None:
        if number := self._issue():
            self._writes(number, "/hide")

    def _long(self) -> None:
        if number := self._issue():
            self._writes(number, f"/answer\n{'too long ' * 40}")

    def _strangers(self) -> None:
        if number := self._issue():
            shown = self.shown(number)
            text = f"/send {shown[-1][1]}" if shown else "/answer\nWe pay you"
            self._writes(number, text, author="nobody")
            self._count("a stranger writes")

    def _command(self) -> tuple[int, int] | None:
        there = [(n, c) for n, c in self.commands if c in self._github.comments]
        return self._chance.choice(there) if there else None

    def _edit_comment(self) -> None:
        if found := self._command():
            row = self._github.comments[found[1]]
            row["body"] = row["body"].replace("We look", "They look")
            self._count(COMMENT_EDITED)

    def _delete_comment(self) -> None:
        if found := self._command():
            del self._github.comments[found[1]]
            self._count("a comment deleted")

    def _close(self) -> None:
        if number := self._issue():
            self._github.set_state(number, "closed")
            self._count(ISSUE_CLOSED)

    def _reopen(self) -> None:
        if number := self._any_issue():
            self._github.set_state(number, "open")
            self._count("an issue opened by hand")

    def _delete_issue(self) -> None:
        if (number := self._any_issue()) and self._chance.random() < 0.4:
            self._github.delete_issue(number)
            self._count(ISSUE_DELETED)

    def again(self, most: int) -> None:
        """Somebody starts the newest runs again."""
        for found in self.commands[-most:]:
            self._start(*found, is_again=True)

    def _again(self) -> None:
        """Somebody starts an old run again."""
        if found := self._command():
            self._start(*found, is_again=True)
            self._count("a run started again")

    # --- once nothing goes wrong

    def handle(self) -> None:
        """They see to what is open: what was shown is sent, or else an answer is asked for; what
        X does not take is skipped."""
        for number, row in list(self._github.issues.items()):
            if row["state"] == "open":
                self._handle(number)

    def _handle(self, number: int) -> None:
        said = [row["body"] for row in self._github.below(number)][-1]
        if is_for_a_person(said):
            return
        if "it may be out" in said.casefold() or _SHOWN.search(said):
            self.send(number)
        elif "not sent" in said.casefold():
            self._writes(number, "/skip X does not take it")
        else:
            self.ask(number)

    def _count(self, what: str) -> None:
        self._simulation.happened[what] += 1
        self._tell(what)

    def _tell(self, what: str) -> None:
        self._simulation.tell(what)


def is_for_a_person(said: str) -> bool:
    """Whether a person has to look on X themselves, and to say what became of an answer."""
    return "its name is" in said.casefold() or "or may have" in said
