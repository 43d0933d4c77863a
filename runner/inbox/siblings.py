"""Our other accounts, as far as one of ours has to know what was said to them."""

from collections.abc import Callable
from dataclasses import dataclass

from runner.inbox.account_inbox import AccountInbox
from runner.inbox.conversations import Conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Siblings:
    """The other accounts of ours, seen from one of them; by default it has none."""

    helper: str | None = None
    """The one that answers for this account, whoever was named."""
    before: frozenset[str] = frozenset()
    """Those that come before this account, where somebody has named both."""
    inbox_of: Callable[[str], AccountInbox] = lambda _: AccountInbox()
    """The inbox of one of them; an empty one of what is no account any more."""

    def conversations_in(self, inbox: AccountInbox) -> Conversations:
        """The conversations of this account, whose inbox that is."""
        asked = {name for each in inbox.mentions.values() for name in each.names}
        if self.helper:
            asked.add(self.helper)
        others = {name: self.inbox_of(name) for name in sorted(asked)}
        return Conversations(inbox=inbox, others=others, before=self.before)
