"""The names and the filters of templates, and what examples of them come to."""

from collections.abc import Mapping

from runner.models import KINDS
from runner.models.fields import described_fields
from runner.render import RenderAssets, rendering
from runner.render.context import TemplateScope
from runner.render.request import RenderRequest
from runner.templating.evaluation import Evaluation
from runner.templating.sandbox import TESTS
from tests.docs.reference.goldens import Attempt
from tests.docs.reference.markdown import anchored, code, line, listed, table
from tests.docs.reference.specimen import ONE, PROJECT, specimen

NAMES: Mapping[str, str] = {
    "account": "who posts: `account.handle`, `account.id`, `account.locale`",
    "at": "when the post is due",
    "contest": "of a contest with a `key`, what its announcement carries: `contest.code`",
    "disclosure": "the words that disclose the partner; empty where there is nothing to disclose",
    "draw": "of a contest, its result: `draw.winners`, `.alternates`, `.round`, `.digest`, "
    "`.entries`, and of its supplement `.supplement` and `.supplemented`",
    "id": "the name of the campaign",
    "item": "the item of this turn: `item.text`, `item.because`, `item.id`, `item.vars.NAME`",
    "link": "the item's link, else the campaign's, with the utm parameters of `runner.yaml`",
    "locale": "the language of the post",
    "partner": "the partner: `partner.name`, `partner.handle`, `partner.relationship`",
    "posts": 'the other posts: `posts["announce"].url`, and a placeholder until it is out',
    "product": "what is sold: `product.name`, `.category`, `.price`, `.currency`, `.url`",
    "offer": "the offer: `offer.code`, `.percent`, `.amount`, `.currency`, `.url`, `.until`",
    "offer_ends": "the anchor `offer-ends`",
    "vars": "the campaign's own values: `vars.NAME`, or only `NAME`",
}
TEXT: Mapping[str, tuple[str, str]] = {
    "capitalize": ("the first letter large, the others small", '{{ "slim JEANS" | capitalize }}'),
    "count": ("how many", "{{ hashtags | count }}"),
    "d": ("as `default`", '{{ product.category | d("jeans") }}'),
    "default": ("what stands in where there is none", '{{ product.category | default("jeans") }}'),
    "first": ("the first of a list", "{{ hashtags | first }}"),
    "hashtag": ("hashtags of words", "{{ hashtags | hashtag }}"),
    "int": ("the whole number", "{{ 2.7 | int }}"),
    "join": ("a list as one text", '{{ hashtags | join(", ") }}'),
    "last": ("the last of a list", "{{ hashtags | last }}"),
    "last_day": (
        "the last day of what ends at a moment; midnight belongs to the day before",
        "{{ ends | last_day | date }}",
    ),
    "length": ("how many", "{{ hashtags | length }}"),
    "list": ("a text as a list of its letters", '{{ "ab" | list | join("-") }}'),
    "lower": ("small letters", '{{ "SLIM" | lower }}'),
    "mention": ("a mention, which the person is told of", "{{ partner | mention }}"),
    "replace": ("one stretch of text by another", '{{ product.name | replace("slim", "wide") }}'),
    "reverse": ("the other way round", '{{ hashtags | reverse | join(", ") }}'),
    "round": ("rounded, to so many decimals", "{{ 2.345 | round(1) }}"),
    "sentence": (
        "with one mark at its end, its own or a full stop",
        '{{ "Sale!" | sentence }} {{ product.name | sentence }}',
    ),
    "sort": ("in order", '{{ hashtags | sort | join(", ") }}'),
    "string": ("a number as a text", "{{ 20 | string }}"),
    "title": ("each word with a large first letter", "{{ product.name | title }}"),
    "trim": ("without spaces around it", '{{ "  slim " | trim }}'),
    "unique": ("each only once", '{{ ["a", "b", "a"] | unique | join(", ") }}'),
    "upper": ("large letters", '{{ "slim" | upper }}'),
}
LANGUAGE: Mapping[str, tuple[str, str]] = {
    "countdown": ("how long until then, from when the post is due", "{{ launches | countdown }}"),
    "currency": (
        "a price, rounded half up to the decimals of its currency",
        "{{ product.price | currency(product.currency) }}",
    ),
    "date": ("a day; also `short`, `medium`, `long`, `full`", '{{ at | date("full") }}'),
    "number": (
        "a number, rounded half up with `digits=2`; else as it is, of a third 2 decimals",
        "{{ 12500.5 | number }}",
    ),
    "percent": (
        "a share of a hundred; `digits=` as in `number`, of a third 1 decimal",
        "{{ offer.percent | percent }}",
    ),
    "plural": (
        "the form of a word that goes with a number",
        '{{ 3 | plural(one="a", few="b", many="c", other="d") }}',
    ),
    "time": ("a time of day", "{{ at | time }}"),
}

REFUSED: Mapping[str, str] = {
    "methods of texts": "a method of a text; there are filters",
    "attr": "a filter that is not in the tables",
    "classes": "what Python holds behind a value",
    "private names": "names that begin with `_`",
    "range": "functions",
    "power": "numbers without bounds",
    "repetition": "a text many times over",
    "padding": "spaces to fill a line",
    "formatting by percent": "formats of Python",
    "long text by doubling": "texts without end",
    "three loops": "more than two loops in each other",
    "a macro that calls itself": "macros that call themselves",
    "a template by a computed name": "a template whose name is put together",
    "a file of the system": "files that are no templates",
    "the environment": "names that no campaign has",
    "Python in a statement": "statements that are not in the list above",
}
"""By the name of the attempt: what it is an example of."""

LOCALES = tuple(PROJECT.accounts)


def names() -> str:
    """What a template may name."""
    seen: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for kind in KINDS:
        file, timetable = specimen(kind, ONE)
        assets = RenderAssets(project=PROJECT)
        order = RenderRequest(
            occurrence=timetable.all()[0], file=file, assets=assets, anchors=timetable.anchors
        )
        scene = Evaluation(locale="en", due=order.occurrence.due)
        for name in TemplateScope(order, scene, str):
            seen.setdefault(name, []).append(kind)
        for name, field in described_fields(type(file.campaign)).items():
            said.setdefault(name, line(field.description or ""))
    rows = (
        (
            anchored(f"name-{name}", code(name)),
            NAMES.get(name) or said.get(name) or f"the anchor {code(name)}",
            "all" if len(kinds) == len(KINDS) else ", ".join(kinds),
        )
        for name, kinds in sorted(seen.items())
    )
    return table(("name", "is", "kinds"), rows)


def plain_filters() -> str:
    """What they give, in every language."""
    rows = (
        (anchored(f"filter-{name}", code(name)), gives, code(text), code(rendered(text)["en"]))
        for name, (gives, text) in sorted(TEXT.items())
    )
    return table(("filter", "gives", "example", "comes to"), rows)


def language_filters() -> str:
    """What they give in each of four languages."""
    rows = (
        (
            anchored(f"filter-{name}", code(name)),
            gives,
            code(text),
            *(code(rendered(text)[locale]) for locale in LOCALES),
        )
        for name, (gives, text) in sorted(LANGUAGE.items())
    )
    return table(("filter", "gives", "example", *LOCALES), rows)


def tests() -> str:
    """What may stand after `is`."""
    return f"After `is` or `is not`: {listed(sorted(TESTS))}."


def refused(attempts: Mapping[str, Attempt]) -> str:
    """What no template may do."""
    rows = (
        (what, code(attempts[name].template), attempts[name].refused)
        for name, what in REFUSED.items()
    )
    return table(("not allowed", "example", "what the runner says"), rows)


def rendered(text: str) -> dict[str, str]:
    """What a text comes to in each language. Raises ValueError where it can't be rendered."""
    file, table = specimen("launch", {"a": {"at": "2027-02-05 12:00", "text": text}})
    assets, made = RenderAssets(project=PROJECT), {}
    for occurrence in table.all():
        shown = rendering(occurrence, file, assets=assets, anchors=table.anchors)
        if shown.post is None:
            raise ValueError("; ".join(problem.message for problem in shown.problems))
        made[occurrence.key.account] = shown.post.parts[0].text
    return made
