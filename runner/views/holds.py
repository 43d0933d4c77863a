"""What a person has stopped, and how to decide without a terminal, in words."""

from runner.ledger import Hold, Key
from runner.views.phrases import moment
from runner.views.safe_text import unhidden

What = tuple[str, str | None]


def hold_as_text(hold: Hold) -> str:
    """One line: what is on hold, since when, who says so and why."""
    said = f"by {hold.by}: {hold.because}"
    return f"{_name_of(hold.what)} is on hold since {moment(hold.at)}, {unhidden(said)}"


def stops(hold: Hold) -> str:
    """What a hold that was just written means."""
    options = f" --{hold.level} {hold.name}" if hold.name else ""
    return (
        "Nothing of it goes out until `runner release"
        f"{options}`, save for a post that a run is sending right now.\n"
        "What is due meanwhile is missed once its grace is over."
    )


def released_as_text(what: What, hold: Hold | None, others: tuple[Hold, ...]) -> str:
    """What `runner release` did, and what still holds something back; `hold` is None when there was
    none to end."""
    if hold:
        said = (
            f"{_name_of(what)} is no longer on hold; it was since {moment(hold.at)}, by {hold.by}."
        )
        lines = [said, "What is due and within its grace goes out with the next run."]
    else:
        lines = [f"`runner hold` does not hold {_name_of(what)}, so nothing has changed."]
        lines += ["A `hold: true` in the files ends when it is taken out of them."]
    return "\n".join([*lines, *(f"Still: {hold_as_text(other)}." for other in others)])


def _name_of(what: What) -> str:
    level, name = what
    return f"{level} `{name}`" if name else "the project"


def to_fill_in(key: Key, *, whether_out: bool) -> str:
    """What to fill in on the form of decide.yml: what settles whether a post is out; else only that
    nothing more of it goes out, since all else is mended in the files."""
    choice = "`skip`, if nothing of it is to go out any more"
    if whether_out:
        choice = f"`posted` (with its Link), `not posted` (with Account `{key.account}`) or `skip`"
    return f"Decision {choice}; Post `{key}`"
