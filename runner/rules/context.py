"""What rules look at: the posts as they will go out, account by account, in the order of time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, TypeVar

from runner.ledger import Key
from runner.media import MediaFacts
from runner.models import CampaignFile, Post, Project
from runner.problems import Place
from runner.render import RenderedPart, RenderedPost
from runner.rules.template_use import TemplateLibrary, Used, used_by_post
from runner.schedule import Anchor, Occurrence
from runner.text import SCAN_LIMIT, Entity, EntityKind, entities, handles_like, mention_spans, nfc
from runner.value import Value, field, replace


class Proof(Value, kw_only=True):
    """An occurrence with its rendered post: what the reviewer reads before it is published."""

    occurrence: Occurrence
    post: RenderedPost
    file: CampaignFile

    @property
    def declared(self) -> Post:
        """The post as it is written in the campaign's file."""
        return self.file.campaign.posts[self.occurrence.key.post]

    @property
    def key(self) -> Key:
        return self.post.key

    @property
    def path(self) -> str:
        return self.file.path

    @property
    def place(self) -> Place:
        """Where the post is declared."""
        return self.occurrence.place

    @property
    def account(self) -> str:
        return self.occurrence.key.account

    @property
    def goes_out(self) -> bool:
        return not self.occurrence.is_draft


class RuleContext(Value, kw_only=True, dict=True):
    """All that a rule of one campaign may look at."""

    project: Project
    files: tuple[CampaignFile, ...]
    proofs: tuple[Proof, ...]
    """All that is declared, or of a plan what may still go out."""
    others: tuple[Proof, ...] = ()
    """What else a post with items may come to say, once a miss has moved them: for those rules that
    look at each post by itself."""
    anchors: Mapping[str, Mapping[str, Anchor]] = field(default_factory=dict)
    """Of each campaign, by its path."""
    media: Mapping[str, MediaFacts] = field(default_factory=dict)
    """By path from the project's root."""
    library: TemplateLibrary = field(default_factory=TemplateLibrary)
    """All templates."""
    own_templates: frozenset[str] = frozenset()
    """Those of them that are files of the project; the others come with the package."""

    @cached_property
    def with_others(self) -> "RuleContext":
        """The same context with the others among the proofs."""
        return replace(self, proofs=self.proofs + self.others, others=())

    @cached_property
    def accounts(self) -> Mapping[str, tuple[Proof, ...]]:
        """What each account will say, by due time and key; no drafts."""
        return by_account(self.proofs)

    def anchors_of(self, file: CampaignFile) -> Mapping[str, Anchor]:
        """The named moments of a campaign that are known."""
        return self.anchors.get(file.path, {})

    def used_by(self, file: CampaignFile) -> Mapping[str, Used | None]:
        """What the words of each post of a campaign use; None where a template of it is not known
        here."""
        if file.path not in self._used:
            self._used[file.path] = {
                name: used_by_post(name, file, self.project, self.library)
                for name in file.campaign.posts
            }
        return self._used[file.path]

    def entities_in(self, text: str, kind: EntityKind) -> tuple[str, ...]:
        """What X makes clickable in a text, of one kind. Each text is read once."""
        if text not in self._entities:
            self._entities[text] = entities(text)
        return tuple(each.text for each in self._entities[text] if each.kind == kind)

    def handles_in(self, text: str) -> tuple[str, ...]:
        """The handles that a text mentions, as they are written, without the `@`."""
        if not handles_like(text):
            return ()
        if text not in self._mentioned:
            self._mentioned[text] = self._parse_handles(text)
        return self._mentioned[text]

    def _parse_handles(self, text: str) -> tuple[str, ...]:
        words = [word for word in nfc(text)[:SCAN_LIMIT].split() if "@" in word or "＠" in word]
        if all(word[0] in "@＠" and word.count("@") + word.count("＠") == 1 for word in words):
            # what begins a word is no part of a link, so nobody has to look for links
            found = tuple(word[start:end] for word in words for start, end in mention_spans(word))
        else:
            found = self.entities_in(text, "mention")
        return tuple(mention[1:].partition("/")[0] for mention in found)

    @cached_property
    def _used(self) -> dict[str, Mapping[str, Used | None]]:
        return {}

    @cached_property
    def _mentioned(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _entities(self) -> dict[str, tuple[Entity, ...]]:
        return {}

    def parts(self) -> Iterator[tuple[Proof, int, RenderedPart]]:
        """Every part that says something of its own, which a repost does not; indexes from 0."""
        return iter(self._parts)

    @cached_property
    def all_text(self) -> str:
        """All that the posts say, a text a line: a sign that it lacks stands in none of them."""
        return "\n".join(part.text for _, _, part in self._parts)

    @cached_property
    def _parts(self) -> tuple[tuple[Proof, int, RenderedPart], ...]:
        return tuple(
            (proof, index, part)
            for proof in self.proofs
            for index, part in enumerate(proof.post.parts)
            if part.repost is None
        )


class HasOccurrence(Protocol):
    """A post at one of its times."""

    @property
    def occurrence(self) -> Occurrence: ...


P = TypeVar("P", bound=HasOccurrence)


def by_account(posts: Iterable[P]) -> Mapping[str, tuple[P, ...]]:
    """What each account will say, by due time and key; no drafts."""
    found: dict[str, list[P]] = defaultdict(list)
    for post in posts:
        if not post.occurrence.is_draft:
            found[post.occurrence.key.account].append(post)
    return MappingProxyType(
        {name: tuple(sorted(found[name], key=_order)) for name in sorted(found)}
    )


def _order(post: HasOccurrence) -> tuple[float, str]:
    # as instants: Python compares two times of one zone by what their clocks show
    return post.occurrence.due.timestamp(), str(post.occurrence.key)
