"""A person who says what became of what is in doubt, and says the truth."""

from datetime import datetime

from runner.ledger import Facts, Need, Record, Standing
from runner.problems import BadUsage
from runner.publish.ports import Ledger, Raced
from runner.publish.resolution import Resolution
from runner.publish.resolution_target import GivenLink, ResolutionTarget
from tests.simulation.drafts import HANDLES
from tests.simulation.model_x import ModelX
from tests.simulation.process import Process


def resolve(person: Process, ledger: Ledger, x: ModelX, need: Need) -> None:
    """Looks at X itself, as a person does, and settles all that a run left open."""
    facts = ledger.read(need)
    for standing in facts.unsettled:
        record = _said(person, standing, facts, x)
        if record != Record():
            try:
                ledger.claim(record)
            except Raced:
                return
            facts = ledger.read(need)


def _said(person: Process, standing: Standing, facts: Facts, x: ModelX) -> Record:
    handle = HANDLES[standing.key.account]
    matter = ResolutionTarget(key=standing.key, standing=standing, handle=handle)
    word = Resolution(by="ann", because="I looked", at=person.now(), run=person.name)
    shown = _shown(matter, x)
    try:
        if shown is None:
            return word.not_posted(matter)
        id, at = shown
        return word.posted(matter, GivenLink(handle=handle, id=matter.shares or id, at=at), facts)
    except BadUsage as refused:
        person.tell(f"{person.name} is refused: {refused.message}")
        return Record()


def _shown(matter: ResolutionTarget, x: ModelX) -> tuple[str, datetime] | None:
    tag = (str(matter.key), matter.part)
    return next(((post.id, post.at) for post in x.posts if post.shown and post.tag == tag), None)
