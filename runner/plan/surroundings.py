"""All that an edit of a repository changes beside the posts themselves; of it the files beside a
campaign's own that posts are made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Final

from runner.models import CampaignFile, Media, Post
from runner.plan.fields import flat
from runner.plan.inputs import PlanInputs
from runner.plan.settings import Setting
from runner.rules import TemplateLibrary, locales_of, stems_of, texts_of
from runner.value import Value, field, replace

TEMPLATES: Final = "templates"
CampaignPost = tuple[str, str]
"""The id of a campaign, and of one of its posts."""
FilesByPost = Mapping[CampaignPost, Mapping[str, str]]
"""Of each post: the files that it is made of, with digests of what they say."""


class Fate(StrEnum):
    """What an edit does to a file, for the posts that are made of it."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class FileChange(Value, kw_only=True):
    """A template, a picture or a list of items, by its path from the project's root."""

    path: str
    fate: Fate
    posts: tuple[CampaignPost, ...]
    """Those that it changes."""


def files_by_post(inputs: PlanInputs | None, of: Iterable[CampaignFile]) -> FilesByPost:
    """What each post `of` some of the inputs' files is made of."""
    if inputs is None:
        return {}
    files = _FilesOfPosts(inputs)
    return {
        (file.id, name): dict(files.files_of(file, name, post))
        for file in of
        for name, post in file.campaign.posts.items()
    }


def file_changes(
    before: FilesByPost,
    after: FilesByPost,
    *,
    touched: Mapping[str, bool],
    changed: Collection[CampaignPost],
    names: Mapping[str, str],
) -> tuple[FileChange, ...]:
    """What differs between two sides of the `touched` files, by path, with those posts that it has
    `changed`. A file that is `touched` and there on both sides says True: a campaign that can't be
    read has let go of none. `names` are the new ids of campaigns, by the old ones."""
    old = {(names.get(id, id), post): files for (id, post), files in before.items()}
    was, becomes = _digests(old.values()), _digests(after.values())
    users: dict[str, list[CampaignPost]] = defaultdict(list)
    for post in sorted({*old, *after}):
        for path in {**old.get(post, {}), **after.get(post, {})}:
            if post in changed:
                users[path].append(post)
    return tuple(
        FileChange(
            path=path,
            fate=Fate.CHANGED if touched[path] else _fate(path, was, becomes),
            posts=tuple(users[path]),
        )
        for path in sorted({*was, *becomes})
        if path in touched and was.get(path) != becomes.get(path)
    )


def _digests(snapshots: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {path: digest for files in snapshots for path, digest in files.items()}


def _fate(path: str, was: Mapping[str, str], becomes: Mapping[str, str]) -> Fate:
    if path not in was:
        return Fate.ADDED
    return Fate.CHANGED if path in becomes else Fate.REMOVED


class _FilesOfPosts:
    """The files of the inputs, each looked at once."""

    def __init__(self, inputs: PlanInputs) -> None:
        self._project = inputs.project
        self._library = TemplateLibrary(inputs.assets.templates)
        self._media = inputs.assets.media
        self._digests: dict[str, str] = {}

    def files_of(self, file: CampaignFile, name: str, post: Post) -> Iterator[tuple[str, str]]:
        """The files that a post is made of, with their digests."""
        for template in self._templates(file, name, post):
            yield f"{TEMPLATES}/{template}", self._digest(self._library.templates[template])
        for media in _media_of(file, name, post):
            path = file.beside(media.file)
            if path in self._media:
                yield path, self._media[path].digest
        items = file.items.get(name)
        if items and items.path != file.path:
            yield items.path, self._digest(repr([tuple(flat(each)) for each in items.items]))
        if file.draw:
            yield file.beside(f"results/{file.id}.yaml"), self._digest(repr(tuple(flat(file.draw))))

    def _templates(self, file: CampaignFile, name: str, post: Post) -> Collection[str]:
        locales = locales_of(post, file, self._project)
        asked = {
            each
            for stem in stems_of(name, file)
            for each in self._library.templates_for(stem, locales)
        }
        quoted = {
            each
            for text in texts_of(name, file)
            for each in self._library.used_by(text).quoted
            if each in self._library.templates
        }
        return self._library.closure(asked | quoted)

    def _digest(self, text: str) -> str:
        if text not in self._digests:
            self._digests[text] = sha256(text.encode()).hexdigest()
        return self._digests[text]


def _media_of(file: CampaignFile, name: str, post: Post) -> Iterator[Media]:
    yield from post.media or ()
    for part in post.thread or ():
        yield from part.media
    items = file.items.get(name)
    for item in items.items if items else ():
        yield from item.media
    product = getattr(file.campaign, "product", None)
    if product and post.media is None:
        yield from product.media


class Surroundings(Value, kw_only=True):
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
