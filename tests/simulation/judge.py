"""What must hold in every world, whatever happens in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from runner.ledger import Closed, Facts, Key, Need, Standing, State
from runner.plan import Verb
from runner.problems import LedgerUnusable
from runner.publish.run import RunReport
from runner.schedule import Occurrence
from tests.simulation.drafts import inputs_of
from tests.simulation.model_x import Post, Tag
from tests.simulation.process import Process
from tests.simulation.world import SETTLED

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

CAMPAIGNS = frozenset({"slim", "denim", "extra"})
MONTHS = frozenset((name, "2026-12") for name in ("shop", "boutique", "tienda"))
EVERYTHING = Need(whole=CAMPAIGNS, months=MONTHS)
CLOCKS_APART = timedelta(minutes=1)
"""Two machines whose clocks X accepts; the one may call missed what the other still sees as due."""
SETTLES_WITHIN = 6
"""Runs after the last that goes wrong, up to two days later, within which all that is due and all
that is in doubt is settled, or asked about."""
NOT_OUT = (State.MISSED, State.SKIPPED, State.RELEASED, State.REJECTED)


class Broken(AssertionError):
    """Something that must hold does not."""


class Judge:
    """Looks at a world from outside, after each run and at its end."""

    def __init__(self, simulation: "Simulation") -> None:
        self._of = simulation
        self._read: tuple[object, Facts | None] | None = None
        self._seen: dict[Key, list[tuple[datetime, Verb, str]]] = defaultdict(list)
        """What healthy runs made of what was in its window when they ran."""
        self._noted: dict[str, datetime] = {}
        """Since when the ledger is known to have a post, by its id."""
        self._after: list[str | None] = []
        """What each run has left open since nothing goes wrong any more; None of one that left
        nothing."""

    def after_a_run(
        self, process: Process, ran: RunReport | None, *, began: datetime, unchanged: bool
    ) -> None:
        facts = self._check()
        happened = self._of.happened
        happened["runs"] += 1
        if self._of.scheduler.now >= SETTLED[0] and facts is not None:
            self._after.append(_left_open(ran, facts))
        if process.hurt or ran is None or not unchanged or facts is None:
            return
        happened["healthy runs"] += 1
        refused = {refusal.account for refusal in ran.outcome.refusals}
        left = [each.key for each in ran.plan.of(Verb.PUBLISH) if each.key.account not in refused]
        if left:
            raise Broken(f"{process.name} had nothing in its way, and left {left[0]} due")
        actions = {action.key: action for action in ran.plan.actions}
        for each in self._declared():
            if each.due <= began and ran.plan.now + CLOCKS_APART <= each.until:
                action = actions.get(each.key)
                asked = process.accounts is None or each.key.account in process.accounts
                if each.key.account in refused or not asked:
                    continue
                if action is None and self._went_out(each.key, facts):
                    continue  # nothing else was read of it
                if action is None:
                    raise Broken(f"{process.name} has no word for {each.key}, which is due")
                found = (ran.plan.now, action.verb, action.because)
                self._seen[each.key].append(found)

    def _went_out(self, key: Key, facts: Facts) -> bool:
        """By the ledger, or where somebody has deleted it since by what went to X."""
        tags = {post.tag[0] for post in self._of.x.posts if post.tag is not None}
        return _is_out(facts.standings.get(key)) or str(key) in tags

    def at_the_end(self) -> None:
        facts = self._check()
        if facts is None:
            return
        self._check_liveness()
        if self._of.vault.forgot:
            return
        for occurrence in self._declared():
            self._check_window(occurrence, facts.standings.get(occurrence.key))
        if self._of.world.calm:
            self._check_calm(facts)

    def _check_liveness(self) -> None:
        left = self._after
        if not left:
            raise Broken("no run came to its end when the dust had settled")
        if left[-1]:
            raise Broken(f"after {len(left)} runs in which nothing went wrong {left[-1]}")
        runs = next(number for number in range(len(left)) if not any(left[number:])) + 1
        self._of.happened[f"all settled after {runs} runs"] += 1
        if runs > SETTLES_WITHIN:
            raise Broken(f"it took {runs} runs until all was settled")

    # --- what holds at every moment

    def _check(self) -> Facts | None:
        """None where the ledger says that it was cut."""
        self._check_copies()
        self._check_second_names()
        self._check_threads()
        if self._read is None or self._read[0] != self._of.vault.state():
            self._read = self._of.vault.state(), self._facts()
        facts = self._read[1]
        if facts is None:
            return None
        if not self._of.vault.forgot:
            self._check_truth(facts)
            self._check_budget(facts)
        return facts

    def _facts(self) -> Facts | None:
        try:
            return self._of.vault.outside().read(EVERYTHING)
        except LedgerUnusable as unusable:
            if self._of.vault.damaged:
                return None
            raise Broken(f"the ledger can't be read: {unusable.message}") from unusable

    def _check_copies(self) -> None:
        # what was edited on X is known for the same by who has its ledger
        version = -1 if self._of.vault.forgot else 0
        shown: dict[object, list[Post]] = defaultdict(list)
        for post in self._of.x.posts:
            if post.shown and post.tag is not None:
                shown[post.tag].append(post)
                shown[post.account, post.repost_of or post.said[version]].append(post)
        for what, posts in shown.items():
            if len(posts) > 1 and not self._are_strangers(posts):
                raise Broken(f"X shows {what} {len(posts)} times: {[each.id for each in posts]}")

    def _are_strangers(self, posts: list[Post]) -> bool:
        """Whether nobody who has no ledger can know that they are one: each was said in words of
        its own, and none is the end of a thread that begins in the same ones."""
        words = {post.said[0] for post in posts}
        alone = all(post.tag is None or post.tag[1] == 1 for post in posts)
        unknown = self._of.vault.forgot and self._moves_in_other_words()
        return unknown and alone and len(words) == len(posts)

    def _check_second_names(self) -> None:
        """What kept its post id or its due instant is one post, whatever else was edited."""
        if self._of.vault.forgot and self._moves_in_other_words():
            return
        shown: dict[object, list[Post]] = defaultdict(list)
        for post in self._of.x.posts:
            if post.shown and post.tag is not None:
                shown[post.account, _first_name(post.tag), post.tag[1]].append(post)
        for what, posts in shown.items():
            ids = Counter(Key.parse(post.tag[0]).post for post in posts if post.tag)
            dues = Counter(self._of.dues[post.tag] for post in posts if post.tag)
            if max(*ids.values(), *dues.values()) > 1:
                names = [each.tag for each in posts]
                raise Broken(f"X shows {what} under several names: {names}")

    def _moves_in_other_words(self) -> bool:
        """Whether something was said anew, and something was moved or X showed it late: then nobody
        who has no ledger can know that an earlier post was the same one."""
        edits = " ".join(what for what in self._of.happened if what.startswith("edit: "))
        moved = "moved slot" in edits or "another time" in edits
        return "other words" in edits and (moved or bool(self._of.world.lags))

    def _check_threads(self) -> None:
        for post in self._of.x.posts:
            if post.tag and post.tag[1] > 1:
                key, part = post.tag
                before = [p for p in self._of.x.posts if p.ids and post.reply_to in p.ids]
                if not before or not _is_part_before(before[0], post, (key, part)):
                    raise Broken(f"{post.tag} does not answer the part before it")

    def _check_truth(self, facts: Facts) -> None:
        posts = {id: post for post in self._of.x.posts for id in (*post.ids, post.repost_of) if id}
        for key, standing in facts.standings.items():
            for entry in standing.posted:
                post = posts.get(entry.id)
                if post is None or not _is_of(post, key, entry.part):
                    raise Broken(f"the ledger says that {key} is {entry.id}; X does not")
            out = [
                post
                for post in self._of.x.posts
                if post.shown
                and post.tag
                and post.tag[0] == str(key)
                and not _is_disowned(post, standing)
            ]
            # what is doubtful will be looked for, whatever came of a later attempt
            settled = standing.state in NOT_OUT and not standing.doubtful
            if settled and len(out) > len(standing.posted):
                raise Broken(f"the ledger says {standing.state} of {key}, which X shows")
        for post in self._of.x.posts:
            if post.tag and Key.parse(post.tag[0]) not in facts.standings:
                raise Broken(f"X has {post.tag}, of which the ledger says nothing")

    def _check_budget(self, facts: Facts) -> None:
        """What a person deleted on X before anyone could note or see it is not to be known: it may
        have been sent once more by then."""
        budget = self._of.world.draft.budget
        if budget is None:
            return
        for standing in facts.standings.values():
            for entry in standing.posted:
                self._noted.setdefault(entry.id, self._of.scheduler.now)
        spent = sum(
            (
                self._of.prices[post.tag]
                for post in self._of.x.posts
                if post.tag and (post.shown or self._was_known(post))
            ),
            Decimal(0),
        )
        if spent > Decimal(budget):
            raise Broken(f"{spent} USD were spent, of {budget}")

    def _was_known(self, post: Post) -> bool:
        """Whether a post that is deleted by now was noted before another one was sent for it."""
        at = min((self._noted[id] for id in post.ids if id in self._noted), default=None)
        return at is not None and not any(
            other.tag == post.tag and post.at < other.at < at for other in self._of.x.posts
        )

    # --- what holds of each occurrence

    def _declared(self) -> Iterable[Occurrence]:
        for table in inputs_of(self._of.vault.drafts[-1]).timetables:
            yield from table.all()

    def _check_window(self, occurrence: Occurrence, standing: Standing | None) -> None:
        state = standing.state if standing else None
        self._of.happened[f"in the end: {state.value if state else 'nothing'}"] += 1
        if state is State.POSTED:
            return
        for moment, verb, because in self._seen[occurrence.key]:
            if moment < occurrence.due:
                continue  # by its own clock, which may be half a minute slow
            if not self._may_stay(occurrence, standing, verb, because):
                raise Broken(
                    f"{occurrence.key} is {state} in the end, though a healthy run saw it at "
                    f"{moment:%H:%M:%S} ({verb}: {because})"
                )

    def _may_stay(
        self, occurrence: Occurrence, standing: Standing | None, verb: Verb, because: str
    ) -> bool:
        """Whether this answer of a healthy run explains that it has not gone out."""
        if verb in (Verb.ASK, Verb.HOLD):
            return True
        if verb is Verb.WAIT:
            in_doubt = standing is not None and any(
                entry.state is State.ATTEMPTING for entry in standing.entries
            )
            # by an older name it is in doubt, too
            waits = any(
                each in because for each in ("waits for", "not settled yet", "` may be out, ")
            )
            return in_doubt or self._of.world.draft.gap > 0 or waits
        # what was missed at its old time stays so when its time is moved
        first, _ = _first_name((str(occurrence.key), 1))
        moved = first in self._of.vault.drafts[-1].later
        skipped = standing is not None and standing.state is State.SKIPPED
        return occurrence.key.nominal is not None or moved or skipped

    def _check_calm(self, facts: Facts) -> None:
        draft = self._of.world.draft
        if draft.budget or draft.gap:
            return
        for occurrence in self._declared():
            standing = facts.standings.get(occurrence.key)
            if not _is_out(standing):
                raise Broken(f"nothing went wrong, and {occurrence.key} did not go out")


def _is_out(standing: Standing | None) -> bool:
    return standing is not None and standing.state is State.POSTED


def _is_disowned(post: Post, standing: Standing) -> bool:
    """Whether a person said that it is not out, and somebody has edited it, so that nobody who
    reads X can know better."""
    denied = any(isinstance(each, Closed) and each.by for each in standing.entries)
    return denied and len(post.said) > 1


def _left_open(ran: RunReport | None, facts: Facts) -> str | None:
    """What a run has left open that nobody is asked about."""
    if ran is None:
        return "a run does not come to its end"
    plan = ran.plan
    refused = {refusal.account for refusal in ran.outcome.refusals}
    told = {action.key for action in (*plan.of(Verb.ASK), *plan.of(Verb.HOLD))}
    told |= {each.key for each in plan.unsettled if not plan.looks_for(each)}
    for standing in facts.unsettled:
        if standing.key not in told and standing.key.account not in refused:
            return f"{standing.key} is {standing.state}, and nobody is asked"
    for action in (*plan.of(Verb.PUBLISH), *plan.of(Verb.WAIT)):
        if action.key.account not in refused:
            return f"{action.key} is still to {action.verb} ({action.because})"
    return None


def _is_of(post: Post, key: Key, part: int) -> bool:
    """Whether it is this part, or was under an older name; what a person wrote may be anything."""
    if post.tag is None:
        return True
    before = Key.parse(post.tag[0])
    renamed = before.post == key.post or {before.post, key.post} == {"photo", "picture"}
    return renamed and before.nominal == key.nominal and post.tag[1] == part


def _is_part_before(before: Post, post: Post, tag: Tag) -> bool:
    """Whether it is the part before, perhaps by an older name, or what a person wrote in its
    place."""
    if before.tag is None:
        return True
    is_next = before.tag[1] + 1 == tag[1] and before.account == post.account
    return is_next and _first_name(before.tag) == _first_name(tag)


def _first_name(tag: Tag) -> tuple[str, str | None]:
    """The post and its date, by the names that they had at first."""
    key = Key.parse(tag[0])
    nominal = key.nominal.replace(".dusk", ".evening") if key.nominal else None
    return {"picture": "photo"}.get(key.post, key.post), nominal
