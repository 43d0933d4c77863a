"""Plans to look at: of the examples, of a project in a folder, and with other words in them."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.machine import ShiftedClock
from runner.cli.opened_project import inputs_of, open_project
from runner.cli.planning import plan_ahead
from runner.cli.stores import ledger_of
from runner.plan import Action, Plan
from runner.problems import Place, Problem
from runner.render import RenderedPart
from runner.value import replace
from runner.views.html.preview import LARGE, Material, plan_as_html

ROOT = Path(__file__).parents[3]
NOW = datetime.fromisoformat("2027-01-31T12:00+02:00")
PROJECT = """\
timezone: Europe/Riga
slots: {morning: 09:00, noon: 13:00}
accounts:
  shop: {handle: acme_lv, locale: en}
  tienda: {handle: acme_es, locale: en, timezone: Europe/Madrid}
budget: {usd-per-month: 10}
ledger: {store: files}
"""


def planned(root: Path, now: datetime = NOW) -> tuple[Plan, Material]:
    """The plan of a project of which nothing is out, and what its page is made of."""
    outside = CommandContext(
        root=root, clock=ShiftedClock(now), environ={}, ledger=root / "no-ledger"
    )
    opened = open_project(outside, checked=True)
    inputs = inputs_of(opened, outside)
    ahead = plan_ahead(inputs, ledger_of(outside, inputs.project), now)
    return ahead.plan, Material(
        project=inputs.project,
        read=opened.media,
        problems=tuple(dict.fromkeys((*all_problems(opened), *ahead.problems()))),
        sources=opened.sources,
    )


@cache
def examples() -> tuple[Plan, Material]:
    """Of the campaigns that stand in the repository."""
    return planned(ROOT)


def project(root: Path, **campaigns: str) -> Path:
    """A project in a folder; `_` in the name of a campaign is `-`."""
    (root / "campaigns").mkdir(parents=True)
    (root / "runner.yaml").write_text(PROJECT, encoding="utf-8")
    for name, text in campaigns.items():
        path = root / "campaigns" / f"{name.replace('_', '-')}.yaml"
        path.write_text(text, encoding="utf-8")
    return root


def saying(plan: Plan, change: Callable[[RenderedPart], RenderedPart]) -> Plan:
    """The first post of the plan alone, with every part of it changed."""
    action: Action = next(action for action in plan.actions if action.post)
    assert action.post
    post = replace(action.post, parts=tuple(map(change, action.post.parts)))
    return replace(plan, actions=(replace(action, post=post),))


def picture(width: int = 40, height: int = 30, form: str = "PNG") -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (width, height), "#336699").save(made, form)
    return made.getvalue()


EVIL = [
    "</p></article></section></main><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}",
    "<!-- <![CDATA[ ]]> --> <?php ?>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    'javascript:alert(1) https://x.com/"onclick=alert(1)',
    "https://acme.lv/</a><b>#tag</b>@me",
    "abc\u202edef\u2066\u200b\ufeff\x00\x1b[31m\ud800\U000e0041",
    "&lt;script&gt; &#60;script&#62; &amp;",
]


def large_page_saying(*said: str) -> str:
    """A page of so many posts that each is kept in a `noscript`, and says one of these."""
    plan, material = examples()
    action = saying(plan, lambda part: replace(part, text="x")).actions[0]
    actions = []
    for number in range(LARGE + 1):
        text = said[number % len(said)]
        (one,) = saying(plan, lambda part, t=text: replace(part, text=t, repost=None)).actions
        key = replace(action.key, nominal=f"2027-02-01.slot-{number}")
        problem = Problem(rule="any", message=text, help=text, place=Place(path=text))
        occurrence = replace(action.occurrence, key=key)
        actions.append(replace(one, occurrence=occurrence, because=text, problems=(problem,)))
    return plan_as_html(replace(plan, actions=tuple(actions)), material, everything=True)
