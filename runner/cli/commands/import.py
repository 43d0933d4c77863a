"""`runner import`: takes in numbers that X exports for people alone, and the orders of a shop."""  # noqa: N999 - the command has this name

from pathlib import Path
from typing import Annotated

import typer

from runner.cli.commands.import_file import import_file
from runner.cli.context import here
from runner.measure.imports import ExportKind
from runner.measure.numbers import DecimalMark


def command(
    what: Annotated[
        ExportKind,
        typer.Argument(
            help="`x-analytics`: the posts of an account, or its days, as X exports them. "
            "`orders`: those of Google Analytics 4, Shopify or WooCommerce, by day and "
            "utm_campaign."
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV as it was exported.")],
    decimal: Annotated[
        DecimalMark | None,
        typer.Option("--decimal", help="What stands before decimals, where it is not clear."),
    ] = None,
) -> None:
    """Import what X's own export, or a shop's, says of posts. Keeps no names, and no words.

    Of a file that was imported already, or overlaps with one, only what is new counts. Orders are
    kept as numbers by day, campaign and post. What is kept stands beside the ledger: where that is
    on branches, it is pushed to a branch of the remote at once.
    """
    raise typer.Exit(import_file(here(), what, file, mark=decimal))
