"""The committed schemas are those of the models, and the examples follow them."""

import subprocess
import sys
from pathlib import Path

from runner.views.json.schema import DRAFT, schemas

ROOT = Path(__file__).parents[2]


def test_the_committed_schemas_are_not_stale():
    made = schemas()
    assert len(made) == 4
    for name, text in made.items():
        assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == text, "run `runner schema`"


def test_the_schemas_use_no_keyword_newer_than_draft_7():
    for text in schemas().values():
        assert DRAFT in text
        for keyword in ('"$defs"', '"prefixItems"', '"unevaluatedProperties"', '"discriminator"'):
            assert keyword not in text


def test_the_examples_follow_the_schemas():
    examples = sorted(str(path) for path in (ROOT / "campaigns").glob("*.yaml"))
    assert len(examples) >= 6
    for schema, files in (
        ("campaign.schema.json", examples),
        ("runner.schema.json", [str(ROOT / "runner.yaml")]),
    ):
        done = subprocess.run(
            [
                str(Path(sys.executable).parent / "check-jsonschema"),
                "--schemafile",
                str(ROOT / "schemas" / schema),
                *files,
            ],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout


def test_every_campaign_carries_the_modeline():
    examples = list((ROOT / "campaigns").glob("*.yaml"))
    for path in examples:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../schemas/campaign.schema.json", path
