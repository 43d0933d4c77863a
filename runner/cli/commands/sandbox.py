"""`runner sandbox`: runs a local X to try things out on."""

from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from runner.cli.context import CommandContext, here
from runner.cli.machine import how_to_install
from runner.cli.opened_project import inputs_of, open_project
from runner.models import Project
from runner.problems import BadUsage

if TYPE_CHECKING:  # an extra, which says how to install it where it is not
    from runner.local_x import LocalAccount


def command(
    port: Annotated[int, typer.Option("--port", help="Where it listens, on 127.0.0.1.")] = 8280,
    forget: Annotated[
        bool, typer.Option("--forget", help="Keep nothing; else it remembers in .runner/sandbox.")
    ] = False,
) -> None:
    """Run a local X with the accounts of runner.yaml, and its timeline as a web page."""
    raise typer.Exit(sandbox(here(), port=port, forget=forget))


def sandbox(context: CommandContext, *, port: int, forget: bool) -> int:
    """Runs until interrupted."""
    inputs = inputs_of(open_project(context), context)
    local_x = sandbox_module()
    accounts = local_accounts(inputs.project)
    folder = None if forget else context.root / ".runner" / "sandbox"

    def ready(url: str) -> None:
        context.say(f"The local X is at {url} (Ctrl-C ends it). In another terminal:\n")
        context.say(f"export X_API_URL={url}")
        for account in accounts:
            for name, value in local_x.environment(account, alone=len(accounts) == 1).items():
                # worth nothing on X, whoever reads them
                context.say(f"export {name}={value}", openly=True)
        context.say("runner post")

    try:
        local_x.serve(accounts, clock=context.clock.now, port=port, folder=folder, ready=ready)
    except OSError as error:
        raise BadUsage(
            f"port {port} can't be used: {error.strerror or error}",
            help="choose another: --port 8281",
        ) from None
    return 0


def local_accounts(project: Project) -> "tuple[LocalAccount, ...]":
    """The project's accounts, as the local X knows them. Raises BadUsage without its extra."""
    local_x = sandbox_module()
    return tuple(
        local_x.LocalAccount.of(
            name,
            account.handle,
            premium=account.premium,
            enterprise=account.tier == "enterprise",
            timezone=str(project.zone_of(name)),
        )
        for name, account in project.accounts.items()
    )


def sandbox_module() -> ModuleType:
    """The room of the local X. Raises BadUsage where its extra is not installed."""
    try:
        import runner.local_x as local_x
    except ImportError:
        raise BadUsage("the sandbox is not installed", help=how_to_install("sandbox")) from None
    return local_x
