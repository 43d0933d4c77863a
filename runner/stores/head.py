"""The head of an account's ledger: what its newest record says beside the lines of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from runner.ledger import Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`accounted`: up to when the account is accounted for; None before that was ever said.
    `project`: how many lines the project's own ledger had then, or more that were lost.
    `repository`: of the project's own head, whose ledger it is."""

    accounted: datetime | None = None
    project: int = 0
    repository: str | None = None
    purse: Purse = field(default_factory=Purse)


NEW: Final = Head()


def accounted_by(heads: Mapping[str, Head]) -> dict[str, datetime]:
    """The instant up to which each of these accounts is accounted for."""
    return {name: head.accounted for name, head in heads.items() if head.accounted}
