"""Whose posts they are: an account with its handle, its initials and its colour."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from runner.models.project import Project
from runner.views.html.templates import HUES


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """An account. `hue` is the number of its colour: accounts take them in runner.yaml's order."""

    id: str
    handle: str
    hue: int

    @property
    def initials(self) -> str:
        """`acme_lv` is AL."""
        words: list[str] = re.findall("[A-Za-z0-9]+", self.handle) or ["@"]
        letters = words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]
        return letters.upper()


def shown_accounts(project: Project) -> Mapping[str, ShownAccount]:
    """The accounts by id. One that stands in no file any more has no handle but its id."""
    return {
        id: ShownAccount(id=id, handle=each.handle, hue=number % len(HUES))
        for number, (id, each) in enumerate(project.accounts.items())
    }
