"""The names that a post's template may use, and their values, each made when it is first used."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, cached_property, partial
from typing import Final

from runner.charter import charter_of
from runner.models import PROJECT_FILE, Model
from runner.problems import Place
from runner.render.file_values import FileValues, as_written, link_with_utm
from runner.render.later_values import comes_of_a_draw, draw_of, opaque, siblings_of
from runner.render.request import RenderRequest
from runner.templating import Bag, Evaluation, OpaqueMoment, Spoken

MACHINERY: Final = frozenset(
    {
        *("account", "accounts", "budget", "draft", "grace", "hold", "owner"),
        *("posts", "promotional", "slots", "timezone"),
        *("claim_by", "keep", "key"),
        *("audience", "organiser", "prize_value"),
    }
)
"""Fields of a campaign that say how it is run, and that templates do not see."""
ANCHORS: Final = ("starts", "ends", "offer-ends")
"""Anchors that a campaign of any kind may have; None in templates where it has none."""


class TemplateScope(Mapping[str, object]):
    """Every name that a template of this post may use, with its value; `said` renders the text of
    the post's item."""

    def __init__(
        self, request: RenderRequest, evaluation: Evaluation, said: Callable[[], Spoken]
    ) -> None:
        self._values = _ScopeValues(request, evaluation, said)
        campaign = request.file.campaign
        self._makers = _makers(type(campaign), tuple(campaign.own_anchors))

    def __getitem__(self, name: str) -> object:
        maker = self._makers.get(name)
        return maker(self._values) if maker else self._values.vars.look(name)

    def __contains__(self, name: object) -> bool:
        return name in self._makers or name in self._values.vars

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._makers, *self._values.vars.names())))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _ScopeValues:
    """Makes the values that templates of one post may use, in its locale."""

    def __init__(
        self, request: RenderRequest, evaluation: Evaluation, said: Callable[[], Spoken]
    ) -> None:
        self._request = request
        self._evaluation = evaluation
        self._said = said
        self._campaign = request.file.campaign
        self._project = request.assets.project
        self._files = FileValues(evaluation)

    def field(self, name: str) -> object:
        """A field of the campaign, by its name in the file with `_` for `-`."""
        match name:
            case "product":
                return self._product()
            case "offer":
                return self._offer()
            case _:
                where = partial(self._request.at_root, as_written(name))
                return self._files.show(getattr(self._campaign, name), where)

    @cached_property
    def vars(self) -> Bag:
        vars: dict[str, object] = {}
        for name, value in self._campaign.vars.items():
            shown = partial(self._files.var, value, partial(self._request.at_root, "vars", name))
            vars[name] = vars[name.replace("-", "_")] = shown
        return Bag(vars)

    def id(self) -> str:
        return self._request.file.id

    def locale(self) -> str:
        return self._evaluation.locale

    def at(self) -> datetime | OpaqueMoment:
        due, opaque_due = self._evaluation.at, self._evaluation.opaque_due
        return due if opaque_due is None else opaque_due

    def draw(self) -> Bag | None:
        return draw_of(self._request, self._evaluation)

    def contest(self) -> Bag | None:
        """The code of a contest whose draw anyone can check; None for other kinds of campaigns."""
        if self._campaign.kind != "contest":
            return None
        charter = charter_of(self.id(), self._campaign, self._request.anchors)
        return Bag({"code": charter.code if charter else None})

    def posts(self) -> Bag:
        return siblings_of(self._request, self._evaluation)

    def account(self) -> Bag:
        id = self._request.occurrence.key.account
        return Bag(
            {
                "id": id,
                "handle": self._project.accounts[id].handle,
                "locale": self._evaluation.locale,
            }
        )

    def partner(self) -> Bag | None:
        partner = self._request.partner
        if partner is None:
            return None
        where = partial(_in_project, "partners", self._campaign.partner or "", "name")
        return Bag(
            {
                "id": self._campaign.partner,
                "handle": partner.handle,
                "name": partial(self._files.words, partner.name, where),
                "relationship": partner.relationship,
            }
        )

    def disclosure(self) -> str:
        """The words that disclose the partner's relationship; empty where nothing is to
        disclose."""
        relationship = self._request.partner.relationship if self._request.partner else "none"
        words = self._project.disclosure.get(relationship)
        if relationship == "none" or words is None:
            return ""
        return self._files.words(words, partial(_in_project, "disclosure", relationship))

    def item(self) -> Bag | None:
        if self._request.item is None:
            return None
        id, item = self._request.item
        values = self._files.fields(item, self._request.at_item)
        values |= {
            "id": id,
            "text": partial(self._said) if item.text is not None else None,
            "vars": Bag(
                {
                    name: partial(
                        self._files.words, value, partial(self._request.at_item, "vars", key)
                    )
                    for key, value in item.vars.items()
                    for name in (key, key.replace("-", "_"))
                }
            ),
        }
        return Bag(values)

    def link(self) -> str | None:
        """The item's link, else the campaign's."""
        item = self._request.item
        return self._link_with_utm((item[1].link if item else None) or self._campaign.link)

    def _link_with_utm(self, url: str | None) -> str | None:
        """The link with utm parameters, where the project wants them."""
        utm = self._project.links.utm
        if url is None or utm is None:
            return url
        return link_with_utm(url, utm, self._request.occurrence.key)

    def _product(self) -> Bag | None:
        product = getattr(self._campaign, "product", None)
        if product is None:
            return None
        values = self._files.fields(product, partial(self._request.at_root, "product"))
        return Bag(values | {"url": self._link_with_utm(product.url)})

    def _offer(self) -> Bag | None:
        offer = self._campaign.offer
        if offer is None:
            return None
        values = self._files.fields(offer, partial(self._request.at_root, "offer"))
        return Bag(values | {"until": partial(self.anchor, "offer-ends")})

    def anchor(self, name: str) -> object:
        """An anchor's moment in the zone of the post's account, or its whole day."""
        moment = self._request.anchors.get(name)
        if isinstance(moment, datetime):
            moment = moment.astimezone(self._request.zone)
        if comes_of_a_draw(name, self._campaign):
            return self._later(name, moment)
        if moment is None and name in self._campaign.anchors:
            self._evaluation.mistaken[name] = None
            return self._later(name, None)
        return moment

    def _later(self, name: str, moment: datetime | date | None) -> OpaqueMoment:
        if moment is None:
            self._evaluation.lacks[name] = None
        return opaque(name, moment, self._request)


@cache
def _makers(
    kind: type[Model], anchors: tuple[str, ...]
) -> Mapping[str, Callable[[_ScopeValues], object]]:
    """The names that every campaign of a kind has, each with what makes its value."""
    fields = (name for name in kind.model_fields if name not in MACHINERY)
    return {
        **{name: partial(_ScopeValues.field, name=name) for name in fields},
        **{
            name.replace("-", "_"): partial(_ScopeValues.anchor, name=name)
            for name in (*ANCHORS, *anchors)
        },
        "account": _ScopeValues.account,
        "at": _ScopeValues.at,
        "contest": _ScopeValues.contest,
        "disclosure": _ScopeValues.disclosure,
        "draw": _ScopeValues.draw,
        "id": _ScopeValues.id,
        "item": _ScopeValues.item,
        "link": _ScopeValues.link,
        "locale": _ScopeValues.locale,
        "partner": _ScopeValues.partner,
        "posts": _ScopeValues.posts,
        "vars": lambda values: values.vars,
    }


def _in_project(*route: str) -> Place:
    return Place(path=PROJECT_FILE, route=route)
