"""`runner schema`: writes JSON Schema for editors."""

from typing import Annotated

import typer

from runner.cli.context import CommandContext, here
from runner.cli.options import writing
from runner.views.json.schema import schemas


def command(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 when one is stale.")
    ] = False,
) -> None:
    """Write the schemas of campaigns and of runner.yaml into schemas/, for editors."""
    raise typer.Exit(schema(here(), check=check))


def schema(context: CommandContext, *, check: bool = False) -> int:
    """Writes what has changed; with `check` only tells."""
    folder = context.root / "schemas"
    stale = {
        name: text
        for name, text in schemas().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    }
    if check:
        for name in stale:
            context.tell(f"schemas/{name} is stale: run `runner schema`")
        return 1 if stale else 0
    for name, text in stale.items():
        with writing(f"schemas/{name}"):
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        context.say(f"wrote schemas/{name}")
    if not stale:
        context.say("the schemas are up to date")
    return 0
