"""Mentions that are entries of a contest: of these nobody waits for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from runner.inbox.ports import SpokenMention
from runner.text import Phrase
from runner.x_facts import instant


@dataclass(frozen=True, kw_only=True)
class EnteredByMention:
    """A contest that people may enter by what they say to us."""

    opens: datetime
    closes: datetime
    phrase: Phrase | None
    """What an entry has to say; where that is nothing, whatever answers the announcement is one."""
    announced: Collection[str]
    """The posts of the announcement, by id."""

    def takes(self, spoken: SpokenMention) -> bool:
        """Whether a mention is an entry, or meant as one."""
        if not self.opens <= instant(spoken.post) < self.closes:
            return False
        if self.phrase is None:
            return spoken.answers in self.announced
        return self.phrase.is_in(spoken.text)
