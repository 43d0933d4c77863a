"""The rules of contests: what X asks of everybody who gives prizes, and what a draw that anyone can
check asks of its announcement."""

from collections import defaultdict
from collections.abc import Iterator

from runner.charter import charter_of
from runner.durations import as_written
from runner.models import CampaignFile, Contest
from runner.problems import Place, Severity
from runner.rules.contest_words import ContestPatterns, patterns
from runner.rules.context import Proof, RuleContext
from runner.rules.places import part_name, text_place, word_place
from runner.rules.rule import Breach, rule
from runner.templating.values import DIGEST, PLACEHOLDER


@rule("contest-terms", Severity.WARNING)
def contest_terms(context: RuleContext) -> Iterator[Breach]:
    """A contest is announced on X's conditions, and does not ask for repeated posts.

    X asks that the announcement say two things: who enters with several accounts can't win, and
    several entries in a single day don't count. It also says how old an account has to be, where
    `account-age` asks for that. Nothing may reward repeated posts, as in “whoever
    reposts most wins”
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


@rule("contest-code")
def contest_code(context: RuleContext) -> Iterator[Breach]:
    """The announcement of a contest with a `key` carries the contest's code.

    The code stands for all that the contest promises: rules, times, prize, key. Because X shows
    when the announcement was made, anyone can see later that none of it was changed. The
    announcement is the post that is due when the contest opens, else the one that is called
    `announce`. Standard templates carry the code.

    Write `{{ contest.code }}` into the announcement.
    """
    for file, contest in _contests_with_a_key(context):
        if contest.announcement not in contest.posts:
            yield contest_code.breach(
                text="the contest has a `key`, and no announcement to carry its code",
                place=Place(path=file.path, route=("posts",), on_key=True),
                help="add it to the posts: `announce: {at: opens}`",
            )
        charter = charter_of(file.id, contest, context.anchors.get(file.path, {}))
        for proof in _proofs_of(file, contest.announcement, context):
            if charter and not any(charter.code in part.text for part in proof.post.parts):
                yield contest_code.breach(
                    text=f"{part_name(proof)} announces a contest with a `key` and does not carry "
                    "its code",
                    place=text_place(proof, 0),
                    help="write `{{ contest.code }}` into its text",
                    about=(proof.occurrence,),
                )


@rule("contest-digest")
def contest_digest(context: RuleContext) -> Iterator[Breach]:
    """A contest with a `key` has a post `closed` that carries the digest of its list of entries.

    It is what fixes the list before anybody can know who is drawn, and it waits until there is one.
    It answers the announcement, so that whoever has entered finds it, and a second one beside it is
    seen. The standard template carries the digest, the number of entries, and when the draw is.

    Add `closed: {at: closes, reply-to: announce}`, or write `{{ draw.digest }}` into its text.

    Where the results name a supplement, a post `supplement` answers `closed`, with the digest of
    the list with it: `{{ draw.supplement }}`.
    """
    for file, contest in _contests_with_a_key(context):
        yield from _supplement(file, contest, context)
        announced = contest.announcement
        if contest.closing_post not in contest.posts:
            yield contest_digest.breach(
                text="the contest has a `key`, and no post `closed` to carry the digest of its "
                "list of entries",
                place=Place(path=file.path, route=("posts",), on_key=True),
                help=f"add it to the posts: `closed: {{at: closes, reply-to: {announced}}}`",
            )
        elif contest.posts[contest.closing_post].reply_to != announced:
            yield contest_digest.breach(
                text="the post `closed` of a contest with a `key` does not answer its announcement",
                place=Place(path=file.path, route=("posts", contest.closing_post), on_key=True),
                help=f"add `reply-to: {announced}`",
            )
        digest = file.draw.digest if file.draw else None
        carried = digest or PLACEHOLDER.format(DIGEST)
        for proof in _proofs_of(file, contest.closing_post, context):
            if not any(carried in part.text for part in proof.post.parts):
                yield contest_digest.breach(
                    text=f"{part_name(proof)} does not carry the digest of the list of entries",
                    place=text_place(proof, 0),
                    help="write `{{ draw.digest }}` into its text",
                    about=(proof.occurrence,),
                )


def _supplement(file: CampaignFile, contest: Contest, context: RuleContext) -> Iterator[Breach]:
    supplement, post = file.draw.supplement if file.draw else None, contest.supplement_post
    if supplement is None:
        return
    declared, closing = contest.posts.get(post), contest.closing_post
    if declared is None or declared.reply_to != closing:
        yield contest_digest.breach(
            text="the list has a supplement, and no post `supplement` that answers "
            f"`{closing}` with its digest",
            place=Place(path=file.path, route=("posts",), on_key=True),
            help=f"add it to the posts: `{post}: {{at: MOMENT, reply-to: {closing}}}`",
        )
    for proof in _proofs_of(file, post, context):
        if not any(supplement.digest in part.text for part in proof.post.parts):
            yield contest_digest.breach(
                text=f"{part_name(proof)} does not carry the digest of the supplemented list",
                place=text_place(proof, 0),
                help="write `{{ draw.supplement }}` into its text",
                about=(proof.occurrence,),
            )


def _contests_with_a_key(context: RuleContext) -> Iterator[tuple[CampaignFile, Contest]]:
    for file in context.files:
        if isinstance(file.campaign, Contest) and file.campaign.key:
            yield file, file.campaign


def _proofs_of(file: CampaignFile, post: str, context: RuleContext) -> Iterator[Proof]:
    for proof in context.proofs:
        if proof.file.path == file.path and proof.occurrence.key.post == post:
            yield proof


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
        conditions.append((found.entries, "one entry a day counts"))
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
