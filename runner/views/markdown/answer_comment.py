"""What is said below an issue to who has asked for an answer: the answer to be read, and what came
of it."""

from collections.abc import Iterator
from typing import Final

from runner.inbox.composing import ComposedAnswer
from runner.plan import Verb
from runner.problems import Message, Problem
from runner.publish import SentAnswer
from runner.reading import NotRead
from runner.render import RenderedPost
from runner.views.markdown.escaping import fenced, plain
from runner.views.phrases import count, usd
from runner.x_facts import PRICES

_LONGEST: Final = 60_000
"""Characters of an answer that is shown: GitHub takes 65,536 in a comment."""
_ONCE_MORE: Final = (
    "write the same `/send` in six minutes: it is looked for on X, and sent only if it is not there"
)
_MOST: Final = 10
"""Problems that are told."""


def preview_as_markdown(answer: ComposedAnswer) -> str:
    """The answer as X gets it, what is wrong with it, and how it is sent."""
    wrong = [*_barred_lines(answer), *_problem_lines(answer.problems)]
    if answer.post is None:
        return "\n".join(["This can't be an answer:", "", *wrong])
    shown = fenced(answer.post.parts[0].text)
    if len(shown) > _LONGEST:
        return "It is too long to be shown here, and what nobody can read is not sent."
    lines = [_facts(answer.post, answer.handle), "", shown, "", *wrong, *([""] if wrong else [])]
    if answer.digest is None:
        return "\n".join([*lines, "It can't be sent like that: write `/answer` anew."])
    how = "This comment sends it, as it stands here, and for good:"
    return "\n".join([*lines, how, "", fenced(f"/send {answer.digest}")])


def message_as_markdown(message: Message) -> str:
    """Why nothing was done, and what to do."""
    return _sentence(message.text, None if message.help is None else str(message.help))


def sent_as_markdown(sent: SentAnswer) -> str:
    """What came of an answer that was to be sent."""
    if sent.url:
        return f"{'Not sent: another answer is out' if sent.is_other else 'Sent'}: {sent.url}"
    if sent.may_be_out:
        asks = sent.action.verb is Verb.ASK
        todo = f"its name is `{sent.action.key}`" if asks else _ONCE_MORE
        return _sentence(f"it may be out: {sent.because}", todo)
    return _sentence(f"not sent: {sent.because}", sent.help)


def skipped_as_markdown(because: str) -> str:
    """The comment that nobody is to answer, and why."""
    return f"Skipped: {plain(because)}. It is opened again when they write again."


def hidden_as_markdown(hidden: int, why_not: NotRead | None) -> str:
    """How many replies are hidden on X, and why not all."""
    told = f"Hidden on X: {count(hidden, 'reply', 'replies')} ({usd(PRICES['hide'] * hidden)})."
    if why_not is None:
        return told
    why = _sentence(f"not hidden: {why_not.because}", why_not.help)
    return f"{told} {why}" if hidden else why


def _facts(post: RenderedPost, handle: str) -> str:
    (part, *_) = post.parts
    return f"As `@{handle}`, {part.weight:,} of {post.limit:,} characters, {usd(post.cost)}:"


def _barred_lines(answer: ComposedAnswer) -> Iterator[str]:
    """Why not who answers for others."""
    if answer.barred:
        yield (
            f"- note: X lets `@{answer.barred}` answer only who has named it, and they have not."
        )


def _problem_lines(problems: tuple[Problem, ...]) -> Iterator[str]:
    for each in problems[:_MOST]:
        yield f"- {each.severity}: {_sentence(each.message, each.help)}"
    if len(problems) > _MOST:
        yield f"- and {len(problems) - _MOST:,} more."


def _sentence(text: str, help: str | None) -> str:
    told = (f"{each[:1].upper()}{each[1:]}" for each in (text, help) if each)
    return " ".join(plain(each if each.endswith("?") else f"{each}.") for each in told)
