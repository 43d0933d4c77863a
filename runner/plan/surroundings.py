"""The basis of a plan: all that an edit of a repository changes beside the posts themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from runner.plan.material import FileChange
from runner.plan.settings import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What changes of it."""

    program: tuple[str, ...] = ()
    """Paths of the program that holds the credentials, from the top of the repository on."""
    settings: tuple[Setting, ...] = ()
    """The gravest first."""
    files: tuple[FileChange, ...] = ()
    """Templates, pictures and lists of items, by path."""
    warnings: tuple[str, ...] = ()
    """What comes of the settings that their values alone don't tell."""
    unread: tuple[str, ...] = ()
    """What can't be compared, since files can't be read."""
    edited: Mapping[str, str] = field(default_factory=dict)
    """The paths of the campaigns that differ, by their id of now."""
    timeless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By path: what is declared there and is never due, each with the reason."""

    def of_campaigns(self, campaigns: Collection[str]) -> "Surroundings":
        """What concerns some campaigns: their own, and all that no campaign owns."""
        edited = {id: path for id, path in self.edited.items() if id in campaigns}
        others = {path for id, path in self.edited.items() if id not in campaigns}
        return replace(
            self,
            settings=tuple(each for each in self.settings if each.path not in others),
            edited=edited,
            timeless={path: told for path, told in self.timeless.items() if path not in others},
        )


UNTOUCHED = Surroundings()
