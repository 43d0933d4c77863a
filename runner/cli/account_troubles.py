"""What keeps a command from one account of several, and stops no other."""

from runner.cli.context import CommandContext
from runner.cli.github_job import summarise
from runner.problems import Stop
from runner.views.markdown.escaping import plain


def account_stopped(context: CommandContext, account: str, stop: Stop) -> int:
    """Tells it; the exit code of that account."""
    tell_of(context, account, stop.message, stop.help)
    return stop.exit_code


def tell_of(context: CommandContext, account: str, said: str, help: str | None) -> None:
    """Says it of an account, in the summary, too."""
    context.tell(f"{account}: {said}")
    if help:
        context.tell(f"  = help: {help}")
    todo = f": {help}" if help else ""
    summarise(context, f"- {plain(f'{account}: {said}{todo}')}\n")
