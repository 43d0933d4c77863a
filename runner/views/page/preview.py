"""The preview's page. It loads nothing, and its policy lets nothing run but its own script."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256

from runner.plan import Plan
from runner.problems import Problem, Source
from runner.project import Project
from runner.views.page.calendar import Day, days, months, weeks
from runner.views.page.faces import Face, faces
from runner.views.page.pictures import Album, Read
from runner.views.page.sheets import Sheet, Trouble, sheets, shown_of, troubles_of
from runner.views.page.sums import Sums, sums_of
from runner.views.page.templates import environment, own, style
from runner.views.phrases import count, moment

MOST_POSTS = 300
"""How many posts are shown, unless all are asked for: of the text of a page a browser takes about
two megabytes at once on a phone."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the page is made of beside the plan. `problems` are those of the files."""

    project: Project
    read: Read
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the template shows."""

    made: str
    sums: Sums
    faces: tuple[Face, ...]
    campaigns: tuple[str, ...]
    days: tuple[Day, ...]
    troubles: tuple[Trouble, ...]
    undated: tuple[str, ...]
    left_out: str | None
    pictures_left_out: str | None


def plan_as_html(plan: Plan, material: Material, *, everything: bool = False) -> str:
    """The page. The same plan and files give the same page, byte for byte."""
    page = _page(plan, material, most=None if everything else MOST_POSTS)
    css, script = style("preview.css"), own("preview.js")
    return (
        environment()
        .get_template("preview.html")
        .render(
            page=page,
            months=months(page.days),
            weeks=weeks(page.days),
            css=css,
            script=script,
            policy=_policy(str(css), str(script)),
        )
    )


def _page(plan: Plan, material: Material, *, most: int | None) -> Page:
    troubles = troubles_of(material.problems, material.sources)
    album = Album(material.read)
    shown = shown_of(plan, most=most)
    made = sheets(
        shown,
        faces=faces(material.project),
        album=album,
        troubles=troubles,
        sources=material.sources,
    )
    here = plan.now.astimezone(material.project.timezone)
    return Page(
        made=f"{moment(here)} · {here.astimezone(UTC):%H:%M} UTC",
        sums=sums_of(plan, troubles),
        faces=_faces(made),
        campaigns=tuple(sorted({sheet.campaign for sheet in made})),
        days=days(made),
        troubles=troubles,
        undated=tuple(f"{key} waits for {anchor}" for key, anchor in sorted(plan.waiting.items())),
        left_out=_left_out(plan, len(shown)),
        pictures_left_out=_pictures_left_out(album),
    )


def _faces(made: tuple[Sheet, ...]) -> tuple[Face, ...]:
    """The accounts that have something to say, in runner.yaml's order."""
    found = {sheet.face for sheet in made}
    return tuple(sorted(found, key=lambda face: (face.hue, face.account)))


def _left_out(plan: Plan, shown: int) -> str | None:
    more = len(plan.actions) - shown
    if not more:
        return None
    last = moment(plan.actions[-1].occurrence.due)
    return f"{count(more, 'post')} further away, the last {last}, not shown here: ask with --all"


def _pictures_left_out(album: Album) -> str | None:
    if not album.left_out:
        return None
    return f"{count(album.left_out, 'picture')} left out to keep this file small"


def _policy(*inline: str) -> str:
    """Only this style and this script, named by what is in them
    (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    style_hash, script_hash = (
        f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline
    )
    return (
        f"default-src 'none'; style-src {style_hash}; script-src {script_hash}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
