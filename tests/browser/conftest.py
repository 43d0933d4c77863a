"""A real browser, Chromium, without a window and without a network."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from runner.plan import Action, Plan, Verb
from runner.plan.change import Comparison, compare
from runner.plan.snapshot import PostSnapshot
from runner.problems import Place, Problem, Severity
from runner.value import replace
from runner.views.html.preview import plan_as_html
from tests.unit.views.building import examples, saying

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
Open = Callable[..., AbstractContextManager[Page]]


def chromium(home: str | None) -> str | None:
    """A browser of the machine, or the one that `playwright install` brought."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    brought = Path(home or "/nowhere").glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")
    return found or next((str(path) for path in sorted(brought)), None)


@pytest.fixture(scope="module")
def browser(
    outside_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    program = chromium(outside_environment.get("HOME"))
    if not program:
        pytest.skip("Chromium is not installed")
    home = str(tmp_path_factory.mktemp("browser"))
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=program, env={"PATH": os.environ["PATH"], "HOME": home}
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the examples' page, in a file."""
    file = tmp_path_factory.mktemp("page") / "preview.html"
    file.write_text(plan_as_html(*examples()), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A shorter page, for what takes long: each campaign once, and a post in each state, with
    problems, a length that is over, a character that hides, and something for a person."""
    plan, material = examples()
    once = {(action.key.campaign, action.key.post): action for action in plan.actions}
    verbs = (Verb.ASK, Verb.HOLD, Verb.SKIP, Verb.PUBLISH)
    said = saying(plan, lambda part: replace(part, text="x\u202e" * 150, weight=450)).actions[0]
    problems = (
        Problem(rule="too-long", message="it is too long", help="cut it", place=Place(path="a")),
        Problem(rule="r", message="m", place=Place(path="b"), severity=Severity.WARNING),
    )
    odd = [replace(said, verb=verb, because="why", problems=problems) for verb in verbs]
    kinds = {_kind(action): action for action in once.values()}
    slim = [action for action in plan.actions if action.key.campaign == "slim27"][:2]
    picked = [*kinds.values(), *slim]
    shown = [
        replace(action, verb=other.verb, problems=other.problems)
        for action, other in zip(plan.actions, odd, strict=False)
    ]
    actions = {action.key: action for action in (*picked, *shown, odd[0])}
    plan = replace(plan, actions=tuple(actions.values()), notices=("a notice",))
    material = replace(material, problems=problems, comparison=a_change(plan))
    file = tmp_path_factory.mktemp("page") / "kinds.html"
    file.write_text(plan_as_html(plan, material), encoding="utf-8")
    return file.as_uri()


def a_change(plan: Plan) -> Comparison:
    """One post was said otherwise, one was not there, and one more was there."""
    after = {
        action.key: PostSnapshot(key=action.key, campaign=action.occurrence.campaign, action=action)
        for action in plan.actions
    }
    one, other, *_ = (each for each in plan.actions if each.key.campaign == "slim27")
    (was,) = saying(
        replace(plan, actions=(one,)), lambda part: replace(part, text="Not yet")
    ).actions
    before = {key: snapshot for key, snapshot in after.items() if key != other.key}
    before[one.key] = replace(after[one.key], action=was)
    gone = replace(one.key, post="gone")
    return compare({**before, gone: replace(after[one.key], key=gone)}, after)


def _kind(action: Action) -> tuple[object, ...]:
    parts = action.post.parts if action.post else ()
    return (
        len(parts) > 1,
        *(any(getattr(part, name) for part in parts) for name in ("poll", "media", "repost")),
        action.key.account,
    )


@pytest.fixture
def open_page(browser: Browser) -> Open:
    """Opens an address. What the page asks for elsewhere, and what goes wrong in it, are errors."""

    @contextmanager
    def opened(address: str, **settings: object) -> Iterator[Page]:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda said: wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.append(asked.url) if _foreign(asked.url) else None)
        page.goto(address)
        yield page
        context.close()
        assert not wrong

    def _foreign(url: str) -> bool:
        return not url.startswith(("file:", "data:", "http://127.0.0.1"))

    return opened
