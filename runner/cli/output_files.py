"""What a command writes into a file that a person named."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path

from runner.cli.context import CommandContext
from runner.problems import BadUsage


def deliver(text: str, output: Path | None, context: CommandContext) -> None:
    """Writes to the file, or to standard output. Raises BadUsage where the file can't take it."""
    if output is None:
        context.say(text)
        return
    with writing(str(output)):
        output.write_bytes(context.confidential.without_secrets(text).encode())
    context.tell(f"wrote {output}")


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Guards the writing of a file. Raises BadUsage where the file of this name can't be
    written."""
    try:
        yield
    except OSError as error:
        full = error.errno in (ENOSPC, EDQUOT)
        raise BadUsage(
            f"`{name}` can't be written: {(error.strerror or str(error)).lower()}",
            help="make room on that disk" if full else "name a file in a folder that is there",
        ) from None
