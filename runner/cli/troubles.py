"""Telling what stops a command, or one of its accounts while the others go on, here and in the
summary of the job."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from runner.bugs import TO_DO
from runner.cli.context import CommandContext
from runner.cli.github_job import summarise
from runner.plan import PlanInputs
from runner.problems import Refused, Stop
from runner.reading import OUT_OF_BUDGET, BadReadings, FilesRaced, NotRead
from runner.views.markdown.escaping import plain
from runner.views.markdown.outcome import stop_as_markdown
from runner.x.auth import presence


@contextmanager
def stop_summarised(context: CommandContext) -> Iterator[None]:
    """What stops a run stands in the summary, too."""
    try:
        yield
    except Stop as stop:
        summarise(context, stop_as_markdown(stop))
        raise
    except Exception:
        summarise(context, stop_as_markdown(Stop("a bug in runner", help=TO_DO)))
        raise


def each_account(
    context: CommandContext,
    inputs: PlanInputs,
    read: Callable[[str], int],
    *,
    is_new: Callable[[str], bool] | None,
    raced: str,
    unreadable: Callable[[str, BadReadings], Stop],
) -> int:
    """The greatest exit code of `read` for the accounts, one after the other; what stops one stops
    no other. Those without credentials that `is_new` are passed over. `raced` is told where another
    run was first, and `unreadable` is why what was kept can't be read."""
    alone = len(inputs.accounts) == 1

    def code_of(account: str) -> int:
        try:
            if is_new and is_new(account) and _has_none(context, account, alone=alone):
                return 0
            return read(account)
        except FilesRaced:
            context.tell(f"{account}: {raced}.")
            return 0
        except BadReadings as bad:
            return _account_stopped(context, account, unreadable(account, bad))
        except Stop as stop:
            return _account_stopped(context, account, stop)

    return max(code_of(each) for each in inputs.project.accounts if each in inputs.accounts)


def _has_none(context: CommandContext, account: str, *, alone: bool) -> bool:
    """Whether it has no credentials at all, and says so; part of them is a mistake."""
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


def _account_stopped(context: CommandContext, account: str, stop: Stop) -> int:
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
