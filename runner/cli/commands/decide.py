"""`runner decide`: does what somebody has filled in on the form of decide.yml, which says of each
decision which fields it needs, and which it takes."""

import io
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final

import typer

from runner.cli.commands.hold import hold
from runner.cli.commands.hold_scope import Scope
from runner.cli.commands.release import release
from runner.cli.commands.resolve import ResolveOptions, resolve
from runner.cli.context import CommandContext, here
from runner.cli.github_job import summarise
from runner.cli.troubles import stop_summarised
from runner.problems import BadUsage, joined, suggest
from runner.value import Value, replace
from runner.views.markdown.outcome import decision_as_markdown

LABELS: Final = {"post": "Post", "link": "Link", "account": "Account", "campaign": "Campaign"}
"""What a field is called on the form."""
_HELP: Final = {
    "post": "fill in its name, as the run's summary and `runner status` have it: shop/tips/hello",
    "link": "open the post on X, and copy its link: https://x.com/name/status/1234567890",
    "account": "fill in the post's account, as whom X is asked: of shop/tips/hello it is shop",
}


class Decision(StrEnum):
    """What the form offers, in its words."""

    HOLD = "hold"
    RELEASE = "release"
    POSTED = "posted"
    NOT_POSTED = "not posted"
    NOT_POSTED_UNSEEN = "not posted, without looking"
    SKIP = "skip"


_NEEDED: Final = {
    Decision.HOLD: (),
    Decision.RELEASE: (),
    Decision.POSTED: ("post", "link"),
    # the job needs the account's credentials, and finds them by its name
    Decision.NOT_POSTED: ("post", "account"),
    Decision.NOT_POSTED_UNSEEN: ("post",),
    Decision.SKIP: ("post",),
}
_SCOPES: Final = (Decision.HOLD, Decision.RELEASE)


class DecisionForm(Value, kw_only=True):
    """The fields of the form. One that was left empty is None."""

    decision: Decision
    because: str
    post: str | None = None
    link: str | None = None
    account: str | None = None
    campaign: str | None = None

    @classmethod
    def parse(cls, filled: Mapping[str, str]) -> "DecisionForm":
        """The form, with each field on one line. Raises BadUsage where one is missing, or one too
        many."""
        lines = {name: " ".join(text.split()) for name, text in filled.items()}
        decision, because = _decision(lines.pop("decision")), lines.pop("because")
        given = {name: text for name, text in lines.items() if text}
        form = cls(decision=decision, because=because, **given)
        form._refuse_misfits()
        return form

    def _refuse_misfits(self) -> None:
        for name, label in LABELS.items():
            value = getattr(self, name)
            if value is None and name in _NEEDED[self.decision]:
                raise BadUsage(f"`{self.decision}` needs {label}", help=_HELP[name])
            if value is not None and self.decision not in _decisions_taking(name):
                raise BadUsage(
                    f"{label} is `{value}`, and `{self.decision}` takes none",
                    help=f"leave {label} empty, or choose {joined(_decisions_taking(name), 'or')}",
                )
        if not self.because:
            raise BadUsage("the ledger has to know why", help="fill in Why")


def _decisions_taking(name: str) -> tuple[Decision, ...]:
    """The decisions that a field may be filled in for: an account narrows each of them."""
    return tuple(
        decision
        for decision in Decision
        if name in _NEEDED[decision]
        or name == "account"
        or (name == "campaign" and decision in _SCOPES)
    )


def _decision(text: str) -> Decision:
    try:
        return Decision(text)
    except ValueError:
        raise BadUsage(
            f"`{text}` is no decision" if text else "the form says no decision",
            help=suggest(text, Decision) or f"choose {joined(Decision, 'or')}",
        ) from None


def command(
    decision: Annotated[str, typer.Option("--decision", help="What the form offers.")] = "",
    post: Annotated[str, typer.Option("--post", help="Which post it is about.")] = "",
    link: Annotated[str, typer.Option("--link", metavar="URL", help="Its link on X.")] = "",
    account: Annotated[str, typer.Option("--account", help="On which account.")] = "",
    campaign: Annotated[str, typer.Option("--campaign", help="Of which campaign.")] = "",
    because: Annotated[str, typer.Option("--because", help="Why.")] = "",
) -> None:
    """Hold, release or resolve, as a person has filled in the form of decide.yml. Sends nothing.

    For that workflow: what is empty was left out.
    """
    filled = {
        "decision": decision,
        "post": post,
        "link": link,
        "account": account,
        "campaign": campaign,
        "because": because,
    }
    raise typer.Exit(decide(here(), filled))


def decide(context: CommandContext, filled: Mapping[str, str]) -> int:
    """What the command says that it comes to, here and in the job's summary. Raises Stop."""
    said = io.StringIO()
    with stop_summarised(context):
        code = _carried_out(DecisionForm.parse(filled), replace(context, out=said))
    context.say(said.getvalue())
    summarise(context, decision_as_markdown(said.getvalue()))
    return code


def _carried_out(form: DecisionForm, context: CommandContext) -> int:
    match form.decision:
        case Decision.HOLD | Decision.RELEASE as which:
            act = hold if which is Decision.HOLD else release
            scope = Scope(account=form.account, campaign=form.campaign)
            return act(context, scope, because=form.because)
        case _:
            return resolve(context, _resolution(form))


def _resolution(form: DecisionForm) -> ResolveOptions:
    unseen = form.decision is Decision.NOT_POSTED_UNSEEN
    return ResolveOptions(
        name=form.post or "",
        because=form.because,
        posted=form.link,
        not_posted=unseen or form.decision is Decision.NOT_POSTED,
        without_looking=unseen,
        skip=form.decision is Decision.SKIP,
        account=form.account,
    )
