"""Renders the parts of a post: runs its templates in one evaluation, weighs and prices what they
say, and collects problems at their places."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from runner.problems import Message, Place, Problem, Span, suggest
from runner.render.context import TemplateScope
from runner.render.drafts import Draft
from runner.render.later_values import opaque_due
from runner.render.media import media_of, poll_of
from runner.render.rendered import RenderedMedia, RenderedPart, RenderedPoll
from runner.render.request import TEMPLATES, RenderRequest
from runner.render.text_source import TextSource, from_text
from runner.templating import (
    DISGUISES,
    FUEL,
    CompiledTemplate,
    Evaluation,
    Meter,
    Spoken,
    TemplateMessage,
    column_of,
    dependence_message,
    disguised_in,
    greatest_in,
    shown_in,
    split_at,
    unsafe_template,
)
from runner.text import links, weigh
from runner.value import replace
from runner.x_facts import cost_of

_NEXT_PART: Final = re.compile(r"\n+---\n+")
"""A line of three hyphens in a template file: what follows is the next part of a thread."""


class PostRenderer:
    """Runs the templates of one post, all in one evaluation."""

    def __init__(self, request: RenderRequest, disguise: int | None = None) -> None:
        self._request = request
        self._engine = request.assets.engine
        self._saying = False
        self.steps = 0
        """Those of all templates that were run."""
        due = request.occurrence.due.astimezone(request.zone)
        self.evaluation = Evaluation(
            locale=request.locale, due=due, opaque_due=opaque_due(request), disguise=disguise
        )
        self._scope = TemplateScope(request, self.evaluation, self._item_text)

    def parts_of(self, draft: Draft, problems: list[Problem]) -> Iterator[RenderedPart]:
        """One part, or those that a template has set apart; what is wrong goes to the problems."""
        said: tuple[Spoken, ...] = ("",)
        poll = None
        if isinstance(draft.words, Problem):
            problems.append(draft.words)
        else:
            text = self._say_proven(draft.words)
            whole = self._request.post.thread is None and draft.words.template is not None
            said = split_at(_NEXT_PART, text) if whole else (text,)
        media, wrong = media_of(self._request, draft.pictures)
        problems += wrong
        if draft.poll:
            place = draft.where()
            place = replace(place, route=(*place.route, "poll"))
            poll, wrong = poll_of(self._request, draft.poll, place)
            problems += wrong
        yield self._part(said[0], media, poll)
        for more in said[1:]:
            yield self._part(more)

    def _part(
        self,
        said: Spoken,
        media: tuple[RenderedMedia, ...] = (),
        poll: RenderedPoll | None = None,
    ) -> RenderedPart:
        """A part of a post."""
        weighed = greatest_in(said)
        post, partner = self._request.post, self._request.partner
        gives = partner is not None and partner.relationship != "none"
        return RenderedPart(
            text=shown_in(said),
            weight=weigh(weighed),
            cost=cost_of(
                link=bool(links(weighed)),
                media=len(media),
                alts=sum(1 for one in media if one.alt),
            ),
            media=media,
            poll=poll,
            paid_partnership=gives if post.paid_partnership is None else post.paid_partnership,
            made_with_ai=post.made_with_ai,
        )

    def _say_proven(self, source_text: TextSource) -> Spoken:
        """The text of a part; where it can't be had, the evaluation notes a problem."""
        said = self._say(source_text)
        if self.evaluation.carries and not self.evaluation.problems:
            self._prove(source_text, said)
        return said

    def _prove(self, source_text: TextSource, said: Spoken) -> None:
        """Whether the text is the same whatever the values are that exist only later: it is said
        anew with made-up ones, which nothing keeps a template from looking at."""
        for number in range(len(DISGUISES)):
            other = PostRenderer(self._request, number)
            again = other._say(source_text)
            self.steps += other.steps
            if other.evaluation.problems or shown_in(again) != disguised_in(said, number):
                self._blame(source_text, dependence_message(source_text.source))
                return

    def _say(self, source_text: TextSource) -> Spoken:
        compiled = self._engine.read(source_text.source, source_text.template)
        if not isinstance(compiled, CompiledTemplate):
            return self._blame(source_text, *compiled)
        # found without running the template, since a branch may hide it
        unknown = [
            self._no_such_name(name, *compiled.need(name), source_text)
            for name in compiled.needs
            if name not in self._scope and name not in compiled.asks
        ]
        if unknown:
            return self._blame(source_text, *unknown)
        if not self._saying:  # what an item says is work of the template that frames it
            self.evaluation.meter = Meter()
        text = self._engine.run(compiled, self._scope, self.evaluation)
        if not self._saying:
            self.steps += FUEL - self.evaluation.meter.fuel
        return self._blame(source_text, text) if isinstance(text, TemplateMessage) else text

    def _item_text(self) -> Spoken:
        """What the item says, for a template that frames it."""
        assert self._request.item  # noqa: S101 — only items say this
        if self._saying:
            raise unsafe_template("an item can't say itself", "write its text out", "text")
        words = self._request.item[1].text or ""
        source_text = from_text(words, self._request.locale, partial(self._request.at_item, "text"))
        if isinstance(source_text, Problem):
            self.evaluation.problems[source_text] = None
            return ""
        self._saying = True
        try:
            return self._say(source_text)
        finally:
            self._saying = False

    def _no_such_name(
        self, name: str, template: str | None, line: int, source_text: TextSource
    ) -> TemplateMessage:
        """The mistake of a name that no post of this campaign has."""
        source = self._engine.templates[template] if template else source_text.source
        kind = self._request.file.campaign.kind
        help = suggest(name, self._scope) or f"write it under `vars:`: {name}: …"
        hyphened = re.search(rf"(\w+)\.([\w-]+-{name})\b", _line(source, line))
        if hyphened:
            posts, post = hyphened.groups()
            help = (
                f"a name with a hyphen stands in brackets: {posts}['{post}'], "
                f'or {posts}["{post}"] where the text stands in single quotes'
            )
        text = f"there is no `{name}` in a campaign of kind {kind}"
        return TemplateMessage(
            message=Message("unknown-variable", text, help),
            line=line,
            column=column_of(_line(source, line), name),
            template=template,
        )

    def _blame(self, source_text: TextSource, *found: TemplateMessage) -> str:
        for each in found:
            self.evaluation.problems[each.message.at(_place(source_text, each))] = None
        return ""


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _place(source_text: TextSource, found: TemplateMessage) -> Place:
    if found.template is None and source_text.template is None:
        return replace(source_text.place, on_key=False, inside=(found.line, found.column))
    line, column = found.line, found.column
    return Place(
        path=f"{TEMPLATES}/{found.template or source_text.template}",
        span=Span(line=line, column=column, end_line=line, end_column=column + 1),
    )
