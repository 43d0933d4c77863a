"""The form of decide.yml, filled in: which fields each decision needs, and which it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from runner.problems import BadUsage, joined, suggest


class Decision(StrEnum):
    """What the form offers, in its words."""

    HOLD = "hold"
    RELEASE = "release"
    POSTED = "posted"
    NOT_POSTED = "not posted"
    NOT_POSTED_UNSEEN = "not posted, without looking"
    SKIP = "skip"


LABELS: Final = {"post": "Post", "link": "Link", "account": "Account", "campaign": "Campaign"}
"""What a field is called on the form."""
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
_HELP: Final = {
    "post": "fill in its name, as the run's summary and `runner status` have it: shop/tips/hello",
    "link": "open the post on X, and copy its link: https://x.com/name/status/1234567890",
    "account": "fill in the post's account, as whom X is asked: of shop/tips/hello it is shop",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """The fields of the form. One that was left empty is None."""

    decision: Decision
    because: str
    post: str | None = None
    link: str | None = None
    account: str | None = None
    campaign: str | None = None

    @classmethod
    def read(cls, filled: Mapping[str, str]) -> "DecisionForm":
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
            if value is not None and self.decision not in _takers(name):
                raise BadUsage(
                    f"{label} is `{value}`, and `{self.decision}` takes none",
                    help=f"leave {label} empty, or choose {joined(_takers(name), 'or')}",
                )
        if not self.because:
            raise BadUsage("the ledger has to know why", help="fill in Why")


def _takers(name: str) -> tuple[Decision, ...]:
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
