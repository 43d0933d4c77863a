"""What keeps a command from one account of several, and stops no other."""

from collections.abc import Callable

from runner.cli.context import CommandContext
from runner.cli.github_job import summarise
from runner.kept_files import BadReadings, FilesRaced
from runner.problems import Refused, Stop
from runner.reading import OUT_OF_BUDGET, NotRead
from runner.views.markdown.escaping import plain
from runner.x.auth import presence


def contained_account(
    context: CommandContext,
    account: str,
    read: Callable[[str], int],
    *,
    raced: str,
    unreadable: Callable[[str, BadReadings], Stop],
) -> int:
    """The exit code of `read` for one account; what stops one stops no other. `raced` is told where
    another run was first, and `unreadable` is why what was kept can't be read."""
    try:
        return read(account)
    except FilesRaced:
        context.tell(f"{account}: {raced}.")
        return 0
    except BadReadings as bad:
        return account_stopped(context, account, unreadable(account, bad))
    except Stop as stop:
        return account_stopped(context, account, stop)


def no_credentials(context: CommandContext, account: str, *, alone: bool) -> bool:
    """Whether it has none at all, as long as nobody has set it up; part of them is a mistake. Says
    so."""
    if presence(account, context.environ, only_account=alone).present:
        return False
    put = f"put its four secrets into the environment x-{account}, and it begins"
    tell_of(context, account, "it has no credentials, and nothing is read as it", put)
    return True


def account_unread(context: CommandContext, who: str, why: NotRead) -> int:
    """Tells what keeps X from being read to the end; returns the exit code."""
    help = why.help or "run it again: nothing is lost"
    tell_of(context, who, f"X could not be read: {why.because}", help)
    return 3 if why is OUT_OF_BUDGET else Refused.exit_code


def account_stopped(context: CommandContext, account: str, stop: Stop) -> int:
    """Tells why the account is passed over; returns its exit code."""
    tell_of(context, account, stop.message, stop.help)
    return stop.exit_code


def tell_of(context: CommandContext, account: str, said: str, help: str | None) -> None:
    """Tells something of an account, here and in the summary of the job."""
    context.tell(f"{account}: {said}")
    if help:
        context.tell(f"  = help: {help}")
    todo = f": {help}" if help else ""
    summarise(context, f"- {plain(f'{account}: {said}{todo}')}\n")
