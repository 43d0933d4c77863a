"""No command holds the models of campaigns while it plans or shows what they come to."""

import gc
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from runner.cli.commands.accounts import accounts
from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.cli.commands.preview import preview
from runner.cli.commands.status import status
from runner.cli.context import CommandContext
from runner.cli.machine import ShiftedClock
from runner.models import CampaignFile, ItemList
from runner.models.fields import Model
from runner.render.context import TemplateScope
from runner.render.request import RenderRequest
from scripts.fair_project import a_project

SETTINGS = {"runner.models.project", "runner.models.rule_settings"}
"""Where the models of runner.yaml are declared, which stay."""
DUE = datetime.fromisoformat("2027-03-03T10:45+02:00")
"""A moment at which posts of several campaigns are due, and others are to come."""
SHARED = """\
kind: series
account: shop-0000
starts: 2027-03-01
ends: 2027-03-07
slots: {early: "09:07"}
posts: {tip: {every: {slots: [early]}, items: data/tips.yaml}}
"""
"""A campaign whose items stand in a file of their own."""
COMMANDS: dict[str, Callable[[CommandContext], int]] = {
    "preview": preview,
    "post": lambda context: post(context, PostOptions(dry_run=True)),
    "status": status,
    "accounts": lambda context: accounts(context, within=timedelta(days=1)),
}


class Watcher(io.StringIO):
    """Looks, whenever something is said, which models are there that were not before."""

    def __init__(self) -> None:
        super().__init__()
        gc.freeze()  # what is there of other tests: the collector neither walks nor lists it
        self.alive: set[str] = set()

    def write(self, text: str) -> int:
        gc.collect()  # a template's scope and its renderer know each other
        self.alive |= {type(each).__name__ for each in gc.get_objects() if _is_of_a_file(each)}
        return super().write(text)


def _is_of_a_file(value: object) -> bool:
    kinds = CampaignFile, ItemList, TemplateScope, RenderRequest
    is_model = isinstance(value, Model) and type(value).__module__ not in SETTINGS
    return is_model or isinstance(value, kinds)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    a_project(folder, 4)
    (folder / "campaigns/shared.yaml").write_text(SHARED)
    (folder / "campaigns/data").mkdir()
    (folder / "campaigns/data/tips.yaml").write_text("[{text: Wash it cold}, {text: Dry it}]")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_said_needs_no_model(project: Path, command: str) -> None:
    out = Watcher()
    context = CommandContext(
        root=project, clock=ShiftedClock(DUE), environ={}, out=out, talk=io.StringIO()
    )
    assert COMMANDS[command](context) == 0
    assert out.getvalue()
    assert out.alive == set()
