"""The rule of what X asks of everybody who gives prizes, and of what is said of entries."""

from collections import defaultdict
from collections.abc import Iterator

from runner.durations import as_written
from runner.problems import Severity
from runner.rules.contest_words import ContestPatterns, patterns
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, text_place, word_place
from runner.rules.rule import Breach, rule


@rule("contest-terms", Severity.WARNING)
def contest_terms(context: RuleContext) -> Iterator[Breach]:
    """A contest is announced on X's conditions, and does not ask for repeated posts.

    X asks that the announcement say two things: who enters with several accounts can't win, and
    several entries in a single day don't count. “One entry per person” says the second. With a
    `key` it is what counts, so that no post may say “once a day”. The announcement also says how
    old an account has to be, where `account-age` asks for that. Nothing may reward repeated posts,
    as in “whoever reposts most wins”
    (https://help.x.com/en/rules-and-policies/x-contest-rules, as of November 2026).

    The announcement is the post that is due when the contest opens, else the first one; its replies
    to itself count, too. A link to the rules satisfies. Standard templates say all of it. What is
    said is looked for in Latvian, Spanish, Russian and English.

    Add the sentence that the problem shows; or, if it is said in other words, say so:
    `ignore: {contest-terms: the reason}`.
    """
    contests: dict[tuple[str, str], list[Proof]] = defaultdict(list)
    for proof in context.proofs:
        if _is_of_a_contest(proof):
            contests[proof.file.path, proof.account].append(proof)
    for proofs in contests.values():
        yield from _silent_on_terms(proofs, context)
        yield from _silent_on_age(proofs, context)
    for proof in (*context.proofs, *context.others):
        if _is_of_a_contest(proof):
            yield from _asks_for_repeats(proof)
            yield from _asks_for_one_a_day(proof)


def _is_of_a_contest(proof: Proof) -> bool:
    return proof.file.campaign.kind == "contest" and not proof.declared.draft


def _silent_on_terms(proofs: list[Proof], context: RuleContext) -> Iterator[Breach]:
    opening = _opening(proofs)
    found = patterns(opening.post.locale)
    text = _announcement(opening, proofs)
    if found is None or not text.strip() or _points_elsewhere(text, found, context):
        return
    conditions = [(found.accounts, "who enters with several accounts can't win")]
    campaign = opening.file.campaign
    by_repost = campaign.kind == "contest" and campaign.entry.how == "repost"
    if not by_repost:  # nobody can repost a post twice
        conditions.append((found.entries, "a second entry does not count"))
    lacking = [what for pattern, what in conditions if not pattern.search(text)]
    if lacking:
        yield contest_terms.breach(
            text=f"{part_name(opening)} announces the contest and does not say that "
            f"{', nor that '.join(lacking)}",
            place=text_place(opening, 0),
            help=f"add: `{found.example_of_accounts if by_repost else found.example}`",
            about=(opening.occurrence,),
            alike=opening.post.locale,
        )


def _silent_on_age(proofs: list[Proof], context: RuleContext) -> Iterator[Breach]:
    opening = _opening(proofs)
    campaign, found = opening.file.campaign, patterns(opening.post.locale)
    age = campaign.entry.account_age if campaign.kind == "contest" else None
    text = _announcement(opening, proofs)
    if not (age and found and text.strip()) or _points_elsewhere(text, found, context):
        return
    if not found.age.search(text):
        hours = int(age.total_seconds()) // 3600
        in_days, in_hours = found.example_of_age
        sentence = in_hours.format(hours) if hours % 24 else in_days.format(hours // 24)
        yield contest_terms.breach(
            text=f"{part_name(opening)} announces the contest and does not say that an account has "
            f"to be {as_written(age)} old",
            place=text_place(opening, 0),
            help=f"add: `{sentence}`",
            about=(opening.occurrence,),
            alike=f"{opening.post.locale} {age}",
        )


def _opening(proofs: list[Proof]) -> Proof:
    """The announcement: what is due at `opens`, else what is due first."""
    for proof in proofs:
        if proof.declared.at and str(proof.declared.at) == "opens":
            return proof
    return min(proofs, key=lambda proof: proof.occurrence.due.timestamp())


def _announcement(opening: Proof, proofs: list[Proof]) -> str:
    """What the announcement says, with what answers it."""
    name = opening.occurrence.key.post
    answers = [proof for proof in proofs if proof.declared.reply_to == name]
    parts = [part for proof in (opening, *answers) for part in proof.post.parts]
    return "\n".join(part.text for part in parts)


def _points_elsewhere(text: str, found: ContestPatterns, context: RuleContext) -> bool:
    return bool(found.elsewhere.search(text) and context.entities_in(text, "url"))


def _asks_for_repeats(proof: Proof) -> Iterator[Breach]:
    found = patterns(proof.post.locale)
    for index, part in enumerate(proof.post.parts):
        match = found.repeats.search(part.text) if found else None
        if match:
            yield contest_terms.breach(
                text=f"{part_name(proof, index)} rewards repeated posts (“{match[0]}”), which X "
                "forbids",
                place=word_place(proof, index, match[0]),
                help="let one entry count as much as many",
                about=(proof.occurrence,),
                alike=f"{proof.post.locale} {match[0]}",
            )


def _asks_for_one_a_day(proof: Proof) -> Iterator[Breach]:
    """Where people believe that each day gives another chance, and it does not."""
    found, campaign = patterns(proof.post.locale), proof.file.campaign
    if found is None or campaign.kind != "contest" or campaign.key is None:
        return
    for index, part in enumerate(proof.post.parts):
        if match := found.daily.search(part.text):
            yield contest_terms.breach(
                text=f"{part_name(proof, index)} says “{match[0]}”, and in a contest with a `key` "
                "one entry per person counts, on whichever day",
                place=word_place(proof, index, match[0]),
                help=f"say it: `{found.example}`",
                about=(proof.occurrence,),
                alike=f"{proof.post.locale} {match[0]}",
            )
