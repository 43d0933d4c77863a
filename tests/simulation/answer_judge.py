"""What must hold of answers, whatever happens."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from runner.inbox import HeardMention, MentionState
from tests.simulation.answer_people import is_for_a_person
from tests.simulation.model_github import BOT, Row
from tests.simulation.model_x import Post
from tests.simulation.sometimes import (
    ASKED,
    HANDED_OVER,
    HELPER_ANSWERED,
    ISSUE_DELETED,
    OTHER_ANSWER,
    SECOND_ISSUE,
    TWO_EARS,
)

if TYPE_CHECKING:
    from tests.simulation.answers import AnswerSimulation

_NAME: Final = re.compile(r"<!-- campaign-runner: (.+?) -->")
_SENT: Final = re.compile(r"Sent: https://x\.com/\w+/status/([0-9]+)")


class AnswerJudge:
    """Raises AssertionError."""

    def __init__(self, simulation: "AnswerSimulation") -> None:
        self._simulation = simulation

    def of_a_post(self, post: Post) -> None:
        """It answers a mention that none has answered, and somebody has asked for it."""
        assert post.tag, post
        key, _ = post.tag
        self._simulation.tell(f"{key} is out: {post.text}")
        self._simulation.happened["an answer sent"] += 1
        self._simulation.happened[HELPER_ANSWERED] += key.startswith("support/")
        mention = key.rpartition("/")[2]
        answered = next(each for each in self._simulation.x.posts if mention in each.ids)
        for each in self._simulation.x.posts:
            is_other = each.tag and each is not post and each.reply_to in answered.ids
            # what was rewritten since may have one answer more
            if is_other and int(each.ids[0]) > int(post.reply_to or 0):
                raise AssertionError(f"{key} is out twice, as {each.ids[0]}, too")
        if post.reply_to not in answered.ids:
            raise AssertionError(f"{key} answers {post.reply_to}")
        if not any(text == post.text for _, text in self._simulation.people.approved):
            raise AssertionError(f"nobody has asked for {post.text!r}")

    def of_issues(self) -> None:
        """Once nothing goes wrong, and it was listened: what waits has one open issue that says it,
        and what does not wait has none."""
        told: set[str] = set()
        for account, thread in self._threads():
            waiting = [each for each in thread if each.state is MentionState.OPEN]
            posts = {each.mention.post for each in waiting}
            assert told.isdisjoint(posts), f"some of {posts} wait at two accounts"
            told |= posts
            name = f"inbox {account}/{thread[0].began}"
            alive = self._alive(name)
            open_ones = [row["number"] for row in alive if row["state"] == "open"]
            if len(open_ones) != bool(waiting):
                raise AssertionError(f"{len(waiting)} wait in {name}, and open are {open_ones}")
            for row in alive:
                self._of_comments(thread, row, is_open=bool(waiting))

    def _threads(self) -> Iterator[tuple[str, tuple[HeardMention, ...]]]:
        for account in self._simulation.world.accounts:
            for thread in self._simulation.conversations(account).threads:
                yield account, thread

    def _alive(self, name: str) -> list[Row]:
        marker = f"<!-- campaign-runner: {name} -->"
        issues = self._simulation.github.issues.values()
        return [row for row in issues if row["body"].startswith(marker)]

    def _of_comments(self, thread: tuple[HeardMention, ...], row: Row, *, is_open: bool) -> None:
        below = self._simulation.github.below(row["number"])
        named = Counter(
            found[1]
            for each in below
            if each["user"]["login"] == BOT and (found := _NAME.match(each["body"]))
        )
        twice = [name for name, count in named.items() if count > 1 and name.startswith("mention ")]
        happened = self._simulation.happened
        if twice and not (happened["GitHub: twice"] or happened[TWO_EARS]):
            raise AssertionError(f"{twice} stand more than once below {row['number']}")
        for each in thread:
            name, number = f"mention {each.mention.post}", row["number"]
            if each.state is MentionState.GONE and named[name]:
                raise AssertionError(f"{name} is gone, and its words stand below {number}")
            if is_open and row["state"] == "open" and each.state is MentionState.OPEN:
                assert named[name], f"{name} waits, and does not stand below {number}"

    def at_the_end(self) -> None:
        """Nothing waits that people have seen to, and what was said to be out is."""
        simulation = self._simulation
        self.of_issues()
        self._of_opened()
        known = {id for post in simulation.x.posts for id in post.ids}
        for row in simulation.github.comments.values():
            simulation.happened[OTHER_ANSWER] += "another answer is out" in row["body"]
            if (found := _SENT.search(row["body"])) and found[1] not in known:
                raise AssertionError(f"{found[0]}, and X has no such post")
        for name in simulation.world.accounts:
            self._of_waiting(name)
        heard = self._heard()
        for post in simulation.x.mentions:
            if post.ids[0] not in heard and post.shown:
                raise AssertionError(f"{post.ids[0]} was not heard")
        for post in simulation.x.posts:
            if post.tag and post.shown:
                version = post.tag[0].rpartition("/")[2]
                spoken = next(each for each in simulation.x.mentions if version in each.ids)
                answered = heard[spoken.ids[0]]
                if int(post.ids[0]) > int(answered.mention.newest):
                    assert answered.state is MentionState.ANSWERED, answered

    def _heard(self) -> dict[str, HeardMention]:
        """All mentions, each as the account sees it that was spoken to, if that has heard it."""
        return {
            each.mention.post: each
            for account in reversed(self._simulation.world.accounts)
            for each in self._simulation.conversations(account).heard
        }

    def _of_waiting(self, account: str) -> None:
        conversations = self._simulation.conversations(account)
        for each in conversations.heard:
            is_handed_over = each.is_of_a_sibling and each.began in conversations.inbox.issues
            self._simulation.happened[HANDED_OVER] += is_handed_over
            if each.state is MentionState.OPEN and not self._is_told(account, each):
                raise AssertionError(f"{each.mention.post} waits, though people saw to it")

    def _of_opened(self) -> None:
        """No conversation has two issues, but where somebody has deleted one, or GitHub has opened
        it twice itself."""
        happened = self._simulation.happened
        excuses = ("GitHub: twice", TWO_EARS, ISSUE_DELETED)
        opened = Counter(name for name, _ in self._simulation.github.opened)
        for name, count in opened.items():
            happened[SECOND_ISSUE] += count > 1
            if count > 1 and not any(happened[each] for each in excuses):
                raise AssertionError(f"{name} has {count} issues")

    def _is_told(self, account: str, heard: HeardMention) -> bool:
        """Whether a person was told that the answer may be out."""
        told = "\n".join(
            row["body"]
            for issue in self._alive(f"inbox {account}/{heard.began}")
            for row in self._simulation.github.below(issue["number"])
        )
        is_told = is_for_a_person(told)
        self._simulation.happened[ASKED] += is_told
        return is_told
