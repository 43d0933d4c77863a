"""The committed schemas are those of the models, and the examples follow them."""

from pathlib import Path

import pytest
from click.testing import Result

from runner.views.json.schema import DRAFT, schemas
from tests.repository.schema_checking import check_jsonschema

ROOT = Path(__file__).parents[2]


def test_the_committed_schemas_are_not_stale(golden):
    made = schemas()
    assert len(made) == 5
    for name, text in made.items():
        golden(ROOT / "schemas" / name, text)


def test_the_schemas_use_no_keyword_newer_than_draft_7():
    newer = ('"$defs"', '"prefixItems"', '"unevaluatedProperties"', '"discriminator"')
    texts = schemas().values()
    assert [text for text in texts if DRAFT not in text] == []
    assert [word for word in newer for text in texts if word in text] == []
    assert len(texts) == 5


def checked(schema: str, *files: Path) -> Result:
    """Files against a schema of the repository."""
    return check_jsonschema("--schemafile", ROOT / "schemas" / schema, *files)


def test_the_examples_follow_the_schemas():
    examples = sorted((ROOT / "campaigns").glob("*.yaml"))
    assert len(examples) >= 6
    done = checked("campaign.schema.json", *examples)
    assert done.exit_code == 0, done.output
    done = checked("runner.schema.json", ROOT / "runner.yaml")
    assert done.exit_code == 0, done.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "file", "old", "new"),
    [
        ("campaign.schema.json", "campaigns/slim27.yaml", "kind:", "kinds:"),
        ("runner.schema.json", "runner.yaml", "timezone:", "timezones:"),
    ],
)
def test_a_file_that_does_not_follow_is_seen(tmp_path, schema, file, old, new):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "wrong.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    done = checked(schema, tmp_path / "wrong.yaml")
    assert done.exit_code == 1
    assert new.rstrip(":") in done.output
