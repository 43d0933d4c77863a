"""The foreword of a change: what a reviewer has to know before any post. It is never cut away."""

from typing import Final

from runner.plan import Comparison, Concern, FileChange, Setting, Surroundings
from runner.value import Value
from runner.views.phrases import LONGEST, excerpts, first_names, shortened

NOTHING: Final = "not set"
MOST_NAMED: Final = 40
"""How many files of the program, or posts of a file, are named."""
PROGRAM: Final = "This changes the program that holds the credentials"
WHO_LOOKS: Final = (
    "Somebody who answers for the program has to read these files line by line: no preview shows "
    "what they do, and this one may have been made by them."
)
GRAVE: Final = frozenset({Concern.MONEY, Concern.IDENTITY, Concern.DISCLOSURE})


class SettingRow(Value, kw_only=True):
    """A setting as people read it."""

    concern: str
    grave: bool
    """Money, identity or disclosure."""
    path: str
    key: str
    old: str
    new: str


class Foreword(Value, kw_only=True):
    """`program` names its files; `settings` come the gravest first; `files` and `notes` are a line
    each."""

    program: str | None
    settings: tuple[SettingRow, ...]
    files: tuple[str, ...]
    notes: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.program or self.settings or self.files or self.notes)


def foreword(comparison: Comparison | None) -> Foreword:
    """What changes beside posts; nothing where nothing is compared."""
    basis = comparison.basis if comparison else Surroundings()
    return Foreword(
        program=first_names(basis.program, MOST_NAMED) if basis.program else None,
        settings=tuple(map(_row, basis.settings)),
        files=tuple(map(_file, basis.files)),
        notes=(*basis.unread, *basis.warnings),
    )


def _row(setting: Setting) -> SettingRow:
    old, new = _values(setting.old, setting.new)
    return SettingRow(
        concern=setting.concern.value,
        grave=setting.concern in GRAVE,
        path=setting.path,
        key=setting.key,
        old=old,
        new=new,
    )


def _values(old: str | None, new: str | None) -> tuple[str, str]:
    """Both on one line each; long ones cut to where they differ."""
    if old is not None and new is not None and len(old) + len(new) > LONGEST:
        return excerpts(old, new)
    return _value(old), _value(new)


def _value(value: str | None) -> str:
    if value is None:
        return NOTHING
    line = shortened(" ⏎ ".join(value.split("\n")))
    return line if line.strip() == line and line else f'"{line}"'


def _file(change: FileChange) -> str:
    posts = [f"{campaign}/{post}" for campaign, post in change.posts]
    named = first_names(posts, MOST_NAMED) if posts else "changes no post"
    return f"{change.path} {change.fate}: {named}"
