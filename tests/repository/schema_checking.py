"""Files against a schema, by a program that is not ours, in this process: its start costs most."""

from pathlib import Path

from check_jsonschema import main
from click.testing import CliRunner, Result


def check_jsonschema(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])
