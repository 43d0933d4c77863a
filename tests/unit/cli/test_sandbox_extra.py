"""Where the extra `sandbox` is not installed, the commands that need it say how to get it."""

import sys

import pytest

from runner.cli.commands.demo import demo
from runner.cli.commands.sandbox import sandbox
from runner.cli.context import CommandContext
from runner.problems import BadUsage


@pytest.mark.parametrize("library", ["starlette", "uvicorn"])
@pytest.mark.parametrize(
    "run",
    [
        pytest.param(lambda context: sandbox(context, port=0, forget=True), id="sandbox"),
        pytest.param(demo, id="demo"),
    ],
)
def test_a_missing_extra_is_no_bug(run, library, tmp_path, monkeypatch) -> None:
    (tmp_path / "runner.yaml").write_text(
        "timezone: Europe/Riga\naccounts: {shop: {handle: acme_lv, locale: lv}}\n"
    )
    for name in [each for each in sys.modules if each.startswith("runner.local_x")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [library, *(each for each in sys.modules if each.startswith(f"{library}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(BadUsage, match="the sandbox is not installed") as refused:
        run(CommandContext(root=tmp_path))
    assert refused.value.help == 'pip install "campaign-runner[sandbox]"'
