"""`runner terms`: writes the terms of a contest, for whoever takes part in it."""

from enum import StrEnum
from typing import Annotated

import typer

from runner.charter import charter_of
from runner.cli.context import CommandContext, here
from runner.cli.opened_project import inputs_of, only, open_project
from runner.models import Contest, MissingLocale
from runner.problems import BadFiles, BadUsage, joined
from runner.rules import contest_frozen
from runner.schedule import Clocks, announced_anchors
from runner.views.contest_terms import LANGUAGES, ContestTerms, terms_as_html, terms_as_markdown


class TermsFormat(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"


def command(
    contest: Annotated[str, typer.Argument(metavar="CONTEST", help="Its id.")],
    format: Annotated[
        TermsFormat, typer.Option("--format", help="Markdown, or a page of its own.")
    ] = TermsFormat.MARKDOWN,
    locale: Annotated[
        str | None,
        typer.Option(
            "--locale",
            metavar="LOCALE",
            help="lv, es, ru or en; by default that of the contest, or of its account.",
        ),
    ] = None,
) -> None:
    """Print the terms of a contest: who, how, when, the prize, the draw, and what is kept of whom.

    They are made of the contest's file, so that both say the same. Ask a lawyer before you publish
    them: what the law asks for besides, they don't know.
    """
    raise typer.Exit(print_terms(here(), contest, format, locale))


def print_terms(
    context: CommandContext, id: str, format: TermsFormat, locale: str | None = None
) -> int:
    """Prints the terms of a contest in a language. Raises BadUsage for what is no contest, and for
    a language that nobody has told us; BadFiles for a contest that can't be read."""
    terms, usual = _terms_of(context, id)
    wanted = locale or usual
    if wanted.partition("-")[0] not in LANGUAGES:
        raise BadUsage(
            f"there are no terms in `{wanted}`",
            help=f"name one of {joined(LANGUAGES)}: --locale en",
        )
    shown = terms_as_html if format is TermsFormat.HTML else terms_as_markdown
    try:
        context.say(shown(terms, wanted).removesuffix("\n"))
    except MissingLocale as missing:
        raise BadUsage(
            f"`{id}` is not written in `{missing.locale}`",
            help=f"write its prize and title in it, too, or name one of {joined(missing.written)}",
        ) from None
    return 0


def _terms_of(context: CommandContext, id: str) -> tuple[ContestTerms, str]:
    """What they tell, and the locale of the contest. Raises BadFiles and BadUsage."""
    inputs = only(inputs_of(open_project(context), context), accounts=(), campaigns=(id,))
    if not inputs.dated or not {"opens", "closes"} <= inputs.dated[0].anchors.keys():
        raise BadFiles(f"`{id}` can't be read", help="see what is wrong in it: runner validate")
    (dated,) = inputs.dated
    file, project = dated.source(), inputs.project
    contest = file.campaign if file else None
    if file is None or not isinstance(contest, Contest):
        raise BadUsage(f"`{id}` is no contest", help="name a contest")
    accounts = [project.accounts[name] for name in contest.on]
    charter = charter_of(id, contest, dated.anchors)
    given = (post.ignore.get(contest_frozen.id) for post in contest.posts.values())
    changes = tuple(reason for reason in given if reason)
    terms = ContestTerms(
        id=id,
        contest=contest,
        anchors=announced_anchors(file, project) or dated.anchors,
        handles=tuple(account.handle for account in accounts),
        clocks=Clocks.of(contest.on[0], contest, project),
        # what was changed is drawn by hand: the announcement carries the code of what it was before
        code=charter.code if charter and not changes else None,
        coverage=file.draw.coverage if file.draw else None,
        changes=changes,
    )
    if not terms.tells_time_to_claim:
        raise BadUsage(
            f"no terms can tell how long `claim-by: {contest.claim_by}` is",
            help="write days or hours after the draw: `claim-by: drawn + 7d`",
        )
    return terms, contest.locale or accounts[0].locale
