"""Examples that the tests hold the runner to: what is written, and what it says of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

COUNT = re.compile(r"\n\n\d+ (?:error|warning)s?(?:, \d+ (?:error|warning)s?)?\Z")
ELSEWHERE = re.compile(r"# (\S+\.yaml)\n")
SECTION = re.compile(r"^#= (.*)\n", re.MULTILINE)
ATTEMPT = re.compile(r"^(\S.*)\n((?: {4}.*\n)+)", re.MULTILINE)


class Pair(NamedTuple):
    """A file that breaks something, by its path in the repository, and what the terminal shows."""

    path: str
    written: str
    told: str


class Attempt(NamedTuple):
    """A template that is refused, and why."""

    template: str
    refused: str


@dataclass(frozen=True, kw_only=True)
class Goldens:
    """All of them."""

    mistakes: Mapping[str, Pair] = field(default_factory=dict)
    rules: Mapping[str, Pair] = field(default_factory=dict)
    hostile: Mapping[str, Attempt] = field(default_factory=dict)


def attempts(text: str) -> dict[str, Attempt]:
    """A table of attempts by name: the template, and what is said of it in the lines below."""
    found = {}
    for name, body in ATTEMPT.findall(text):
        template, *refused = (line[4:] for line in body.splitlines())
        found[name] = Attempt(template, refused[0].partition(": ")[2] if refused else "")
    return found


def yaml(path: str, body: str) -> str:
    """Lines of a file of the repository, which the pages' tests look for in it."""
    return f"<!-- from: {path} -->\n{_block('yaml', body)}"


def said(pair: Pair) -> str:
    """What the runner says, without the count at the end."""
    return _block("text", COUNT.sub("", pair.told))


def _block(language: str, body: str) -> str:
    return f"```{language}\n{body.strip(chr(10))}\n```"


def folded(summary: str, blocks: Iterable[str]) -> str:
    """Text that a reader unfolds."""
    inner = "\n\n".join(blocks)
    return f"<details>\n<summary>{summary}</summary>\n\n{inner}\n\n</details>"
