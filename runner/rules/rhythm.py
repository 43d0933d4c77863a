"""Rules of rhythm: an account neither floods nor falls silent, and does more than promote."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from runner.durations import apart, in_words
from runner.problems import Severity
from runner.rules.places import as_local, time_place
from runner.rules.plan_context import PlanContext, PlannedPost
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, plan_rule, project_rule


@plan_rule("daily-rhythm", Severity.WARNING)
def daily_rhythm(context: PlanContext) -> Iterator[Breach]:
    """An account says something regularly, and not too much on one day.

    Who floods a timeline is muted, who falls silent is forgotten. A day is one of the account's
    calendar; a thread counts as one post; what went out counts, too. Silence is looked for between
    the first and the last post that are still to come.

    Move a post to another day, or plan one for the silent days. In runner.yaml,
    `rules: {daily-rhythm: {at-most: 5, silent: 14d}}` says how many posts a day may have, and how
    long nothing may be due.
    """
    for account, proofs in context.accounts.items():
        yield from _floods(account, proofs, context)
        yield from _silences(account, proofs, context.project.rules.daily_rhythm.silent)


def _floods(
    account: str, proofs: tuple[PlannedPost, ...], context: PlanContext
) -> Iterator[Breach]:
    most, zone = context.project.rules.daily_rhythm.at_most, context.project.zone_of(account)
    counts: Counter[date] = Counter()
    to_come = {proof.occurrence.key for proof in proofs}
    sent = {s.key: s.at for s in context.today.facts.journal if s.key.account == account}
    counts.update(at.astimezone(zone).date() for key, at in sent.items() if key not in to_come)
    days = [proof.occurrence.due.astimezone(zone).date() for proof in proofs]
    totals = counts + Counter(days)
    for day, proof in zip(days, proofs, strict=True):
        counts[day] += 1
        if counts[day] == most + 1:
            yield daily_rhythm.breach(
                text=f"on {day}, `{account}` posts {totals[day]} times; {most} is the most for "
                "a day",
                place=time_place(proof.occurrence),
                help="move what can wait to another day",
                about=(proof.occurrence,),
                alike=account,
            )


def _silences(
    account: str, proofs: tuple[PlannedPost, ...], longest: timedelta
) -> Iterator[Breach]:
    for before, proof in pairwise(proofs):
        last, due = before.occurrence.due, proof.occurrence.due
        if apart(last, due) > longest:
            yield daily_rhythm.breach(
                text=f"nothing is due on `{account}` between {as_local(last)} and {as_local(due)}, "
                f"for longer than {in_words(longest)}",
                place=time_place(proof.occurrence),
                help="plan something for the days between, or move it",
                about=(before.occurrence, proof.occurrence),
                alike=account,
            )


@project_rule("promotional-share", Severity.WARNING)
def promotional_share(context: ProjectContext) -> Iterator[Breach]:
    """Promotion stays the smaller part of what an account says.

    People unfollow an account that only sells. Posts of a contest, a launch or a partner count as
    promotion unless they, or their campaign, say `promotional: false`. Reposts count by their
    campaign. The problem names the post with which the share becomes too large.

    Put posts of a series between them, or move them apart. How large the share may be, and of how
    many posts, is set in runner.yaml: `rules: {promotional-share: {at-most: 40%, of-last: 10}}`.
    """
    share = context.project.rules.promotional_share
    for account, posts in context.accounts.items():
        last: deque[bool] = deque(maxlen=share.of_last)
        was_too_large = False
        for dated in posts:
            last.append(dated.post.promotes)
            count = sum(last)
            too_large = len(last) == share.of_last and 100 * count > share.at_most * len(last)
            if too_large and not was_too_large:
                yield promotional_share.breach(
                    text=f"with `{dated.key.post}`, {count} of the last {len(last)} "
                    f"posts on `{account}` are promotion; {share.at_most}% may be",
                    place=dated.post.below(on_key=True),
                    help="put other posts between them, or move it",
                    about=(dated,),
                    alike=account,
                )
            was_too_large = too_large
