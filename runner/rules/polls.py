"""Rules of polls."""

from collections.abc import Iterator
from datetime import timedelta

from runner.durations import as_written
from runner.problems import Place
from runner.render import RenderedPoll
from runner.rules.context import Proof, RuleContext
from runner.rules.places import in_locale_of, part_place
from runner.rules.rule import Breach, rule
from runner.text import POLL_OPTION_LIMIT, is_blank, weigh

OPTIONS = (2, 4)
MINUTES = (5, 7 * 24 * 60)


@rule("poll-limits", of_one_post=True)
def poll_limits(context: RuleContext) -> Iterator[Breach]:
    """A poll is one that X takes: 2 to 4 different answers of up to 25 characters, 5m to 7d.

    X refuses all others. An emoji counts as 2 characters.

    Shorten the answer, make it differ from the others, or change `open`.
    """
    for proof, index, part in context.parts():
        if part.poll is None:
            continue
        for place, text, help in _faults(part.poll, proof, index):
            yield poll_limits.breach(text=text, place=place, help=help, about=(proof.occurrence,))


def _faults(poll: RenderedPoll, proof: Proof, index: int) -> Iterator[tuple[Place, str, str]]:
    count = len(poll.options)
    if not OPTIONS[0] <= count <= OPTIONS[1]:
        place = part_place(proof, index, "poll", "options")
        answers = f"{count} answer{'s' * (count != 1)}"
        yield place, f"the poll has {answers}, and X takes 2 to 4", "write 2 to 4"
    if not MINUTES[0] <= poll.minutes <= MINUTES[1]:
        place = part_place(proof, index, "poll", "open")
        length = as_written(timedelta(minutes=poll.minutes))
        yield (
            place,
            f"the poll is open for {length}, and X takes 5m to 7d",
            ("write `open: 5m`" if poll.minutes < MINUTES[0] else "write `open: 7d`"),
        )
    seen: dict[str, str] = {}
    for number, option in enumerate(poll.options):
        place = _option_place(proof, index, number)
        weight = weigh(option)
        if is_blank(option):
            yield place, f"answer {number + 1} of the poll is empty", "write it, or remove it"
        elif weight > POLL_OPTION_LIMIT:
            over = f"{weight} of {POLL_OPTION_LIMIT}, remove {weight - POLL_OPTION_LIMIT}"
            yield place, f"`{option}` is too long for an answer: {over}", "shorten it"
        elif option.strip().casefold() in seen:
            same = seen[option.strip().casefold()]
            yield place, f"`{same}` is an answer of this poll already", "write another answer"
        seen.setdefault(option.strip().casefold(), option)


def _option_place(proof: Proof, index: int, number: int) -> Place:
    post = proof.declared
    poll = post.thread[index].poll if post.thread else post.poll
    words = poll.options[number] if poll and number < len(poll.options) else ""
    below = ("poll", "options", number, *in_locale_of(proof, words))
    return part_place(proof, index, *below)
