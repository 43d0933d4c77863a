"""The rules, from their docstrings and from the campaign that breaks each in the tests."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from runner.problems import Severity
from runner.rules import RULES, Rule, Stage
from tests.docs.reference.goldens import SECTION, Pair, folded, said, yaml

SAID = {Severity.ERROR: "Error", Severity.WARNING: "Warning"}
FOUND = {
    Stage.FILE: "found by `runner validate`, from the files alone",
    Stage.PROJECT: "found by `runner validate`, from the files of all campaigns together",
    Stage.PLAN: "found by `runner preview`, since it depends on the time or on what went out",
}

_DRAWN: Final = MappingProxyType(
    {
        "picture": "a picture",
        "large-picture": "a picture of 6 MB,",
        "gif": "a moving picture",
        "still-gif": "a GIF that stands still,",
        "long-film": "a film of 150 seconds,",
        "hevc-film": "a film in HEVC,",
        "film-in-fragments": "a film in fragments,",
    }
)


def rules(broken: Mapping[str, Pair]) -> str:
    """Each rule: what it asks for, why, how to mend a breach, and a campaign that breaks it."""
    listed = "\n".join(f"- [`{rule.id}`](#{rule.id}): {rule.summary}" for rule in RULES)
    return "\n\n".join((listed, *(_section(rule, broken.get(rule.id)) for rule in RULES)))


def _section(rule: Rule, pair: Pair | None) -> str:
    about = f"{SAID[rule.severity]}, {FOUND[rule.stage]}."
    shown = [folded("An example, and what the runner says", _example(pair))] if pair else []
    return "\n\n".join((f"## {rule.id}", about, rule.explanation, *shown))


def _example(pair: Pair) -> Iterator[str]:
    campaign, *sections = SECTION.split(pair.written)
    yield yaml(pair.path, campaign)
    for head, body in zip(sections[::2], sections[1::2], strict=True):
        word, _, rest = head.partition(" ")
        if word == "mended":  # for the tests
            continue
        if rest:
            yield _told(word, rest)
        elif word.endswith(".yaml"):
            yield f"In `{word}`:"
            yield yaml(pair.path, body)
        else:
            yield f"With a file `{word}`."
    yield "The runner says:"
    yield said(pair)


def _told(word: str, rest: str) -> str:
    match word:
        case "now":
            return f"Looked at from `{rest}`."
        case "sent":
            key, at, text = rest.split(" ", 2)
            return f"Already out: `{key}` at `{at}`, with the text “{text}”."
        case "announced":
            key, at, text = rest.split(" ", 2)
            return f"Out since `{at}`: `{key}`, which said “{text}”."
        case "posted":
            key, at, handle = rest.split()
            return f"Already out: `{key}` at `{at}`, as @{handle}."
        case "missed":
            key, at = rest.split()
            return f"Missed: `{key}`, which was due at `{at}`."
    return f"With {_DRAWN[word]} `{rest}`."
