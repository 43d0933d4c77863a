"""The texts of a campaign, rendered from its models while these are in memory."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from runner.compile.dated import DatedCampaign
from runner.compile.known_texts import KnownRendering, TextRequest
from runner.ledger import Key
from runner.models import CampaignFile, Item
from runner.problems import Message, Place, Problem
from runner.render import RenderedPost, Rendering, rendering
from runner.rules import AnyRule, CampaignRule, Proof, RuleContext, breaches
from runner.value import replace


class JudgedText(NamedTuple):
    """A post exactly as X gets it, where it can be rendered; and what is wrong with it."""

    post: RenderedPost | None
    problems: tuple[Problem, ...]


class CampaignTexts:
    """Renders posts of a campaign. Its file, unless it is given, is read anew as soon as something
    is asked for that is not known."""

    def __init__(self, campaign: DatedCampaign, file: CampaignFile | None = None) -> None:
        self.campaign = campaign
        self._given = file

    @cached_property
    def file(self) -> CampaignFile | None:
        """The campaign's file; None where it is not as it was any more."""
        return self._given or self.campaign.source()

    def rendering(self, request: TextRequest) -> Rendering:
        """The post exactly as X gets it, or what is wrong with it. The work is counted each
        time."""
        known, work, path = self.campaign.known, self.campaign.assets.work, self.campaign.path
        found = known.get(request)
        if found:
            work.take(path, found.steps)
        else:
            before = work.used(path)
            made = self._rendered(request)
            found = KnownRendering(made, work.used(path) - before)
            known.keep(request, found)
        made, occurrence = found.rendering, request.occurrence
        if made.post is None or (made.post.key, made.post.due) == (occurrence.key, occurrence.due):
            return made
        return replace(made, post=replace(made.post, key=occurrence.key, due=occurrence.due))

    def judged(
        self, requests: Sequence[TextRequest], rules: tuple[AnyRule, ...]
    ) -> tuple[JudgedText, ...]:
        """The rendered texts, each with the problems that keep it back: those of the text, and the
        errors that the rules find in it or in its campaign."""
        texts = [self._text(each) for each in requests]
        wrong = self._errors(requests, texts, rules, rules)
        return tuple(
            text._replace(problems=(*text.problems, *wrong.get(each.occurrence.key, ())))
            for each, text in zip(requests, texts, strict=True)
        )

    def judged_alone(self, request: TextRequest, rules: tuple[AnyRule, ...]) -> JudgedText:
        """A post as `judged` gives it, with the errors that it has whatever else there is."""
        text = self._text(request)
        own = [rule for rule in rules if isinstance(rule, CampaignRule) and rule.of_one_post]
        wrong = self._errors((request,), (text,), rules, own).get(request.occurrence.key, ())
        return text._replace(problems=(*text.problems, *wrong))

    def _text(self, request: TextRequest) -> JudgedText:
        over = self.campaign.assets.work.refusals(self.campaign.path)
        if over:
            return JudgedText(None, over)
        made = self.rendering(request)
        return JudgedText(made.post, made.problems)

    def _errors(
        self,
        requests: Sequence[TextRequest],
        texts: Sequence[JudgedText],
        rules: tuple[AnyRule, ...],
        asked: Sequence[AnyRule],
    ) -> Mapping[Key, tuple[Problem, ...]]:
        """What those of the `rules` that are `asked` have against posts; they look at none anew
        where all of them are known to be sound."""
        posts = [(each, text.post) for each, text in zip(requests, texts, strict=True) if text.post]
        if all(self.campaign.known.is_sound(each, rules) for each, _ in posts):
            return {}
        if self.file is None:
            changed = (_changed_problem(self.campaign.path),)
            return {each.occurrence.key: changed for each, _ in posts}
        context = RuleContext(
            project=self.campaign.assets.project,
            files=(self.file,),
            proofs=tuple(
                Proof(occurrence=each.occurrence, post=post, file=self.file) for each, post in posts
            ),
            anchors={self.campaign.path: self.campaign.anchors},
            media=self.campaign.assets.media,
        )
        return breaches(context, asked)

    def _rendered(self, request: TextRequest) -> Rendering:
        if self.file is None:
            return Rendering(problems=(_changed_problem(self.campaign.path),), timed=True)
        return rendering(
            request.occurrence,
            self.file,
            assets=self.campaign.assets,
            item=self._item(self.file, request.occurrence.key.post, request.item),
            anchors=self.campaign.anchors,
            posted=request.posted,
        )

    def _item(self, file: CampaignFile, post: str, id: str | None) -> tuple[str, Item] | None:
        """The first item of a post that has this id."""
        if id is None:
            return None
        listed = file.items[post]
        return id, listed.items[listed.indexes[id]]


def _changed_problem(path: str) -> Problem:
    text = "the file has changed since it was read, or what it names has"
    return Message("unreadable-file", text, "run it again").at(Place(path=path))
