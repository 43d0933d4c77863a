"""The grammar of moments, and what examples of it come to."""

import inspect
from collections.abc import Mapping

import runner.when
from runner.models import KINDS
from runner.models.fields import described_fields
from runner.views.phrases import moment
from tests.docs.reference.markdown import anchored, code, table
from tests.docs.reference.specimen import ONE, OWN, PROJECT, SHARED, specimen

EXAMPLES: Mapping[str, str] = {
    "2027-02-01 10:00": "a date and a time of day",
    "2027-02-01 noon": "a date and a slot",
    "2027-10-31 03:30 +03:00": "of a time that the clocks show twice that night: the first",
    "launches": "an anchor",
    "launches + 2h": "two hours later, as a stopwatch counts them",
    "launches - 45m": "45 minutes earlier",
    "launches + 1d": "the next day, at the anchor's time of day",
    "launches - 3d 18:00": "three days earlier, at another time of day",
    "launches - 1w noon": "a week earlier, at a slot",
    "starts 10:00": "on the first day",
    "ends + 1d morning": "on the day after the last one",
    "offer-ends - 1d": "a day before the offer ends",
}
OF = {
    "launches": OWN["launch"]["launches"],
    "starts": SHARED["starts"],
    "ends": SHARED["ends"],
    "offer-ends": "2027-02-15 10:00",
}
ANCHORS: Mapping[str, str] = {
    "starts": "the campaign's first day or first moment",
    "ends": "its last day, inclusive",
    "offer-ends": "`until` of its `offer`",
    "redrawn": "it is public who wins in the place of one that was named; `redrawn-2` after "
    "another redraw, and so on; it stands there, too",
    "drawn": "the winners are public; it stands in the [result](campaigns.md#the-result-of-a-draw)",
    "launches": "the product can be bought",
}


def grammar() -> str:
    """As it stands in the docstring of the room that reads it."""
    text = inspect.cleandoc(runner.when.__doc__ or "")
    lines = (line.strip() for line in text.splitlines() if line.startswith("    "))
    return "\n".join(("```text", *lines, "```"))


def moments() -> str:
    """What examples come to, in a launch that is named with them."""
    posts = {f"post-{n}": {"at": at, "text": str(n)} for n, at in enumerate(EXAMPLES)}
    due = {each.key.post: each.due for each in specimen("launch", posts).table.all()}
    shown = (
        (code(at), means, moment(due[f"post-{n}"]))
        for n, (at, means) in enumerate(EXAMPLES.items())
    )
    campaign = ", ".join(code(f"{name}: {at}") for name, at in OF.items())
    slots = ", ".join(code(f"{name}: {at:%H:%M}") for name, at in PROJECT.slots.items())
    heads = ("moment", "means", "comes to")
    return f"Of a launch with {campaign}, where the slots are {slots}:\n\n{table(heads, shown)}"


def anchors() -> str:
    """The anchors of each kind."""
    own = {kind: specimen(kind, ONE).file.campaign.own_anchors for kind in KINDS}
    shared = [name for name in ANCHORS if not any(name in each for each in own.values())]
    rows = [(name, "all") for name in shared]
    rows += [(name, kind) for kind, each in own.items() for name in each]
    return table(
        ("anchor", "is the moment when", "kinds"),
        (
            (anchored(f"anchor-{name}", code(name)), _meaning(name, kind), kind)
            for name, kind in rows
        ),
    )


def _meaning(anchor: str, kind: str) -> str:
    """What happens then; of a kind's own anchor as its model says it."""
    if anchor in ANCHORS:
        return ANCHORS[anchor]
    described = described_fields(KINDS[kind])[anchor.replace("-", "_")].description or ""
    return described.removeprefix("When ").removesuffix(".")
