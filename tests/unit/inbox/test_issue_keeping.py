"""Each conversation that waits is one issue, whatever happens to the runs that keep it."""

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pytest

from runner.inbox import MentionState
from runner.inbox.issue_keeping import MOST, IssueKeepingRun
from runner.inbox.listening import Listened
from runner.inbox.ports import FoundIssue
from runner.problems import Refused
from runner.reading import OUT_OF_BUDGET, FilesRaced, ReadingStopped
from runner.x_facts import PRICES
from tests.turns import OwnTurn
from tests.unit.inbox.building import BEGINS, Shop


class Died(Exception):
    """The machine is gone."""


class Texts:
    """Satisfies `IssueTexts`."""

    def title(self, thread) -> str:
        return f"{len(thread)} of {thread[0].began}"

    def body(self, thread) -> str:
        return "body"

    def comment(self, heard, words) -> str:
        return f"{heard.mention.post}: {words}"


@dataclass
class Issue:
    name: str
    is_open: bool = True
    comments: dict[int, tuple[str, str]] = field(default_factory=dict)
    changed: datetime = BEGINS
    is_ours: bool = False
    """Whether the runner has closed it."""
    labels: list[str] = field(default_factory=list)

    @property
    def says(self) -> list[str]:
        return [text for _, text in self.comments.values()]


@dataclass
class Wall:
    """Satisfies `Board`. `before` may raise ahead of each change, `after` behind it."""

    clock: object
    all: dict[int, Issue] = field(default_factory=dict)
    before = after = staticmethod(lambda: None)
    changes: int = 0
    deleted: set[int] = field(default_factory=set)

    def issues(self, since: datetime | None) -> Mapping[str, Sequence[FoundIssue]]:
        found = {}
        for number, issue in self.all.items():
            is_asked = issue.is_open or (since and issue.changed >= since)
            if is_asked and number not in self.deleted:
                told = FoundIssue(number=number, is_open=issue.is_open)
                found.setdefault(issue.name, []).append(told)
        return found

    def was_closed_by_a_person(self, number: int) -> bool:
        return not self.all[number].is_ours

    def open(self, name: str, title: str, text: str, labels: Sequence[str]) -> int:
        with self._changing():
            number = len(self.all) + 1
            self.all[number] = Issue(name, labels=list(labels))
            self._touch(number)
        return number

    def label(self, number: int, labels: Sequence[str]) -> None:
        with self._changing():
            self.all[number].labels += labels

    def comments(self, number: int) -> Mapping[str, int] | None:
        if number in self.deleted:
            return None
        found = {}
        for id, (name, _) in self.all[number].comments.items():
            found.setdefault(name, []).append(id)
        return found

    def comment(self, number: int, name: str, text: str, *, over: int | None) -> None:
        with self._changing():
            comments = self.all[number].comments
            comments[over or number * 1000 + len(comments) + 1] = (name, text)
            self._touch(number)

    def remove_comment(self, id: int) -> None:
        with self._changing():
            del self.all[id // 1000].comments[id]

    def close(self, number: int) -> None:
        self._set(number, is_open=False)
        self.all[number].is_ours = True

    def reopen(self, number: int) -> None:
        self._set(number, is_open=True)

    def _set(self, number: int, *, is_open: bool) -> None:
        with self._changing():
            self.all[number].is_open = is_open
            self._touch(number)

    def _touch(self, number: int) -> None:
        self.all[number].changed = self.clock()

    def _changing(self):
        return _Change(self)


class _Change:
    def __init__(self, wall: Wall) -> None:
        self._wall = wall

    def __enter__(self) -> None:
        self._wall.before()
        self._wall.changes += 1

    def __exit__(self, kind, *_: object) -> None:
        if kind is None:
            self._wall.after()


@dataclass
class Desk:
    """A shop whose inbox is kept in issues."""

    shop: Shop = field(default_factory=Shop)
    wall: Wall = field(init=False)
    last: IssueKeepingRun | None = None

    def __post_init__(self) -> None:
        self.wall = Wall(lambda: self.shop.now)

    def runs(self, *, left: str | None = None) -> Listened:
        found = self.shop.listens()
        self.last = IssueKeepingRun(
            account="shop",
            files=self.shop.files,
            conversations=found.conversations,
            board=self.wall,
            texts=Texts(),
            words=found.words,
            reader=self.shop.x,
            now=lambda: self.shop.now,
            turn=OwnTurn(),
            left=Decimal(left) if left else None,
        )
        self.last.run()
        return found

    def closes(self, number: int) -> None:
        """A person does."""
        self.wall.close(number)
        self.wall.all[number].is_ours = False

    @property
    def issues(self) -> list[Issue]:
        return list(self.wall.all.values())


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_mention_opens_an_issue_whose_comment_says_it(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.runs()
    (issue,) = desk.issues
    assert (issue.name, issue.is_open) == (f"inbox shop/{asked}", True)
    assert issue.says == [f"{asked}: How much?"]


def test_who_writes_more_writes_into_the_same_issue(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    more = desk.shop.hears("Hello?", answers=asked)
    desk.runs()
    (issue,) = desk.issues
    assert issue.says == [f"{asked}: How much?", f"{more}: Hello?"]


def test_of_more_mentions_than_x_tells_at_once_a_later_run_tells_the_rest(desk):
    asked = desk.shop.hears("How much?")
    said = [desk.shop.hears(f"And {n}?", answers=asked) for n in range(120)]
    desk.shop.later(minutes=30)
    desk.shop.listens()  # a run that died before it wrote
    desk.runs()
    assert (len(desk.issues[0].says), desk.last.left_over) == (100, 1)
    assert desk.last.usd == Decimal("0.5")
    desk.runs()
    (issue,) = desk.issues
    assert issue.says[1:] == [f"{post}: And {n}?" for n, post in enumerate(said)]
    assert (desk.last.left_over, desk.last.usd) == (0, Decimal("0.105"))


def test_of_an_issue_that_is_made_anew_a_later_run_tells_the_rest(desk):
    asked = desk.shop.hears("How much?")
    for number in range(120):
        desk.shop.hears(f"And {number}?", answers=asked)
    desk.shop.later(minutes=30)
    desk.runs()
    desk.wall.deleted.add(1)
    desk.shop.hears("Hello?", answers=asked)
    desk.runs()
    desk.runs()
    (_, anew) = desk.issues
    assert len(anew.says) == 122
    assert not [said for said in anew.says if said.endswith("None")]


def test_a_label_of_what_is_told_now_and_of_what_is_left_over_is_given(desk):
    asked = desk.shop.hears("Hello!")
    desk.runs()
    for _ in range(120):
        desk.shop.hears("How much?", answers=asked)
    desk.shop.later(minutes=30)
    desk.shop.listens()  # a run that died before it wrote
    desk.runs()
    assert (desk.last.left_over, desk.issues[0].labels) == (1, ["question"])
    desk.runs()
    assert (desk.last.left_over, desk.issues[0].labels) == (0, ["question"])


def test_an_issue_has_the_labels_of_all_that_it_says_and_none_that_a_person_took_off(desk):
    asked = desk.shop.hears("When? It is late")
    desk.runs()
    assert desk.issues[0].labels == ["complaint", "question"]
    desk.issues[0].labels.remove("complaint")
    desk.shop.later(minutes=5)
    desk.shop.hears("Thanks, but it is broken", answers=asked)
    desk.runs()
    assert desk.issues[0].labels == ["question", "praise"]


def test_an_answer_closes_it_and_a_word_more_opens_it_again(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    answer = desk.shop.posts(answers=asked)
    desk.runs()
    assert not desk.issues[0].is_open
    desk.shop.later(days=2)
    desk.shop.hears("And in blue?", answers=answer)
    desk.runs()
    (issue,) = desk.issues
    assert issue.is_open
    assert len(issue.says) == 2


def test_what_was_answered_before_anybody_saw_it_gets_no_issue(desk):
    asked = desk.shop.hears("How much?")
    desk.shop.later(minutes=1)
    desk.shop.posts(answers=asked)
    desk.runs()
    assert desk.issues == []


def test_what_a_person_closes_is_not_to_be_answered(desk):
    asked = desk.shop.hears("First!")
    desk.runs()
    desk.shop.later(hours=1)
    desk.closes(1)
    desk.runs()
    (heard,) = desk.shop.conversations.heard
    assert heard.state is MentionState.SKIPPED
    desk.shop.later(hours=1)
    again = desk.shop.hears("Second!", answers=asked)
    desk.runs()
    assert desk.issues[0].is_open
    assert desk.shop.waiting() == [again]


def test_words_that_were_deleted_are_taken_back(desk):
    asked, stays = desk.shop.hears("My number is 29123456"), desk.shop.hears("When?")
    desk.runs()
    desk.shop.x.deleted.add(asked)
    desk.shop.later(days=1)
    desk.runs()
    other, theirs = desk.issues  # a question comes first
    assert (theirs.says, theirs.is_open) == ([], False)
    assert other.says == [f"{stays}: When?"]
    changes = desk.wall.changes
    desk.runs()
    assert desk.wall.changes == changes


def test_words_that_were_deleted_are_taken_back_though_the_run_died_that_wrote_them(desk):
    asked = desk.shop.hears("My number is 29123456")
    desk.wall.after = _after_some(1, Died())
    with suppress(Died):
        desk.runs()
    del desk.wall.after
    assert len(desk.issues[0].says) == 1
    desk.shop.x.deleted.add(asked)
    desk.shop.later(days=1)
    desk.runs()
    assert desk.issues[0].says == []
    changes = desk.wall.changes
    desk.runs()
    assert desk.wall.changes == changes


def test_words_are_taken_back_of_what_a_person_has_closed_though_no_run_knew_of_the_issue(desk):
    asked = desk.shop.hears("My number is 29123456")
    desk.wall.after = _after_some(1, Died())
    with suppress(Died):
        desk.runs()
    del desk.wall.after
    desk.closes(1)
    desk.shop.x.deleted.add(asked)
    desk.shop.later(days=1)
    desk.shop.hears("When?")
    desk.runs()
    assert desk.issues[0].says == []
    asked_for = []
    desk.wall.issues = lambda since: asked_for.append(since) or {}
    desk.runs()
    assert asked_for == [desk.shop.now]


def test_an_edited_mention_has_its_new_words(desk):
    asked = desk.shop.hears("How mush?")
    desk.runs()
    desk.shop.later(minutes=5)
    desk.shop.edits(asked, "How much?")
    desk.runs()
    assert desk.issues[0].says == [f"{asked}: How much?"]


def test_the_worst_comes_first_and_the_rest_is_left_to_the_next_run(desk):
    for number in range(MOST + 3):
        desk.shop.hears(f"Hello {number}")
        desk.shop.later(seconds=1)
    late = desk.shop.hears("It is late")
    desk.runs()
    assert desk.last.left_over == 4
    assert desk.issues[0].name == f"inbox shop/{late}"
    desk.runs()
    assert len({issue.name for issue in desk.issues}) == len(desk.issues) == MOST + 4
    assert all(len(issue.says) == 1 for issue in desk.issues)


def test_words_that_a_dead_run_has_lost_are_read_again_within_the_budget(desk):
    asked = desk.shop.hears("How much?")
    desk.shop.later(minutes=20)
    desk.wall.before = lambda: _raise(Died)
    with suppress(Died):
        desk.runs()
    del desk.wall.before
    desk.shop.later(minutes=20)
    with pytest.raises(ReadingStopped) as stopped:
        desk.runs(left="0.004")
    assert stopped.value.why is OUT_OF_BUDGET
    assert desk.issues == []
    desk.runs(left="0.005")
    assert desk.last.usd == Decimal("0.005")
    assert desk.issues[0].says == [f"{asked}: How much?"]
    assert desk.shop.inbox.spent_in_month_of(BEGINS) == Decimal("0.006")


def test_a_refusal_of_github_loses_nothing(desk):
    first, second = desk.shop.hears("Late"), desk.shop.hears("When?")
    desk.wall.before = _after_some(2, Refused("GitHub answered 403"))
    with pytest.raises(Refused):
        desk.runs()
    del desk.wall.before
    assert desk.shop.inbox.told == {first}
    desk.runs()
    assert [issue.says for issue in desk.issues] == [[f"{first}: Late"], [f"{second}: When?"]]


def test_one_that_somebody_has_deleted_is_made_anew_with_all_that_waits(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.wall.deleted.add(1)
    desk.shop.later(days=1)
    more = desk.shop.hears("Hello?", answers=asked)
    desk.runs()
    assert [issue.name for issue in desk.issues] == [f"inbox shop/{asked}"] * 2
    assert desk.issues[1].says == [f"{asked}: How much?", f"{more}: Hello?"]
    desk.wall.deleted.add(2)
    desk.runs()
    assert desk.issues[2].says == desk.issues[1].says


def test_all_that_waits_stands_in_a_new_one_of_which_a_dead_run_knew(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.wall.deleted.add(1)
    desk.wall.after = _once(Died())
    with suppress(Died):
        desk.runs()
    del desk.wall.after
    assert desk.issues[1].says == []
    desk.runs()
    assert desk.issues[1].says == [f"{asked}: How much?"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_one_that_a_dead_run_has_opened_is_closed_although_nothing_waits_any_more(desk, moment):
    """Somebody has answered on X meanwhile, so that nothing was looked for."""
    asked = desk.shop.hears("How much?")
    setattr(desk.wall, moment, _after_some(1, Died()))
    with suppress(Died):
        desk.runs()
    delattr(desk.wall, moment)
    desk.shop.later(minutes=5)
    desk.shop.posts(answers=asked)
    desk.runs()
    assert [issue.is_open for issue in desk.issues] == [False]


def test_one_that_was_answered_from_below_it_before_any_run_knew_of_it_is_opened_again(desk):
    asked = desk.shop.hears("How much?")
    desk.wall.after = _after_some(1, Died())
    with suppress(Died):
        desk.runs()
    del desk.wall.after
    desk.shop.later(minutes=5)
    answer = desk.shop.posts(answers=asked)
    desk.wall.close(1)
    desk.shop.later(hours=3)
    desk.runs()
    desk.shop.hears("And in red?", answers=answer)
    desk.runs()
    (issue,) = desk.issues
    assert issue.is_open
    assert len(issue.says) == 2


def test_of_one_that_github_has_opened_twice_one_stays_and_no_words_stand_in_the_other(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.wall.all[2] = Issue(f"inbox shop/{asked}")
    desk.wall.comment(2, f"mention {asked}", "How much?", over=None)
    desk.wall.comment(2, "on 77", "Sent", over=None)
    desk.runs()
    kept, other = desk.issues
    assert (kept.is_open, len(kept.says)) == (True, 1)
    assert (other.is_open, other.says) == (False, ["Sent"])


def two_conversations_that_are_one(desk, more: int = 0) -> tuple[str, str, object]:
    """The second mention, which has so many answers, and the answer of ours that links both, which
    X does not show yet."""
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    answer = desk.shop.posts(answers=asked)
    desk.shop.later(minutes=5)
    again = desk.shop.hears("And in red?", answers=answer)
    for number in range(more):
        desk.shop.hears(f"And {number}?", answers=again)
    hidden = desk.shop.x.own.pop(answer)
    desk.runs()
    return again, answer, hidden


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("change", range(4))
def test_conversations_that_turn_out_to_be_one_have_one_issue(desk, change, moment):
    """What links them is an answer of ours, which was not read at first."""
    again, answer, hidden = two_conversations_that_are_one(desk)
    assert [issue.is_open for issue in desk.issues] == [True, True]
    desk.shop.x.own[answer] = hidden
    setattr(desk.wall, moment, _after_some(change, Died()))
    with suppress(Died):
        desk.runs()
    delattr(desk.wall, moment)
    desk.runs()
    first, other = desk.issues
    assert (first.is_open, other.is_open) == (True, False)
    assert f"{again}: And in red?" in first.says
    assert other.says == []
    changes = desk.wall.changes
    desk.runs()
    assert desk.wall.changes == changes


def test_conversations_of_more_than_x_tells_at_once_become_one_in_as_many_runs_as_it_takes(desk):
    _, answer, hidden = two_conversations_that_are_one(desk, more=230)
    desk.shop.x.own[answer] = hidden
    desk.shop.later(minutes=30)
    desk.shop.listens()  # a run that died before it wrote
    read = []
    for _ in range(4):
        desk.runs()
        read.append(desk.last.usd / PRICES["read-post"])
    first, other = desk.issues
    assert [said.partition(": ")[2] for said in first.says[1:]] == [
        "And in red?",
        *(f"And {number}?" for number in range(230)),
    ]
    assert (first.is_open, other.is_open, other.says) == (True, False, [])
    assert read == [100, 100, 31, 0]


def test_what_a_person_has_closed_before_it_turned_out_to_be_one_waits_with_the_others(desk):
    again, answer, hidden = two_conversations_that_are_one(desk)
    desk.closes(2)
    desk.shop.x.own[answer] = hidden
    desk.runs()
    first, other = desk.issues
    assert (first.is_open, f"{again}: And in red?" in first.says) == (True, True)
    assert (other.is_open, other.says) == (False, [])
    changes = desk.wall.changes
    desk.runs()
    assert desk.wall.changes == changes


def test_a_comment_that_github_has_made_twice_is_taken_back_whole(desk):
    asked = desk.shop.hears("My number is 29123456")
    desk.runs()
    desk.wall.comment(1, f"mention {asked}", "My number is 29123456", over=None)
    assert len(desk.issues[0].says) == 2
    desk.shop.x.deleted.add(asked)
    desk.shop.later(days=1)
    desk.runs()
    assert desk.issues[0].says == []


def test_what_an_answer_has_closed_after_they_wrote_again_is_opened_and_not_skipped(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    answer = desk.shop.posts(answers=asked)
    desk.shop.later(minutes=5)
    again = desk.shop.hears("And in red?", answers=answer)
    desk.runs()
    desk.wall.close(1)
    desk.runs()
    assert desk.issues[0].is_open
    assert desk.shop.waiting() == [again]


def test_what_is_answered_is_closed_whoever_opens_it(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    desk.shop.posts(answers=asked)
    desk.runs()
    desk.wall.reopen(1)
    desk.runs()
    assert not desk.issues[0].is_open


def test_what_is_wrong_with_one_issue_stops_no_other(desk):
    for text in ("Late", "When?", "Hello"):
        desk.shop.hears(text)
    desk.wall.before = _once(Refused("GitHub answered 422"))
    with pytest.raises(Refused, match="422"):
        desk.runs()
    assert len(desk.issues) == 2
    desk.runs()
    assert len(desk.issues) == 3


def test_a_github_that_takes_nothing_is_not_asked_for_ever(desk):
    for _ in range(9):
        desk.shop.hears("Late")
    tries: list[None] = []

    def refuse() -> None:
        tries.append(None)
        raise Refused("GitHub answered 403")

    desk.wall.before = refuse
    with pytest.raises(Refused):
        desk.runs()
    assert len(tries) == 3


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("change", range(7))
def test_a_run_that_dies_around_any_change_is_taken_up_and_nothing_is_made_twice(
    desk, moment, change
):
    asked = desk.shop.hears("How much?")
    desk.shop.hears("Late")
    setattr(desk.wall, moment, _after_some(change, Died()))
    desk.shop.files.before_add = lambda: None
    with suppress(Died):
        desk.runs()
        desk.shop.later(minutes=5)
        answer = desk.shop.posts(answers=asked)
        desk.runs()
        desk.shop.later(minutes=5)
        desk.shop.hears("Thanks", answers=answer)
        desk.runs()
    delattr(desk.wall, moment)
    desk.runs()
    names = [issue.name for issue in desk.issues]
    assert len(set(names)) == len(names)
    comments = [name for issue in desk.issues for name, _ in issue.comments.values()]
    waiting = {f"mention {post}" for post in desk.shop.waiting()}
    assert len(set(comments)) == len(comments)
    assert waiting <= set(comments)
    assert sum(issue.is_open for issue in desk.issues) == len(
        {each.began for each in desk.shop.conversations.waiting}
    )


@pytest.mark.parametrize("seed", range(4))
def test_however_runs_die_the_issues_end_as_the_conversations_stand(seed):
    desk, chance = Desk(), random.Random(seed)
    said: list[str] = []
    for _ in range(12):
        desk.shop.later(minutes=chance.randint(1, 90))
        before = chance.choice(said) if said and chance.random() < 0.4 else None
        said.append(desk.shop.hears(f"{len(said)}?", answers=before))
        if chance.random() < 0.4:
            desk.shop.later(minutes=1)
            said.append(desk.shop.posts(answers=chance.choice(said)))
        moment = chance.choice(["before", "after"])
        setattr(desk.wall, moment, _after_some(chance.randint(0, 5), Died()))
        desk.shop.files.before_add = (lambda: _raise(Died)) if chance.random() < 0.2 else _nothing
        with suppress(Died):
            desk.runs()
        delattr(desk.wall, moment)
    desk.shop.files.before_add = _nothing
    desk.runs()
    open_ones = {issue.name for issue in desk.issues if issue.is_open}
    waiting = desk.shop.conversations.waiting
    assert open_ones == {f"inbox shop/{each.began}" for each in waiting}
    assert len({issue.name for issue in desk.issues}) == len(desk.issues)
    comments = [name for issue in desk.issues for name, _ in issue.comments.values()]
    assert len(comments) == len(set(comments))
    assert {f"mention {each.mention.post}" for each in waiting} <= set(comments)


def test_of_two_runs_at_once_one_has_to_look_again(desk):
    desk.shop.hears("How much?")
    desk.shop.listens()

    def race() -> None:
        desk.shop.files.before_add = _nothing
        desk.shop.hears("When?")
        desk.shop.listens()

    desk.shop.files.before_add = race
    with pytest.raises(FilesRaced):
        desk.runs()
    desk.runs()
    assert len(desk.issues) == 2


def _after_some(changes: int, error: Exception):
    left = [changes]

    def happens() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise error

    return happens


def _once(error: Exception):
    left = [error]

    def happens() -> None:
        if left:
            raise left.pop()

    return happens


def _nothing() -> None: ...


def _raise(error: type[Exception]) -> None:
    raise error


def test_one_that_another_run_has_closed_is_opened_again_by_what_comes_later(desk):
    asked = desk.shop.hears("How much?")
    desk.runs()
    desk.shop.later(minutes=5)
    answer = desk.shop.posts(answers=asked)
    desk.wall.close(1)
    desk.shop.later(minutes=5)
    desk.shop.hears("And in red?", answers=answer)
    desk.shop.later(minutes=5)
    desk.runs()
    (issue,) = desk.issues
    assert issue.is_open
    desk.runs()
    assert issue.is_open
