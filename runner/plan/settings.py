"""Settings: what a pull request changes beside words, pictures and dates of posts.

Whose name is used, what may be spent, what is disclosed, which rules hold: none of it need change a
text, and all of it changes what is published, so that it is compared key by key.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Final

from runner.models import PROJECT_FILE, CampaignFile, Post, Project
from runner.plan.fields import flat
from runner.value import Value


class Concern(StrEnum):
    """What a setting is about, the gravest first."""

    MONEY = "money"
    IDENTITY = "identity"
    DISCLOSURE = "disclosure"
    LEDGER = "ledger"
    RULES = "rules"
    TIME = "time"
    HOLDS = "holds"
    OTHER = "other"
    CONTENT = "content"
    """What texts may show; each text that does stands beside its post."""


class Setting(Value, kw_only=True):
    """A key of a file whose value changes. A side is None where the key says nothing."""

    path: str
    key: str
    old: str | None
    new: str | None
    concern: Concern

    @property
    def order(self) -> tuple[int, bool, bool, str, str]:
        """The gravest first; of those, runner.yaml's, and what was there before."""
        grave = list(Concern).index(self.concern)
        return grave, self.path != PROJECT_FILE, self.old is None, self.path, self.key


OF_PROJECT: Final[tuple[tuple[str, Concern], ...]] = (
    ("budget.*", Concern.MONEY),
    ("accounts.*.tier", Concern.MONEY),
    ("accounts.*.timezone", Concern.TIME),
    ("accounts.*.slots.*", Concern.TIME),
    ("accounts.*.hold", Concern.HOLDS),
    ("accounts.*", Concern.IDENTITY),
    ("partners.*.relationship", Concern.DISCLOSURE),
    ("partners.*.until", Concern.DISCLOSURE),
    ("partners.*", Concern.IDENTITY),
    ("disclosure.*", Concern.DISCLOSURE),
    ("ledger.*", Concern.LEDGER),
    ("rules.*", Concern.RULES),
    ("threshold", Concern.RULES),
    ("rivals", Concern.MONEY),
    ("inbox.answers-from", Concern.IDENTITY),
    ("inbox.*", Concern.MONEY),
    ("timezone", Concern.TIME),
    ("slots.*", Concern.TIME),
    ("grace.*", Concern.TIME),
    ("hold", Concern.HOLDS),
)
"""What keys of runner.yaml are about, the first that matches."""
OF_CAMPAIGN: Final[tuple[tuple[str, Concern], ...]] = (
    ("budget", Concern.MONEY),
    ("accounts", Concern.IDENTITY),
    ("id", Concern.IDENTITY),
    ("owner", Concern.IDENTITY),
    ("partner", Concern.DISCLOSURE),
    ("promotional", Concern.DISCLOSURE),
    ("paid-partnership", Concern.DISCLOSURE),
    ("made-with-ai", Concern.DISCLOSURE),
    ("hold", Concern.HOLDS),
    ("draft", Concern.HOLDS),
    ("ignore.*partner", Concern.DISCLOSURE),
    ("ignore.promotional-share", Concern.DISCLOSURE),
    ("ignore.*budget", Concern.MONEY),
    ("ignore.link-cost", Concern.MONEY),
    ("ignore.needs-enterprise", Concern.MONEY),
    ("ignore.*", Concern.RULES),
    ("timezone", Concern.TIME),
    ("slots.*", Concern.TIME),
    ("grace", Concern.TIME),
    ("starts", Concern.TIME),
    ("ends", Concern.TIME),
    ("opens", Concern.TIME),
    ("closes", Concern.TIME),
    ("launches", Concern.TIME),
    ("offer.until", Concern.TIME),
    ("rest", Concern.RULES),
    *((key, Concern.CONTENT) for key in ("title*", "vars.*", "hashtags", "link", "prize*")),
    *((key, Concern.CONTENT) for key in ("product.*", "offer.*")),
)
"""As OF_PROJECT, of a campaign or one of its posts."""
ANOTHER_LEDGER: Final = (
    "another ledger: what is out, missed, on hold or spent is known from now on only if the old "
    "one is taken along; else what is still due may go out twice"
)
_OF_POST: Final = ("paid-partnership", "made-with-ai", "promotional", "ignore", "rest")
"""Keys of a post that its text need not show; the others stand beside the post."""
_OF_WHAT_IS_NEW: Final = frozenset({Concern.MONEY, Concern.DISCLOSURE})
"""Of a campaign that is new as a whole only these are named."""


def settings(
    before: tuple[Project | None, Mapping[str, CampaignFile]],
    after: tuple[Project | None, Mapping[str, CampaignFile]],
) -> tuple[Setting, ...]:
    """What changes, the gravest first. Each side is the project, if its file can be read, with the
    campaigns by their id of now."""
    (old_project, old_files), (new_project, new_files) = before, after
    found = [*_of_project(old_project, new_project)]
    for id, file in new_files.items():
        if (old := old_files.get(id)) != file:
            found += _of_campaign(old, file)
    return tuple(sorted(found, key=lambda setting: setting.order))


def warnings(old: Project | None, new: Project) -> Iterator[str]:
    """What comes of a change of settings that their values alone don't tell."""
    if old and _ledger_of(old) != _ledger_of(new):
        yield ANOTHER_LEDGER


def _ledger_of(project: Project) -> tuple[str, str]:
    """The ledger's store, and where that keeps it."""
    ledger = project.ledger
    return ledger.store, ledger.place


def _of_project(old: Project | None, new: Project | None) -> Iterator[Setting]:
    was, becomes = (dict(flat(project)) if project else {} for project in (old, new))
    return _changed_settings(PROJECT_FILE, was, becomes, OF_PROJECT)


def _of_campaign(old: CampaignFile | None, new: CampaignFile) -> Iterator[Setting]:
    was, becomes = (_own(file) if file else {} for file in (old, new))
    for setting in _changed_settings(new.path, was, becomes, OF_CAMPAIGN):
        if old or setting.concern in _OF_WHAT_IS_NEW:
            yield setting
    posts = old.campaign.posts if old else {}
    for name, post in new.campaign.posts.items():
        was, becomes = (_of_post(each) if each else {} for each in (posts.get(name), post))
        yield from _changed_settings(new.path, was, becomes, OF_CAMPAIGN, f"posts.{name}.")


def _own(file: CampaignFile) -> dict[str, str]:
    """A campaign's own keys, without its posts."""
    campaign = file.campaign
    exempt = {"id", "account", "accounts", "posts"}
    names = {name: field.alias or name for name, field in type(campaign).model_fields.items()}
    own = {alias: getattr(campaign, name) for name, alias in names.items() if name not in exempt}
    flags = {"hold": campaign.hold or None, "draft": campaign.draft or None}
    accounts = ", ".join(sorted(campaign.on))
    return {"id": file.id, "accounts": accounts, **dict(flat({**own, **flags}))}


def _of_post(post: Post) -> dict[str, str]:
    return {key: value for key, value in flat(post) if key.partition(".")[0] in _OF_POST}


def _changed_settings(
    path: str,
    old: Mapping[str, str],
    new: Mapping[str, str],
    concerns: Iterable[tuple[str, Concern]],
    prefix: str = "",
) -> Iterator[Setting]:
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield Setting(
                path=path,
                key=f"{prefix}{key}",
                old=old.get(key),
                new=new.get(key),
                concern=concern_of(key, concerns),
            )


def concern_of(key: str, concerns: Iterable[tuple[str, Concern]]) -> Concern:
    """What a key is about."""
    found = (concern for pattern, concern in concerns if fnmatchcase(key, pattern))
    return next(found, Concern.OTHER)
