"""The keys of campaigns, posts and runner.yaml: one table a model."""

from collections.abc import Iterable, Mapping
from typing import Any

from runner.durations import in_words
from runner.models import KINDS, BaseCampaign, Draw, Every, Item, Media, Part, Poll, Post
from runner.models.campaign import Offer, Product
from runner.models.contest import EntriesKey, EntryRule, Organiser, PrizeValue
from runner.models.draw import DrawnPlace, DrawProof, EntriesSeen, Supplement
from runner.models.fields import Model, described_fields
from runner.models.inbox import InboxSettings
from runner.models.project import (
    Account,
    Budget,
    LedgerSettings,
    Links,
    Partner,
    Project,
    Utm,
)
from runner.models.report_settings import Goals, Rival
from runner.models.rule_settings import Rules
from runner.render import standard_posts
from tests.docs.reference.markdown import anchored, code, line, listed, table
from tests.docs.reference.writing import bare, example, hints_of, key_of, words

CAMPAIGNS: Mapping[type[Model], str] = {
    Offer: "An offer",
    Product: "A product",
    EntryRule: "How people enter a contest",
    EntriesKey: "The key of a contest",
    Organiser: "The organiser of a contest",
    PrizeValue: "The value of prizes",
    Draw: "The result of a draw",
    EntriesSeen: "What was seen of the entries",
    Supplement: "The supplement of a list",
    DrawProof: "The proof of a draw",
    DrawnPlace: "A place of a draw",
}
POSTS: Mapping[type[Model], str] = {
    Post: "A post",
    Every: "A rhythm",
    Item: "An item",
    Part: "A part of a thread",
    Media: "A picture or a film",
    Poll: "A poll",
}
PROJECT: Mapping[type[Model], str] = {
    Project: "The project",
    Account: "An account",
    Partner: "A partner",
    Links: "Links",
    Utm: "What is added to links",
    Budget: "The budget",
    Goals: "The goals",
    InboxSettings: "The inbox",
    Rival: "A rival",
    LedgerSettings: "The ledger",
    Rules: "Rules of the project",
}
PAGES = {"campaigns.md": CAMPAIGNS, "posts.md": POSTS, "runner-yaml.md": PROJECT}
HEADS = ("key", "what it says", "what to write", "example")
SECTIONS = {
    model.__name__: f"{title[0].lower()}{title[1:]}"
    for titles in PAGES.values()
    for model, title in titles.items()
}
LINKS = {
    model.__name__: f"[{SECTIONS[model.__name__]}]({name}#{title.lower().replace(' ', '-')})"
    for name, titles in PAGES.items()
    for model, title in titles.items()
}


def tables_of_keys(templates: Mapping[str, str]) -> dict[str, str]:
    """By the title of their section."""
    return {
        "every campaign": _keys(BaseCampaign, "campaign", only=_shared()),
        "kinds": "\n\n".join(
            f"## Kind {name}\n\n{_kind(name, model, templates)}" for name, model in KINDS.items()
        ),
        **{SECTIONS[model.__name__]: _section(model) for each in PAGES.values() for model in each},
        SECTIONS[Rules.__name__]: _settings(),
    }


def settings() -> dict[str, type[Model]]:
    """The models of the rules that have more than one value to set, by the rule's field."""
    found = {name: bare(hint) for name, hint in hints_of(Rules).items()}
    return {
        name: hint
        for name, hint in found.items()
        if isinstance(hint, type) and issubclass(hint, Model)
    }


def _settings() -> str:
    """Each setting of each rule in a row of its own."""
    rows = []
    for name, hint in hints_of(Rules).items():
        model, rule = settings().get(name), key_of(Rules, name)
        if model is None:
            rows.append(_row(Rules, name, hint, "rules"))
            continue
        about = line(described_fields(Rules)[name].description or "")
        for setting, each in hints_of(model).items():
            key = key_of(model, setting)
            _, said, written, shown = _row(model, setting, each, rule)
            rows.append(
                (
                    anchored(f"rules-{rule}-{key}", code(f"{rule}: {key}")),
                    f"{about} {said}",
                    written,
                    code(f"{{{key}: {shown.strip('`')}}}"),
                )
            )
    return table(HEADS, rows)


def _shared() -> list[str]:
    return [name for name in BaseCampaign.model_fields if name != "kind"]  # that is each kind's own


def _kind(name: str, model: type[BaseCampaign], templates: Mapping[str, str]) -> str:
    own = [
        field
        for field in model.model_fields
        if hints_of(model)[field] != hints_of(BaseCampaign).get(field)
    ]
    nothing = dict.fromkeys(model.model_fields)
    bare = model.model_construct(**{**nothing, "posts": {}})  # type: ignore[arg-type]
    anchors = list(bare.own_anchors)
    facts = [f"- Its own anchors: {listed(anchors)}."] if anchors else []
    facts += [
        f"- Its posts count as promotion by default: {'yes' if model.promotes else 'no'}.",
        (
            f"- A post may be late by {in_words(model.usual_grace)}, "
            "its [grace](../concepts/time.md#grace)."
        ),
        f"- Posts with a standard text: {listed(sorted(standard_posts(templates, name)))}.",
    ]
    return "\n\n".join((line(model.__doc__ or ""), "\n".join(facts), _keys(model, name, own)))


def _section(model: type[Model]) -> str:
    return f"{line(model.__doc__ or '')}\n\n{_keys(model, model.__name__.lower())}"


def _keys(model: type[Model], prefix: str, only: Iterable[str] | None = None) -> str:
    hints = hints_of(model)
    return table(
        HEADS,
        (_row(model, name, hints[name], prefix) for name in only or model.model_fields),
    )


def _row(model: type[Model], name: str, hint: Any, prefix: str) -> tuple[str, ...]:
    field, key = described_fields(model)[name], key_of(model, name)
    written = words(hint, LINKS)
    if bounds := _bounds(field.metadata):
        written += f", {bounds}"
    if field.is_required():
        written += "; **required**"
    elif default := _default(field.get_default(call_default_factory=True), field.json_schema_extra):
        written += f"; by default {code(default)}"
    return (
        anchored(f"{prefix}-{key}", code(key)),
        line(field.description or ""),
        written,
        code(example(model, name)),
    )


def _bounds(metadata: Iterable[Any]) -> str:
    found = {
        name: getattr(each, name)
        for each in metadata
        for name in ("ge", "le", "min_length", "max_length")
        if hasattr(each, name)
    }
    least = found.get("ge", found.get("min_length"))
    most = found.get("le", found.get("max_length"))
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"at most {most}" if most is not None else ""


def _default(value: object, extra: Any) -> str:
    if isinstance(extra, dict):
        return str(extra.get("default", ""))
    match value:
        case bool():
            return str(value).lower()
        case str() | int():
            return str(value)
        case Model():
            return ""
        case tuple() if value and all(isinstance(each, str) for each in value):
            return f"[{', '.join(value)}]"
    return ""
