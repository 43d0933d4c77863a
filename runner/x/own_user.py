"""Whose credentials read X: nobody else's timeline is taken for an account's own."""

from runner.publish.ports import Identity, Release
from runner.reading import NotRead
from runner.x.call import ApiReply, Silence
from runner.x.publisher import identity_in


def own_user(told: ApiReply | Silence, handle: str, known: str | None) -> Identity | NotRead:
    """The user of an answer to GET /2/users/me, where it is the account of this handle; `known` is
    its user's id, where the ledger tells."""
    me = identity_in(told)
    if isinstance(me, Release):
        return NotRead(because=me.because, help=me.help, again_at=me.retry_at)
    if me.handle.casefold() != handle.casefold():
        return NotRead(
            because=f"the credentials belong to @{me.handle}, not to @{handle}",
            help="give the account its own credentials, or mend its handle in runner.yaml",
        )
    if known not in (None, me.user_id):
        return NotRead(
            because=f"@{me.handle} is another user than the one whose posts the ledger holds",
            help="if the handle was given to a new user on purpose: runner ledger adopt",
        )
    return me
