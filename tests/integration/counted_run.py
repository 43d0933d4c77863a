"""Runs a command of the runner, and prints as JSON how often it did what costs time: opened a file,
built a model's validator, compiled a template, rendered a text. It looks through hooks of the
interpreter, of pydantic and of Jinja, so it has to be the only one in its process:
`python tests/integration/counted_run.py validate`."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context
from pydantic.plugin import _schema_validator as validators

from runner.cli import main

opened: Counter[str] = Counter()
compiled: Counter[str] = Counter()
rendered = built = 0


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
code = 0
try:
    main()
except SystemExit as exit:
    code = int(exit.code or 0)
found = {"code": code, "opened": opened, "compiled": compiled, "rendered": rendered, "built": built}
sys.stdout.write(f"{json.dumps(found)}\n")
