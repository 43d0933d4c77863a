"""A person who says what became of what is in doubt: the truth, or that nothing of it is out."""

from collections.abc import Callable
from datetime import datetime

from runner.ledger import Facts, Need, Record, Standing
from runner.problems import BadUsage, Refused
from runner.publish.ports import Ledger, Raced
from runner.publish.resolution import Resolution
from runner.publish.resolution_target import GivenLink, ResolutionTarget
from tests.simulation.drafts import HANDLES
from tests.simulation.model_x import ModelX
from tests.simulation.process import Process

Look = Callable[[ResolutionTarget, Facts], None]


def resolve(person: Process, ledger: Ledger, x: ModelX, need: Need) -> None:
    """Looks at X itself, as a person does, and settles all that a run left open."""
    _settle(person, ledger, need, lambda each, facts: _said(person, each, facts, x))


def resolve_wrongly(person: Process, ledger: Ledger, look: Look, need: Need) -> None:
    """Says of all that it is not out; `look` is what the runner does before it believes that."""
    _settle(person, ledger, need, lambda each, facts: _denied(person, each, facts, look))


def _settle(
    person: Process, ledger: Ledger, need: Need, said: Callable[[Standing, Facts], Record]
) -> None:
    facts = ledger.read(need)
    for standing in facts.unsettled:
        record = said(standing, facts)
        if record != Record():
            try:
                ledger.claim(record)
            except Raced:
                return
            facts = ledger.read(need)


def _denied(person: Process, standing: Standing, facts: Facts, look: Look) -> Record:
    matter = ResolutionTarget(
        key=standing.key, standing=standing, handle=HANDLES[standing.key.account]
    )
    word = Resolution(by="bob", because="I did not look", at=person.now(), run=person.name)
    try:
        record = word.not_posted_record(matter, by_timeline=True)
        look(matter, facts)
    except (BadUsage, Refused) as refused:
        person.tell(f"{person.name} is refused: {refused.message}")
        return Record()
    return record


def _said(person: Process, standing: Standing, facts: Facts, x: ModelX) -> Record:
    handle = HANDLES[standing.key.account]
    matter = ResolutionTarget(key=standing.key, standing=standing, handle=handle)
    word = Resolution(by="ann", because="I looked", at=person.now(), run=person.name)
    shown = _shown(matter, x)
    try:
        if shown is None:
            return word.not_posted_record(matter, by_timeline=False)
        id, at = shown
        return word.posted_record(
            matter, GivenLink(handle=handle, id=matter.shares or id, at=at), facts
        )
    except BadUsage as refused:
        person.tell(f"{person.name} is refused: {refused.message}")
        return Record()


def _shown(matter: ResolutionTarget, x: ModelX) -> tuple[str, datetime] | None:
    tag = (str(matter.key), matter.part)
    return next(((post.id, post.at) for post in x.posts if post.shown and post.tag == tag), None)
