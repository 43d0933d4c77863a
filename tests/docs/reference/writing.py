"""How the value of a key is written: in words, and as an example."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from runner.models import Words
from runner.models.contest import Country
from runner.models.fields import (
    Currency,
    Day,
    Duration,
    Handle,
    Hashtag,
    Id,
    LocaleCode,
    Model,
    Moment,
    Money,
    Name,
    SlotName,
    TimeOfDay,
    Url,
    UtcMinute,
    XId,
    Zone,
)
from runner.models.inbox import GitHubName, LabelWord
from runner.models.post_parts import PostAddress, ThreadPart
from runner.models.report_settings import Number, Rate
from runner.models.rule_settings import Percent
from tests.docs.reference.markdown import listed

KNOWN: tuple[tuple[Any, str, str], ...] = (
    (Words, "[words](campaigns.md#words)", "Hello"),
    (Moment, "a [moment](moments.md)", "2026-12-01 10:00"),
    (Duration, "a [duration](moments.md#durations)", "4h"),
    (TimeOfDay, "a time of day", "09:00"),
    (Day, "a date", "2026-12-01"),
    (Zone, "a time zone", "Europe/Riga"),
    (Url, "a web address", "https://acme.lv/page"),
    (Money, "an amount", "59.90"),
    (Percent, "a share", "40%"),
    (Rate, "a share", "2%"),
    (Number, "a number", "1.5"),
    (Handle, "a name on X, without the @", "acme_lv"),
    (GitHubName, "a name on GitHub, without the @", "octocat"),
    (LabelWord, "a word, or a few", "broken"),
    (Hashtag, "a word, without the #", "WinterLois"),
    (LocaleCode, "a language", "lv"),
    (Currency, "the code of a currency", "EUR"),
    (Country, "the code of a country", "LV"),
    (PostAddress, "the address of a post", "https://x.com/name/status/1234567890"),
    (ThreadPart, "[words](campaigns.md#words) or a [part](posts.md#a-part-of-a-thread)", "Hello"),
    (SlotName, "the name of a slot", "morning"),
    (UtcMinute, "a time in UTC", '"2026-12-03 10:00"'),
    (XId, "an id of X, in quotes", '"1234567890"'),
    (Id, "a [name](campaigns.md#names)", "shop"),
    (Name, "a [name](campaigns.md#names)", "shop"),
    (bool, "`true` or `false`", "true"),
    (int, "a whole number", "3"),
    (str, "a text", "Hello"),
)
"""Of each type: how people call it, and an example. An `Id` is a `str`, so the order counts."""
TICKET = "b713718a38ae728d" * 6
EXAMPLES: Mapping[str, str] = {
    "Account.slots": "{morning: 10:00}",
    "BaseCampaign.accounts": "[shop, tienda]",
    "BaseCampaign.budget": "20",
    "BaseCampaign.ends": "2026-12-31",
    "BaseCampaign.id": "winter-lois",
    "BaseCampaign.kind": "launch",
    "BaseCampaign.link": "https://acme.lv/winter",
    "BaseCampaign.offer": "{code: SLIM20, percent: 20, until: launches + 7d}",
    "BaseCampaign.owner": "marta",
    "BaseCampaign.partner": "lois",
    "BaseCampaign.posts": "{launch: {at: launches}}",
    "BaseCampaign.slots": "{lunch: 12:30}",
    "BaseCampaign.starts": "2026-12-01",
    "BaseCampaign.title": "{lv: Slim 27 ir klāt, es: Llega Slim 27}",
    "BaseCampaign.vars": "{benefit: They keep their shape.}",
    "Contest.entry": '{how: reply, phrase: "#WinterLois"}',
    "Contest.audience": "[LV, ES]",
    "Contest.draws": "closes + 2d",
    "Contest.keep": "90d",
    "Contest.key": '{fingerprint: rbr2vqmdyuhfcq4nnuuy56ybzc, user-id: "1234567890"}',
    "Contest.organiser": "{name: SIA Acme, contact: hello@acme.lv}",
    "Contest.prize-value": "{amount: 180, currency: EUR}",
    "Contest.prize": "three pairs of skinny jeans",
    "Draw.coverage": "{seen: 1204, excluded: {phrase: 12, again: 31}}",
    "Draw.commit": "0e7e2a9c9a4c0a0b7d3b7b6b0b6f1c8a5d2e4f60",
    "Draw.digest": "3f1c5a0e9b7d42c8a6e0f4d1b29c7e55d8a3016f7c4be92a1d60c3f8e7b5a294",
    "Draw.supplement": "{digest: 3f1c5a0e9b7d42c8a6e0f4d1b29c7e55d8a3016f7c4be92a1d60c3f8e7b5a294, "
    "entries: 1205}",
    "Supplement.digest": "3f1c5a0e9b7d42c8a6e0f4d1b29c7e55d8a3016f7c4be92a1d60c3f8e7b5a294",
    "Draw.proof": f"{{closing-post: '1234567890', signature: {TICKET}, "
    f"places: [{{user: '1', post: '2', ticket: {TICKET}}}]}}",
    "DrawProof.expired": "2027-04-02",
    "DrawProof.places": f"[{{user: '1', post: '2', ticket: {TICKET}}}]",
    "DrawProof.signature": TICKET,
    "DrawnPlace.ticket": TICKET,
    "EntriesKey.fingerprint": "rbr2vqmdyuhfcq4nnuuy56ybzc",
    "EntriesSeen.excluded": "{phrase: 12, again: 31}",
    "EntryRule.accept-missing": '{"2026-12-03 10:00": nobody collected that night}',
    "EntryRule.account-age": "30d",
    "EntryRule.phrase": '"#WinterLois"',
    "Every.slots": "[morning, evening]",
    "Item.because": "It shows how denim is made.",
    "Goals.answered-within": "4h",
    "Goals.engagement-rate": "2%",
    "Goals.orders": "10",
    "Goals.posts-per-day": "3",
    "Goals.profile-visits": "300",
    "Goals.replies-per-post": "1",
    "InboxSettings.answered-by": "[octocat]",
    "InboxSettings.answers-from": "support",
    "InboxSettings.complaint": "{lv: [saplīs*], en: [too small]}",
    "InboxSettings.do-not-feed": "[troll_handle]",
    "InboxSettings.on-duty": "[octocat]",
    "InboxSettings.praise": "{en: [well done]}",
    "InboxSettings.question": "{en: [which size]}",
    "InboxSettings.vars": '{hours: "Monday to Friday, 9:00 to 18:00"}',
    "Item.id": "cold-wash",
    "Item.text": "Wash jeans cold.",
    "Item.vars": "{author: Giorgio Armani}",
    "Launch.product": "{name: Slim 27, price: 59.90, currency: EUR}",
    "LedgerSettings.branch": "runner-ledgers",
    "LedgerSettings.folder": ".runner/ledger",
    "Links.utm": "{source: x, medium: social}",
    "Media.alt": "Dark blue jeans on a light ground",
    "Media.file": "media/slim27.jpg",
    "Offer.code": "SLIM20",
    "Offer.currency": "EUR",
    "Offer.until": "launches + 7d",
    "Organiser.address": "Brīvības iela 1, Rīga",
    "Organiser.contact": "hello@acme.lv",
    "Organiser.name": "SIA Acme",
    "Part.template": "launch/story",
    "Partner.name": "Lois",
    "Partner.until": "2027-03-01",
    "PartnerMention.product": "{name: Lois Barrel}",
    "Poll.options": "[indigo, black]",
    "Post.every": "{days: [mon, wed], slots: [morning]}",
    "Post.ignore": "{link-cost: the link is the point of this post}",
    "Post.items": "data/denim-tips.yaml",
    "Post.poll": "{options: [indigo, black], open: 24h}",
    "Post.reply-to": "announce",
    "Post.rest": "30d",
    "Post.template": "series/quote",
    "Post.thread": "[Part one, Part two]",
    "PrizeValue.amount": "180",
    "PrizeValue.currency": "EUR",
    "Product.category": "jeans",
    "Product.currency": "EUR",
    "Product.name": "Slim 27",
    "Project.accounts": "{shop: {handle: acme_lv, locale: lv}}",
    "Project.budget": "{usd-per-month: 50}",
    "Project.disclosure": '{paid: {lv: "#reklāma", en: "#ad"}}',
    "Project.goals": "{engagement-rate: 2%, replies-per-post: 1}",
    "Project.grace": "{launch: 2h}",
    "Project.inbox": "{complaint: {en: [too small]}}",
    "Project.ledger": "{store: files}",
    "Project.links": "{utm: {source: x, medium: social}}",
    "Project.partners": "{lois: {handle: loisjeans, name: Lois, relationship: paid}}",
    "Project.rivals": "[{handle: otherjeans, name: Other Jeans}]",
    "Project.rules": "{min-gap: 45m}",
    "Project.slots": "{morning: 09:00}",
    "Rival.at-most": "20",
    "Rival.handle": "otherjeans",
    "Rival.name": "Other Jeans",
    "Rules.promotional-share": "{at-most: 40%, of-last: 10}",
    "Rules.quiet-hours": "[22:00, 07:00]",
    "Rules.too-many-hashtags": "{at-most: 2}",
    "Utm.medium": "social",
    "Utm.source": "x",
}
"""Where the example of the type says too little; by model and key."""


def key_of(model: type[Model], name: str) -> str:
    """The key in a file, of a field's name."""
    return model.model_fields[name].alias or name


def hints_of(model: type[Model]) -> dict[str, Any]:
    """The types of a model's fields as they were written, by the field's name."""
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def example(model: type[Model], name: str) -> str:
    """An example of a field's value, as it stands in a file after `key: `."""
    for each in model.__mro__:
        if found := EXAMPLES.get(f"{each.__name__}.{key_of(model, name)}"):
            return found
        if name in each.__annotations__:
            break
    return _example(hints_of(model)[name])


def _example(hint: Any) -> str:
    hint = _given(hint)
    for known, _, shown in KNOWN:
        if hint == known:
            return shown
    hint = bare(hint)
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin is Literal:
            return str(arguments[0])
        case origin if origin is tuple:
            return f"[{_example(arguments[0])}]"
        case None if issubclass(hint, Model):
            needed = [name for name, field in hint.model_fields.items() if field.is_required()]
            pairs = (f"{key_of(hint, name)}: {example(hint, name)}" for name in needed)
            return f"{{{', '.join(pairs)}}}"
    return _example(arguments[0])


def words(hint: Any, sections: Mapping[str, str]) -> str:
    """What people write as a value of this type. `sections` are links to those of models."""
    hint = _given(hint)
    for known, called, _ in KNOWN:
        if hint == known:
            return called
    hint = bare(hint)
    arguments = [each for each in get_args(hint) if each is not NoneType]
    match get_origin(hint):
        case origin if origin is Literal:
            return listed((str(each) for each in arguments), "or")
        case origin if origin in (UnionType, Union):
            return " or ".join(dict.fromkeys(words(each, sections) for each in arguments))
        case origin if origin is tuple and Ellipsis not in arguments:
            return "a list of " + " and ".join(words(each, sections) for each in arguments)
        case origin if origin is tuple:
            return f"a list, each {words(arguments[0], sections)}"
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            return f"a mapping, each {words(arguments[1], sections)}"
    return sections.get(hint.__name__, "a mapping")


def _given(hint: Any) -> Any:
    """Without `| None`."""
    if get_origin(hint) in (UnionType, Union):
        rest = [each for each in get_args(hint) if each is not NoneType]
        return rest[0] if len(rest) == 1 else hint
    return hint


def bare(hint: Any) -> Any:
    """Without what pydantic is told by `Annotated`."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint
