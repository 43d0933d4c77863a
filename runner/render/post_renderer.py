"""One post speaking: its words run in its scene, its problems collected at their places."""

import re
from dataclasses import replace
from functools import cached_property

from runner.problems import Message, Place, Problem, Span, suggest
from runner.render.context import scope_of
from runner.render.request import TEMPLATES, Order
from runner.render.text_source import Wording, from_text
from runner.templating.engine import Sheet
from runner.templating.error_messages import column_of, depends_on_later_value
from runner.templating.errors import TemplateMessage, unsafe
from runner.templating.evaluation import Scene
from runner.templating.meter import FUEL, Meter
from runner.templating.values import DISGUISES, Spoken, disguised_in, shown_in


class Speech:
    """Runs the templates of one post, all in one scene."""

    def __init__(self, order: Order, disguise: int | None = None) -> None:
        self._order = order
        self._press = order.workshop.press
        self._saying = False
        self.steps = 0
        """Those of all templates that were run."""
        due = order.occurrence.due.astimezone(order.zone)
        self.scene = Scene(locale=order.locale, due=due, disguise=disguise)

    @cached_property
    def _scope(self) -> dict[str, object]:
        return scope_of(self._order, self.scene, self._said)

    def say(self, wording: Wording) -> Spoken:
        """The text of a part; where it can't be had, a problem is left in the scene."""
        said = self._say(wording)
        if self.scene.carries and not self.scene.problems:
            self._prove(wording, said)
        return said

    def _prove(self, wording: Wording, said: Spoken) -> None:
        """Whether the text is the same whatever the values are that exist only later: it is said
        anew with made-up ones, which nothing keeps a template from looking at."""
        for number in range(len(DISGUISES)):
            other = Speech(self._order, number)
            again = other._say(wording)
            self.steps += other.steps
            if other.scene.problems or shown_in(again) != disguised_in(said, number):
                self._blame(wording, depends_on_later_value(wording.source))
                return

    def _say(self, wording: Wording) -> Spoken:
        sheet = self._press.read(wording.source, wording.template)
        if not isinstance(sheet, Sheet):
            return self._blame(wording, *sheet)
        if unknown := self._unknown(sheet, wording):
            return self._blame(wording, *unknown)
        if not self._saying:  # what an item says is work of the template that frames it
            self.scene.meter = Meter()
        text = self._press.run(sheet, self._scope, self.scene)
        if not self._saying:
            self.steps += FUEL - self.scene.meter.fuel
        return self._blame(wording, text) if isinstance(text, TemplateMessage) else text

    def _said(self) -> Spoken:
        """What the item says, for a template that frames it."""
        assert self._order.item  # noqa: S101 — only items say this
        if self._saying:
            raise unsafe("an item can't say itself", "write its text out", "text")
        words = self._order.item[1].text or ""
        wording = from_text(words, self._order.locale, self._order.at_item("text"))
        if isinstance(wording, Problem):
            self.scene.problems[wording] = None
            return ""
        self._saying = True
        try:
            return self._say(wording)
        finally:
            self._saying = False

    def _unknown(self, sheet: Sheet, wording: Wording) -> tuple[TemplateMessage, ...]:
        """The names that no post of this campaign has, found without running the template."""
        return tuple(
            self._no_such_name(name, line, template, wording)
            for name, (template, line) in sheet.needs.items()
            if name not in self._scope and name not in sheet.asks
        )

    def _no_such_name(
        self, name: str, line: int, template: str | None, wording: Wording
    ) -> TemplateMessage:
        source = self._press.templates[template] if template else wording.source
        kind = self._order.occurrence.file.campaign.kind
        help = suggest(name, self._scope) or f"write it under `vars:`: {name}: …"
        hyphened = re.search(rf"(\w+)\.([\w-]+-{name})\b", _line(source, line))
        if hyphened:
            help = f'a name with a hyphen stands in brackets: {hyphened[1]}["{hyphened[2]}"]'
        text = f"there is no `{name}` in a campaign of kind {kind}"
        return TemplateMessage(
            message=Message("unknown-variable", text, help),
            line=line,
            column=column_of(_line(source, line), name),
            template=template,
        )

    def _blame(self, wording: Wording, *found: TemplateMessage) -> str:
        for each in found:
            self.scene.problems[each.message.at(_place(wording, each))] = None
        return ""


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _place(wording: Wording, found: TemplateMessage) -> Place:
    if found.template is None and wording.template is None:
        return replace(wording.place, on_key=False, inside=(found.line, found.column))
    line, column = found.line, found.column
    return Place(
        path=f"{TEMPLATES}/{found.template or wording.template}",
        span=Span(line=line, column=column, end_line=line, end_column=column + 1),
    )
