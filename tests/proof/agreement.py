"""What must hold between the timeline and the ledger: at any moment, and once all is settled."""

from collections import Counter
from dataclasses import dataclass

from runner.ledger import Key, Posted, Record, Sent, Standing, State
from runner.ledger.standing import standings_of
from runner.local_x.values import Post
from tests.proof.stage import ACCOUNTS, Part, Stage


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """A timeline and a ledger that do not contradict each other."""

    out: dict[Part, Post]
    record: Record
    standings: dict[Key, Standing]


def agreed(stage: Stage) -> Agreed:
    """Both as they are, when no run is at work. Fails where they contradict each other."""
    out = shown(stage)
    record = stage.ledger()
    found = Agreed(out=out, record=record, standings=standings_of(record.entries))
    _nothing_invented(found)
    _nothing_sent_unannounced(found)
    return found


def finished(stage: Stage, days: int) -> Agreed:
    """All that was due on the first days is out, and the ledger knows it."""
    found = agreed(stage)
    lost = set(stage.declared(days).values()) - found.out.keys()
    assert not lost, f"{lost} never went out\n{stage.said()}"
    states = {key: standing.state for key, standing in found.standings.items()}
    assert set(states.values()) == {State.POSTED}, states
    assert len(found.record.sent) == len(found.out), "the journals hold each part"
    return found


def shown(stage: Stage) -> dict[Part, Post]:
    """What stands on the timelines: each text once, each thread in order."""
    declared = stage.declared(stage.days)
    out: dict[Part, Post] = {}
    for account in ACCOUNTS:
        for post in reversed(stage.sandbox.timeline(account)):
            link = f"https://x.com/levis/status/{post.repost_of}"
            part = declared[account, link if post.repost_of else post.text]
            assert part not in out, f"{part} is out twice\n{stage.said()}"
            out[part] = post
    for (key, number), post in out.items():
        assert len(post.media) == (key.post == "photo")
        assert post.reply_to == (out[key, number - 1].id if number > 1 else None)
    return out


def _nothing_invented(found: Agreed) -> None:
    """Each line of what is out names a post that stands, and each journal has it once."""
    ids = {part: post.repost_of or post.id for part, post in found.out.items()}
    told = {
        (entry.key, entry.part, entry.id)
        for entry in found.record.entries
        if isinstance(entry, Posted)
    }
    for key, number, id in told:
        assert ids.get((key, number)) == id, f"{key} {number} is not the post {id}"
    lines = Counter(map(_line, found.record.sent))
    assert lines == Counter(told), [each for each in found.record.sent if lines[_line(each)] != 1]


def _line(sent: Sent) -> tuple[Key, int, str]:
    return sent.key, sent.part, sent.id


def _nothing_sent_unannounced(found: Agreed) -> None:
    """What is out stands in the ledger, or an attempt of it does."""
    for key, number in found.out:
        standing = found.standings.get(key)
        assert standing, f"{key} is out, and the ledger has nothing of it"
        assert number <= len(standing.posted) or standing.suspects(number), f"{key} {number}"
