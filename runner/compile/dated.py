"""A dated campaign: its timetable, and its posts as they are rendered, each once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from runner.bugs import Bug, contained
from runner.ledger import Key
from runner.models import CampaignFile
from runner.problems import Place, Problem
from runner.render import PostedLink, RenderAssets, Rendering, rendering
from runner.schedule import Occurrence, Timetable, Turn, timetable
from runner.templating.run_budget import OCCURRENCE, PROBLEM

Dating = tuple["DatedCampaign | None", tuple[Problem, ...]]
"""A campaign, unless nothing of it can be dated; and what is wrong with its times."""
_UNDATED: Dating = (None, ())
_NOTHING: Mapping[str, PostedLink] = MappingProxyType({})
_Text = tuple[str, str, str | None, frozenset[tuple[str, PostedLink]]]
"""What a text follows: account, post, item, and which posts are out on that account, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCampaign:
    """A campaign, dated, and rendered as far as it was asked for.

    It stands for one reading of the files: what was rendered is not rendered again.
    """

    timetable: Timetable
    assets: RenderAssets
    _shared: dict[_Text, tuple[Rendering, int]] = field(default_factory=dict, compare=False)
    """What does not look at the moment, with the steps of work that it took."""
    _timed: dict[tuple[_Text, Key], tuple[Rendering, int]] = field(
        default_factory=dict, compare=False
    )

    @property
    def file(self) -> CampaignFile:
        return self.timetable.file

    @property
    def anchors(self) -> Mapping[str, datetime | date]:
        return self.timetable.anchors

    def rendering(
        self,
        occurrence: Occurrence,
        turn: Turn | None = None,
        posted: Mapping[str, PostedLink] = _NOTHING,
    ) -> Rendering:
        """The post exactly as X gets it, or what is wrong with it. `posted` are the posts of this
        campaign that are out on its account, by id. The work is counted each time."""
        text, key = _text(occurrence, turn, posted), occurrence.key
        path, work = self.file.path, self.assets.work
        known = self._timed.get((text, key)) or self._shared.get(text)
        if known:
            made, steps = known
            work.take(path, steps)
        else:
            before = work.used(path)
            made = rendering(
                occurrence, assets=self.assets, item=turn, anchors=self.anchors, posted=posted
            )
            kept = made, work.used(path) - before
            if made.timed:
                self._timed[text, key] = kept
            else:
                self._shared[text] = kept
        if made.post is None or (made.post.key, made.post.due) == (key, occurrence.due):
            return made
        return replace(made, post=replace(made.post, key=key, due=occurrence.due))

    def is_known(self, occurrence: Occurrence, turn: Turn | None) -> bool:
        """Whether the text is known, and is the same at each of the post's times."""
        return _text(occurrence, turn, _NOTHING) in self._shared


def _text(occurrence: Occurrence, turn: Turn | None, posted: Mapping[str, PostedLink]) -> _Text:
    key = occurrence.key
    return key.account, key.post, turn[0] if turn else None, frozenset(posted.items())


def date_all(
    files: Iterable[CampaignFile],
    assets: RenderAssets,
    known: Mapping[str, Dating] = MappingProxyType({}),
) -> tuple[Dating, ...]:
    """Each file that does not ask for too much work. `known` are campaigns by path that are dated
    already; what is rendered of the same file for one side is rendered for both."""
    work = assets.work
    return tuple(
        date_campaign(file, assets, known.get(file.path, _UNDATED))
        for file in files
        if not work.is_over(file.path)
    )


def date_campaign(file: CampaignFile, assets: RenderAssets, known: Dating = _UNDATED) -> Dating:
    """When the posts of a campaign are due. A bug in one stops only itself."""
    before, problems = known
    if before and before.file is file:
        campaign: DatedCampaign | None = replace(before, assets=assets)
    else:
        campaign, problems = _date(file, assets)
    most = campaign.timetable.most if campaign else 0
    assets.work.read(file.path, OCCURRENCE * most + PROBLEM * len(problems))
    return campaign, problems


def _date(file: CampaignFile, assets: RenderAssets) -> Dating:
    made = contained("dating", file.path, lambda: timetable(file, assets.project))
    if isinstance(made, Bug):
        return None, (made.problem(Place(path=file.path)),)
    table, problems = made
    return DatedCampaign(timetable=table, assets=assets) if table else None, problems
