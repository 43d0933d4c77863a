"""Which templates a campaign's words come from, and which names they use, without running them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from runner.models import CampaignFile, Post, Project, Words, locales_for
from runner.value import Value

_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_END = {"{{": "}}", "{%": "%}", "{#": "#}"}
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_NAME = re.compile(r"[A-Za-z_]\w*")
_OF_VARS = re.compile(r"""\bvars(?:\.([A-Za-z_]\w*)|\[\s*["']([^"']+)["']\s*\])""")
_WHOLE_VARS = re.compile(r"""\bvars\b(?!\.|\[\s*["'])""")


class Used(Value, kw_only=True):
    """What a template, or a text, uses."""

    names: frozenset[str] = frozenset()
    """Everything that may be a variable's name."""
    of_vars: frozenset[str] = frozenset()
    """Names that are looked for among `vars`."""
    quoted: frozenset[str] = frozenset()
    whole_vars: bool = False
    """Whether it takes `vars` as a whole, so that each of them may be used."""

    @classmethod
    def by_any(cls, some: Iterable["Used"]) -> "Used":
        """What one of them uses, at least."""
        distinct = tuple({id(each): each for each in some}.values())
        if len(distinct) == 1:
            return distinct[0]
        return cls(
            names=frozenset().union(*(each.names for each in distinct)),
            of_vars=frozenset().union(*(each.of_vars for each in distinct)),
            quoted=frozenset().union(*(each.quoted for each in distinct)),
            whole_vars=any(each.whole_vars for each in distinct),
        )


def tags_of(source: str) -> str:
    """The tags of a text, without what stands between them."""
    return "\n".join(_tags(source)) if "{" in source else ""


def used_by(whole: str) -> Used:
    """What tags use, whether or not they are ever run."""
    quoted = frozenset(a or b for a, b in _QUOTED.findall(whole))
    return Used(
        names=frozenset(_NAME.findall(whole)) | quoted,
        of_vars=frozenset(a or b for a, b in _OF_VARS.findall(whole)),
        quoted=quoted,
        whole_vars=bool(_WHOLE_VARS.search(whole)),
    )


def _tags(source: str) -> Iterator[str]:
    """What stands in the tags, without comments. One pass, whatever is left open."""
    begun: re.Match[str] | None = None
    for mark in _MARK.finditer(source):
        if begun is None:
            begun = mark if mark[0] in _END else None
        elif mark[0] == _END[begun[0]]:
            if begun[0] != "{#":
                yield source[begun.end() : mark.start()]
            begun = None


@dataclass(frozen=True, slots=True)
class TemplateLibrary:
    """The templates of a project, and what their tags and those of its texts use: of tags that are
    alike, found once."""

    templates: Mapping[str, str] = field(default_factory=dict)
    _read: dict[str, Used] = field(init=False, compare=False, default_factory=dict)
    _named: dict[str, Used] = field(init=False, compare=False, default_factory=dict)

    def used_in(self, name: str) -> Used:
        """What the template of this name uses."""
        if name not in self._named:
            self._named[name] = self.used_by(self.templates[name])
        return self._named[name]

    def used_by(self, source: str) -> Used:
        """What a template, or a text that is one, uses."""
        tags = tags_of(source)
        if tags not in self._read:
            self._read[tags] = used_by(tags)
        return self._read[tags]

    def closure(self, names: Iterable[str]) -> frozenset[str]:
        """These templates, and all that they take in."""
        found: set[str] = set()
        waiting = set(names)
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting |= {q for q in self.used_in(name).quoted if q in self.templates} - found
        return frozenset(found)

    def templates_for(self, stem: str, locales: Iterable[str]) -> frozenset[str]:
        """The templates that a name comes to in some locales; none where there is none."""
        if stem in self.templates:
            return frozenset({stem})
        found = set()
        for locale in locales:
            ways = (*(f"{stem}.{each}.j2" for each in locales_for(locale)), f"{stem}.j2")
            found |= {next((way for way in ways if way in self.templates), "")}
        return frozenset(found - {""})


def locales_of(post: Post, file: CampaignFile, project: Project) -> frozenset[str]:
    """The languages in which a post goes out."""
    own = post.locale or file.campaign.locale
    accounts = (project.accounts[name] for name in file.campaign.on if name in project.accounts)
    return frozenset({own} if own else {account.locale for account in accounts})


def stems_of(name: str, file: CampaignFile) -> frozenset[str]:
    """The templates that a post asks for: by name, or by its kind and id where it says nothing."""
    post = file.campaign.posts[name]
    named = {post.template, *(part.template for part in post.thread or ())} - {None}
    if not named and not (post.text or post.thread or post.repost):
        return frozenset({f"{file.campaign.kind}/{name}"})
    return frozenset(stem for stem in named if stem)


def texts_of(name: str, file: CampaignFile) -> Iterator[str]:
    """The templates that a post, its parts and its items are, in all languages."""
    post = file.campaign.posts[name]
    items = file.items.get(name)
    for words in (
        post.text,
        *(part.text for part in post.thread or ()),
        *(item.text for item in (items.items if items else ())),
    ):
        yield from _each(words)


def used_by_post(
    name: str, file: CampaignFile, project: Project, library: TemplateLibrary
) -> Used | None:
    """What the words of a post use; None where a template of it is not known here."""
    used = [library.used_by(text) for text in texts_of(name, file)]
    items = file.items.get(name)
    said_by_items = any(item.text or item.repost for item in (items.items if items else ()))
    for stem in stems_of(name, file):
        templates = library.templates_for(
            stem, locales_of(file.campaign.posts[name], file, project)
        )
        if not templates and (not library.templates or not said_by_items):
            return None
        used += map(library.used_in, library.closure(templates))
    return Used.by_any(used)


def _each(words: Words | None) -> Iterable[str]:
    if words is None:
        return ()
    return (words,) if isinstance(words, str) else words.values()
