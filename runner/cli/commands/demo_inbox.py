"""The inbox of `runner demo`: three people speak to the shop, one of whom complains, and each is
answered once, from an issue."""

import re
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from runner.cli.commands.answer import answer
from runner.cli.commands.demo_world import (
    DemoGitHub,
    SimulatedClock,
    demo_github,
    local_x,
    say_title,
)
from runner.cli.commands.inbox import inbox
from runner.cli.context import CommandContext
from runner.value import Value, replace

if TYPE_CHECKING:
    from runner.local_x import Act

_BEGINS: Final = datetime.fromisoformat("2027-02-01T09:00+02:00")
_PROJECT: Final = """\
timezone: Europe/Riga
accounts:
  shop: {handle: acme_lv, locale: lv, owned: true}
ledger: {store: files}
inbox: {vars: {hours: {es: "De lunes a viernes, de 9:00 a 18:00."}}}
"""
_SAY: Final = (
    ("karlis", "lv", "@acme_lv Manas jaunās džinsas saplīsa pēc divām dienām!"),
    ("lucia", "es", "@acme_lv ¿A qué hora abrís el lunes?"),
    ("june", "en", "@acme_lv Love my new jeans, thank you"),
)
_ANSWERS: Final = {
    "complaint": "/answer apology",
    "question": "/answer hours",
    "praise": "/answer\nThat made our morning. Wear them out!",
}
_UNSEEN: Final = re.compile(r"<!--.*?-->\n|^```\w*\n?|\[(\w+)\]\([^)]*\)", re.MULTILINE)
"""What Markdown does not show as it is written."""
_SEND: Final = re.compile(r"^/send \w+$", re.MULTILINE)


def inbox_demo(context: CommandContext, root: Path) -> int:
    """Exits with 0 where each was answered once, and its issue is closed."""
    with (
        local_x({"shop": "acme_lv"}, root, _BEGINS) as (sandbox, clock),
        demo_github(clock.now) as (github, job),
    ):
        root.mkdir(parents=True, exist_ok=True)
        (root / "runner.yaml").write_text(_PROJECT, encoding="utf-8")
        environ = {**context.environ, **sandbox.environment(), **job}
        inside = replace(context, root=root, clock=clock, environ=environ, ledger=root / "ledger")
        sandbox.play(_acts())
        clock.set(_BEGINS + timedelta(hours=3))
        say_title(context, "three people speak to the shop; runner inbox, in a private repository")
        inbox(inside)
        desk = _Desk(inside, clock, github)
        for number in range(1, len(github.issues) + 1):
            desk.have_answered(number)
        say_title(context, "runner inbox, an hour later")
        clock.sleep(3600)
        inbox(inside)
        answered = [post.reply_to for post in sandbox.timeline("shop")]
    is_done = len(answered) == len(set(answered)) == len(_SAY)
    context.say(f"\n{len(answered)} answers on X, one for each; the second /send sent nothing.")
    return 0 if is_done and all(each["state"] == "closed" for each in github.issues) else 1


def _acts() -> "tuple[Act, ...]":
    from runner.local_x import Act

    return tuple(
        Act(at=_BEGINS + timedelta(minutes=30 * number), who=who, text=text, language=language)
        for number, (who, language, text) in enumerate(_SAY, start=1)
    )


class _Desk(Value):
    """The desk of marta, who reads the issues of conversations and answers them."""

    inside: CommandContext
    clock: SimulatedClock
    github: DemoGitHub

    def have_answered(self, number: int) -> None:
        """Has one conversation answered. In the first one `/send` is written twice, as if by two
        people, and one answer goes out."""
        title = str(self.github.issues[number - 1]["title"])
        self.inside.say(f"\nIssue {number}, {title}")
        self._show_newest(number)
        shown = self._writes(_ANSWERS[title.split()[1]], on=number)
        if send := _SEND.search(shown):
            for _ in range(2 if number == 1 else 1):
                self._writes(send[0], on=number)

    def _writes(self, text: str, *, on: int) -> str:
        """She comments, and answer.yml carries it out; what is said back."""
        self.clock.sleep(60)
        self.inside.say(f"  marta: {' '.join(text.split())}")
        comment = self.github.says("marta", text, on=on)
        answer(replace(self.inside, out=StringIO(), talk=StringIO()), issue=on, comment=comment)
        return self._show_newest(on)

    def _show_newest(self, number: int) -> str:
        """The newest comment on an issue, as it is seen there."""
        newest = [each for each in self.github.comments if each["on"] == number][-1]
        seen = _UNSEEN.sub(r"\1", str(newest["body"]))
        for line in filter(None, seen.splitlines()):
            self.inside.say(f"  │ {line}")
        return seen
