"""Runs a command of the runner, and prints as JSON how often it did what costs time: opened a file,
read YAML, built a model's validator, compiled a template, rendered a text. It looks through hooks
of the interpreter, of PyYAML, pydantic and Jinja, so it has to be the only one in its process:
`python tests/integration/counted_run.py validate`. With `--calls` before the command it also counts
how often each rule looked, which makes it twice as slow."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import yaml
from jinja2 import Template
from jinja2.runtime import Context
from pydantic.plugin import _schema_validator as validators

from runner.cli import main

opened: Counter[str] = Counter()
compiled: Counter[str] = Counter()
calls: Counter[CodeType] = Counter()
rendered = built = parsed = 0


def audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        opened[os.path.relpath(arguments[0])] += 1
    elif event == "compile" and arguments[1] == "<template>":
        compiled[str(arguments[0])] += 1


Validator = validators.SchemaValidator


def built_validator(*arguments: Any, **more: Any) -> Validator:
    global built
    built += 1
    return Validator(*arguments, **more)


def counted(read: Callable[..., Any]) -> Callable[..., Any]:
    """The same, counted as one reading of YAML."""

    def one(*arguments: Any, **more: Any) -> Any:
        global parsed
        parsed += 1
        return read(*arguments, **more)

    return one


def profile(frame: FrameType, event: str, _: object) -> None:
    if event == "call":
        calls[frame.f_code] += 1


class Root:
    """A template's function that yields its text, wherever Jinja sets it."""

    def __set__(self, template: Template, root: Callable[[Context], Iterator[str]]) -> None:
        def whole(context: Context) -> Iterator[str]:
            global rendered
            yield from root(context)
            rendered += 1

        vars(template)["root_render_func"] = whole

    def __get__(self, template: Template, _: type) -> Callable[[Context], Iterator[str]]:
        return vars(template)["root_render_func"]


sys.addaudithook(audit)
validators.SchemaValidator = built_validator
Template.root_render_func = Root()
yaml.CBaseLoader, yaml.parse = counted(yaml.CBaseLoader), counted(yaml.parse)
if sys.argv[1] == "--calls":
    del sys.argv[1]
    sys.setprofile(profile)
code = 0
try:
    main()
except SystemExit as exit:
    code = int(exit.code or 0)
sys.setprofile(None)
from runner.rules.catalogue import RULES  # noqa: E402 — the command says when it is loaded

looks = {rule.id: n for rule in RULES if (n := calls[rule.look.__code__])} if calls else {}
found = {
    "code": code,
    "opened": opened,
    "parsed": parsed,
    "built": built,
    "compiled": compiled,
    "rendered": rendered,
    "looks": looks,
}
sys.stdout.write(f"{json.dumps(found)}\n")
