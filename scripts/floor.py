"""Floor A, the least that a program in Python does: `python scripts/floor.py FOLDER [TIMES]`.

It reads each file, composes it with libyaml and every position, refuses a key that stands twice,
has pydantic-core check the data, and renders ten texts of a template that is compiled already.
"""

import sys
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment
from pydantic import BaseModel, ConfigDict
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.cyaml import CParser


class Composer(CParser):  # type: ignore[misc]
    """libyaml's own composer; every scalar is the text that stands there."""

    def __init__(self, data: bytes) -> None:
        CParser.__init__(self, data)

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None: ...

    def ascend_resolver(self) -> None: ...


class Post(BaseModel):
    model_config = ConfigDict(frozen=True)
    at: str | None = None
    every: dict[str, list[str]] | None = None
    text: str | dict[str, str] | None = None
    thread: list[str] | None = None
    media: list[dict[str, str]] = []
    poll: dict[str, str | list[str]] | None = None
    items: list[dict[str, str]] = []


class Campaign(BaseModel):
    model_config = ConfigDict(frozen=True)
    kind: str
    title: str
    account: str
    posts: dict[str, Post]


def data_of(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [data_of(each) for each in node.value]
    data = {key.value: data_of(value) for key, value in node.value}
    if isinstance(node, MappingNode) and len(data) != len(node.value):
        raise yaml.MarkedYAMLError(problem="a key stands twice", problem_mark=node.start_mark)
    return data


def main(root: Path, times: int = 1) -> None:
    template = Environment(autoescape=False).from_string("{{ a }} of {{ b }}")  # noqa: S701
    for path in times * sorted((root / "campaigns").glob("*.yaml")):
        campaign = Campaign.model_validate(data_of(Composer(path.read_bytes()).get_single_node()))
        for name, post in campaign.posts.items():
            template.render(a=name, b=post.text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
