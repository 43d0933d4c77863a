"""Runs a command of the runner, and prints as JSON how often it did what costs time: opened a file,
built a model's validator, compiled a template, rendered a text. It looks through the interpreter's
own hooks, so it has to be the only one in its process: `python tests/integration/counted_run.py
validate`."""

import json
import os
import sys
from collections import Counter
from types import FrameType

from runner.cli import main

opened: Counter[str] = Counter()
compiled: Counter[str] = Counter()
rendered = built = 0


def audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        opened[os.path.relpath(arguments[0])] += 1


def profile(frame: FrameType, event: str, argument: object) -> None:
    """A template's code is compiled by Jinja, and ends where a text is whole."""
    global built, rendered
    code = frame.f_code
    if event == "c_call" and getattr(argument, "__name__", "") == "compile":
        if frame.f_locals.get("filename") == "<template>":
            compiled[str(frame.f_locals["source"])] += 1
    elif event == "call":
        built += code.co_name == "create_schema_validator"
    elif event == "return" and argument is None:
        rendered += code.co_filename == "<template>" and code.co_name == "root"


sys.addaudithook(audit)
sys.setprofile(profile)
code = 0
try:
    main()
except SystemExit as exit:
    code = int(exit.code or 0)
sys.setprofile(None)
found = {"code": code, "opened": opened, "compiled": compiled, "rendered": rendered, "built": built}
sys.stdout.write(f"{json.dumps(found)}\n")
