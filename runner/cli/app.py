"""The command line. What it lists is known here; a command's module is imported when it is called.

So that no command waits for the libraries of another, and each imports its own at its top.
"""

import gc
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from runner import __version__
from runner.cli.machine import how_to_install
from runner.problems import BadUsage
from runner.system import collector_paused

COMMANDS: Final = {
    "validate": "Check all files: what is written, when, and what X would say of it.",
    "preview": "Show exactly what will be published, when, and at what cost. Publishes nothing.",
    "post": "Publish everything that is due and within its grace, once, and record it.",
    "status": "Show what went out, what is next, what it cost, and what needs a person.",
    "accounts": "Name the accounts of runner.yaml. Sees no credentials, and asks X nothing.",
    "comment": "Write a comment on the pull request that this workflow runs for, or edit the one "
    "there is.",
    "resolve": "Say what became of a post that needs a person. Sends nothing.",
    "hold": "Stop publishing until `runner release`: everything, an account, or a campaign.",
    "release": "Let publishing go on that `runner hold` has stopped.",
    "decide": "Hold, release or resolve, as a person has filled in the form of decide.yml. Sends "
    "nothing.",
    "report": "Show what worked, what it cost, and whether goals were met. Asks X nothing.",
    "ledger": "Show the ledger, move it from one store to the other, or take it over. Sends "
    "nothing.",
    "terms": "Print the terms of a contest: who, how, when, the prize, the draw, and what is kept "
    "of whom.",
    "contest": "Give a contest a key, and publish its list of entries. Sends nothing.",
    "collect": "Collect the entries of contests with a key. Sends nothing, and names nobody.",
    "measure": "Measure our own posts at 48 hours, 7 days and 28 days. Sends nothing.",
    "inbox": "Read what others say to us, and tell what waits for an answer. Sends nothing.",
    "answer": "Carry out a comment on the issue of a conversation: show an answer, send it, skip, "
    "or hide.",
    "import": "Import what X's own export, or a shop's, says of posts. Keeps no names, and no "
    "words.",
    "draw": "Draw the winners of a contest with a key, and write its results. Sends nothing.",
    "redraw": "Let the next in order win in the place of a winner, and write the results. Sends "
    "nothing.",
    "verify": "Check from what is public whether the draw of a contest was steered. Needs no "
    "credentials.",
    "prove": "Tell whoever asks in a post where their entry stands on the list. Sends nothing.",
    "forget": "Forget who entered a contest: a person who asks for it, or all once `keep` is over.",
    "new": "Write a commented campaign into campaigns/NAME.yaml, and runner.yaml where there is "
    "none.",
    "schema": "Write the schemas of campaigns and of runner.yaml into schemas/, for editors.",
    "sandbox": "Run a local X with the accounts of runner.yaml, and its timeline as a web page.",
    "doctor": "Check the files, the zones, the ledger, and each account's credentials and clock.",
    "watch": "Fail when a workflow has not succeeded for too long. For a workflow of its own, "
    "watch.yml.",
    "demo": "Run the example campaigns through a simulated fortnight against a local X.",
}
"""Each command's module in `commands/`, in the order of the list, with the first paragraph of its
help."""
EXTRAS: Final = {
    "cryptography": "contest",
    "py_arkworks_bls12381": "contest",
    "drawsvg": "report",
    "numpy": "report",
    "scipy": "report",
}
"""Libraries that are not installed with the rest, and the extra that each comes with."""
UNLISTED: Final = frozenset({"demo"})


class LazyGroup(TyperGroup):
    """Lists the commands without their modules, and imports that of the one that is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, help in COMMANDS.items():
            self.add_command(TyperCommand(name, help=help, hidden=name in UNLISTED))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, listed, rest = super().resolve_command(ctx, args)
        return name, load(name) if name in COMMANDS else listed, rest


def load(name: str) -> TyperCommand:
    """The command with its options, made of the function `command` in its module. Raises BadUsage
    where the extra that it needs is not installed."""
    try:
        with collector_paused():
            module = import_module(f"runner.cli.commands.{name}")
        gc.freeze()  # what is loaded stays, so that nobody has to look whether it is garbage
    except ModuleNotFoundError as missing:
        extra = EXTRAS.get((missing.name or "").partition(".")[0])
        if extra is None:
            raise
        raise BadUsage(
            f"`{name}` needs more than is installed",
            help=how_to_install(extra),
        ) from None
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name)(module.command)
    command = get_command(alone)
    assert isinstance(command, TyperCommand)  # noqa: S101 — no group, since it has no commands
    return command


app = typer.Typer(
    name="runner",
    cls=LazyGroup,
    help="Campaigns as code for X: declared in YAML, reviewed in a pull request, published once, "
    "on time.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"runner {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    pass
