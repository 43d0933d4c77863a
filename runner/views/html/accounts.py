"""Whose posts they are: an account with its handle, its initials and its colour."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from runner.models.project import Project
from runner.views.html.templates import HUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """An account. `hue` is the number of its colour: accounts take them in runner.yaml's order."""

    account: str
    handle: str
    hue: int

    @property
    def initials(self) -> str:
        """`acme_lv` is AL."""
        words: list[str] = re.findall("[A-Za-z0-9]+", self.handle) or ["@"]
        letters = words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]
        return letters.upper()


def faces(project: Project) -> Mapping[str, Face]:
    """By account. One that stands in no file any more has no handle but its id."""
    return {
        account: Face(account=account, handle=each.handle, hue=number % len(HUES))
        for number, (account, each) in enumerate(project.accounts.items())
    }
