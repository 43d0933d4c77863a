import importlib.util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from runner.text import _data

SCRIPT = Path(__file__).parents[3] / "scripts" / "generate_text_data.py"


def installed(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def test_the_data_are_those_that_the_script_generates():
    if any(installed(package) != known for package, known in _data.VERSIONS.items()):
        pytest.skip("the data are of other versions of their sources")
    spec = importlib.util.spec_from_file_location("generate_text_data", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert Path(_data.__file__).read_text(encoding="utf-8") == script.generate()


def test_what_is_newer_is_not_among_what_x_knows():
    assert not set(_data.EMOJI.split()) & set(_data.NEWER_EMOJI.split())
    assert not set(_data.DOMAINS.split()) & set(_data.NEWER_DOMAINS.split())


def test_the_top_level_domains_are_those_of_x_and_of_iana():
    assert len(_data.DOMAINS.split()) == 1574
    assert "web" in _data.NEWER_DOMAINS.split()
