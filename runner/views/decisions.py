"""How a person decides without a terminal: what to fill in on the form of decide.yml."""

from runner.ledger import Key


def to_fill_in(key: Key, *, whether_out: bool) -> str:
    """What settles what is asked of a post: whether it is out; else only that nothing more of it
    goes out, since all else is mended in the files."""
    choice = "`skip`, if nothing of it is to go out any more"
    if whether_out:
        choice = f"`posted` (with its Link), `not posted` (with Account `{key.account}`) or `skip`"
    return f"Decision {choice}; Post `{key}`"
