"""Posts that went out under a name which no file declares any more, and that may be back under
another one."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from runner.ledger import Attempting, Facts, Key, Standing
from runner.plan.declared import Declared
from runner.schedule import Occurrence
from runner.value import Value

LOOKS_BACK = timedelta(hours=24)
"""How long before its due instant a post may have gone out that is the same one."""


class Renamed(Value, kw_only=True):
    """Why an occurrence may be out already: `because` is for people."""

    because: str
    former: Key
    """The name under which it went out, or may be out."""
    why: str | None = None
    """What of the files speaks for that, rather than what is said; None where nothing does."""
    in_doubt: bool = False
    """Runs still look for that one on X, or ask a person about it."""


class _Gone(Value, kw_only=True):
    key: Key
    at: datetime
    due: datetime | None
    """Unknown where an older runner wrote it."""
    is_out: bool

    def is_due_with(self, occurrence: Occurrence) -> bool:
        if self.due is None:
            return occurrence.due <= self.at <= occurrence.until
        return self.due.astimezone(UTC) == occurrence.due.astimezone(UTC)


class Vanished:
    """All that went out, or may be out, by account; asked for what the files lack."""

    def __init__(self, declared: Declared, facts: Facts) -> None:
        self._declared = declared
        self._sent_posts: dict[str, dict[Key, _Gone]] = defaultdict(dict)
        for each in _sent_posts(facts):
            mine = self._sent_posts[each.key.account]
            if each.key not in mine or mine[each.key].at < each.at:
                mine[each.key] = each
        self._latest = {
            account: sorted(found.values(), key=lambda each: each.at, reverse=True)
            for account, found in self._sent_posts.items()
        }

    def under_another_name(self, occurrence: Occurrence) -> Renamed | None:
        """What an occurrence without entries may be, whatever was edited besides its name: it has
        the post id or the due instant of what went out since a day before it was due."""
        since = occurrence.due.astimezone(UTC) - LOOKS_BACK
        for gone in self._latest.get(occurrence.key.account, ()):
            if gone.at <= since:
                break
            if not _is_alike(gone, occurrence):  # which is told sooner than the rest
                continue
            why = self._why_gone(gone)
            if why or _is_copy(gone, occurrence):
                why = why or "for the same moment"
                went = "went out" if gone.is_out else "may be out"
                return Renamed(
                    because=f"`{gone.key}` {went}, {why}: was it renamed?",
                    former=gone.key,
                    why=why,
                    in_doubt=not gone.is_out,
                )
        return None

    def _why_gone(self, gone: _Gone) -> str | None:
        """Why it is no longer what the files declare under its name; None where it is."""
        if self._declared.lacks(gone.key):
            return "and no file has it any more"
        if self._declared.displaces(gone.key, gone.due):
            return "and its file has it now as a draft, or at another time"
        return None


def _is_alike(gone: _Gone, occurrence: Occurrence) -> bool:
    old, new = gone.key, occurrence.key
    # two of a rhythm have one post id, and are told apart by their dates
    is_other_date = (
        (old.campaign, old.post) == (new.campaign, new.post)
        and old.nominal is not None
        and new.nominal is not None
    )
    has_its_id = old.post == new.post and not is_other_date
    return has_its_id or gone.is_due_with(occurrence)


def _is_copy(gone: _Gone, occurrence: Occurrence) -> bool:
    """Whether it is that post at that moment in another campaign, and so alike, whatever is left of
    the old one: a draft, another date, a file that can't be read."""
    old, new = gone.key, occurrence.key
    return (
        (old.post, old.nominal) == (new.post, new.nominal)
        and old.campaign != new.campaign
        and gone.due is not None
        and gone.is_due_with(occurrence)
    )


def _sent_posts(facts: Facts) -> Iterator[_Gone]:
    """All posts that went out or may be out, but for answers, which no file has had."""
    for line in facts.journal:
        if line.key.is_answer:
            continue
        standing = facts.standings.get(line.key)
        opening = standing.opening if standing else None
        due = opening.due if opening else line.due
        yield _Gone(key=line.key, at=line.at, due=due, is_out=True)
    for standing in facts.unsettled:
        if standing.may_be_out and standing.opening and not standing.key.is_answer:
            yield _Gone(
                key=standing.key,
                at=_last_try(standing),
                due=standing.opening.due,
                is_out=bool(standing.posted),
            )


def _last_try(standing: Standing) -> datetime:
    return max(entry.at for entry in standing.entries if isinstance(entry, Attempting))
