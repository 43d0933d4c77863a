"""The commands, by name. Each has a file of its own, and imports what it needs when it runs."""

from typing import Annotated

import typer

from runner import __version__
from runner.cli.commands import (
    accounts,
    comment,
    demo,
    doctor,
    hold,
    ledger,
    new,
    post,
    preview,
    resolve,
    sandbox,
    schema,
    status,
    validate,
    watch,
)

app = typer.Typer(
    name="runner",
    help="Campaigns as code for X: declared in YAML, reviewed in a pull request, published once, "
    "on time.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("validate")(validate.command)
app.command("preview")(preview.command)
app.command("post")(post.command)
app.command("status")(status.command)
app.command("accounts")(accounts.command)
app.command("comment")(comment.command)
app.command("resolve")(resolve.command)
app.command("hold")(hold.command)
app.command("release")(hold.release_command)
app.command("ledger")(ledger.command)
app.command("new")(new.command)
app.command("schema")(schema.command)
app.command("sandbox")(sandbox.command)
app.command("doctor")(doctor.command)
app.command("watch")(watch.command)
app.command("demo", hidden=True)(demo.command)


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
