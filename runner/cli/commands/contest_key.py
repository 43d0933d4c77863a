"""`runner contest key`: makes a contest's key, keeps it, and names it in the contest's file."""

import os
import re
import secrets
from pathlib import Path
from typing import Final

from runner.cli.contests import contest_of
from runner.cli.context import CommandContext
from runner.cli.options import writing
from runner.cli.x_accounts import publisher_of
from runner.contest.tickets import KEY_BYTES, ContestKey, read_keys
from runner.models import Project
from runner.problems import BadFiles, BadUsage, Refused, Stop
from runner.publish import Release

_POSTS: Final = re.compile(r"^posts:", re.MULTILINE)
_X_ID: Final = re.compile(r"[1-9][0-9]{0,18}")
_DONE: Final = """\
{file} has the key {fingerprint} now, and the announcement will carry its code.
Keep {keys} where only you can read it: without it nothing can be drawn, and with it anyone can tell
who entered. Hand it to the workflows:
gh secret set RUNNER_ENTRIES_KEY --env x-{account} < {keys}"""


def give_key(context: CommandContext, id: str, keys: Path, user_id: str | None) -> int:
    """Makes a key, writes it into the file `keys`, and only then its fingerprint into the contest's
    file; the exit code. Raises BadUsage, BadFiles, Refused."""
    found = contest_of(context, id)
    if found.contest.key:
        raise BadUsage(
            f"`{id}` has a key already, {found.contest.key.fingerprint}",
            help="a contest keeps its key: what was announced with it could not be proven any more",
        )
    user_id = user_id or _user_id(context, found.project, found.account)
    if not _X_ID.fullmatch(user_id):
        raise BadUsage(f"`{user_id}` is no id of a user", help="it is a number: --user-id 12345678")
    _refuse_inside(context.root, keys)
    key = _kept_key(keys)
    line = f'key: {{fingerprint: {key.fingerprint}, user-id: "{user_id}"}}\n'
    _write_line(context, id, found.path, line, key.fingerprint)
    context.say(
        _DONE.format(file=found.path, fingerprint=key.fingerprint, keys=keys, account=found.account)
    )
    return 0


def _user_id(context: CommandContext, project: Project, account: str) -> str:
    """The account's user id, as X tells it. Raises Refused."""
    identity = publisher_of(account, project, context).identify()
    if isinstance(identity, Release):
        raise Refused(
            f"X does not say who `{account}` is: {identity.because}", help="name it: --user-id 123"
        )
    handle = project.accounts[account].handle
    if identity.handle.casefold() != handle.casefold():
        raise Refused(
            f"the credentials of `{account}` are those of @{identity.handle}, not of @{handle}",
            help="see whose they should be: runner doctor",
        )
    return identity.user_id


def _refuse_inside(root: Path, keys: Path) -> None:
    """Raises BadUsage for a file inside the project, where a commit would end the secret."""
    if keys.resolve().is_relative_to(root.resolve()):
        raise BadUsage(
            f"{keys} lies inside the project, where it may be committed",
            help="keep the keys elsewhere: --keys ~/contest-keys",
        )


def _kept_key(keys: Path) -> ContestKey:
    """A new key, written to stable storage beside the keys that the file holds already."""
    key = ContestKey(secrets.token_bytes(KEY_BYTES))
    with writing(str(keys)):
        before = keys.read_text() if keys.exists() else ""
        try:
            read_keys(before)
        except ValueError:
            raise BadUsage(f"{keys} is no file of keys", help="name another file") from None
        new = keys.with_name(f"{keys.name}.new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{each}\n" for each in (*before.split(), key.secret.hex()))
            file.flush()
            os.fsync(file.fileno())
        new.replace(keys)
    return key


def _write_line(context: CommandContext, id: str, path: str, line: str, fingerprint: str) -> None:
    """Writes the line above the posts, or at the end, and reads the file again: where that does not
    give the key, the file becomes what it was. Raises BadFiles then."""
    file = context.root / path
    before = file.read_bytes()
    text = before.decode()
    at = _POSTS.search(text)
    ended = text if text.endswith("\n") else f"{text}\n"
    with writing(path):
        file.write_bytes(
            (text[: at.start()] + line + text[at.start() :] if at else ended + line).encode()
        )
        try:
            key = contest_of(context, id).contest.key
        except Stop:  # as where the line has made something else of the file
            key = None
        if key is None or key.fingerprint != fingerprint:
            file.write_bytes(before)
            raise BadFiles(f"{path} could not be changed", help=f"write it there yourself: {line}")
