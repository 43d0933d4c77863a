"""What people write below an issue to have a mention answered: commands, each the first line of a
comment.

A comment is text of a stranger until somebody has looked at who may write. Nothing of it is ever
run: it is compared with the few words that are known here.
"""

import re
from typing import Final

from runner.problems import Message, suggest
from runner.value import Value

_FIRST_LINE: Final = re.compile(r"\s*/([a-z]+)(?:[ \t]+([^\n]*))?(?:\n(.*))?", re.DOTALL)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
DIGEST_LENGTH: Final = 12
"""Characters of a post's digest that people copy."""
_DIGEST: Final = re.compile(rf"[0-9a-f]{{{DIGEST_LENGTH}}}")
_LONGEST: Final = 30_000
"""Characters of a comment that are looked at: more than any post has."""
_KNOWN: Final = ("/answer", "/hide", "/send", "/skip")
_NO_REASON: Final = Message(
    "no-reason", "`/skip` has no reason", "write it behind: `/skip he only sells followers`"
)
_NO_DIGEST: Final = Message(
    "no-digest",
    "`/send` has no digest",
    "copy the whole line `/send …` from below the answer that you have read",
)


class ReadyAnswer(Value):
    """`/answer thanks`: a template below templates/answers."""

    name: str


class OwnAnswer(Value):
    """`/answer` and words of one's own, which are no template."""

    text: str


class SendAnswer(Value):
    """`/send DIGEST`: what was shown with this digest goes out."""

    digest: str


class SkipMention(Value):
    """`/skip reason`: nobody is to answer."""

    because: str


class HideReply(Value):
    """`/hide`: their reply is hidden on X, and nobody is to answer."""


AnswerWords = ReadyAnswer | OwnAnswer
AnswerCommand = ReadyAnswer | OwnAnswer | SendAnswer | SkipMention | HideReply


def command_in(comment: str) -> AnswerCommand | Message | None:
    """The command that a comment begins with, or what is wrong with it; None for what is none."""
    found = _FIRST_LINE.fullmatch(comment[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n"))
    if found is None:
        return None
    word, rest, below = (each.strip() if each else "" for each in found.groups())
    match word:
        case "answer":
            return _answer(rest, below)
        case "send":
            return _send(rest)
        case "skip":
            because = " ".join(f"{rest} {below}".split())
            return SkipMention(because) if because else _NO_REASON
        case "hide":
            return HideReply()
        case _ if near := suggest(f"/{word}", _KNOWN):
            return Message("unknown-command", f"there is no command `/{word}`", near)
        case _:
            return None


def _answer(rest: str, below: str) -> AnswerWords | Message:
    if not _NAME.fullmatch(rest):
        text = f"{rest}\n{below}".strip()
        return OwnAnswer(text) if text else _no_words()
    if below:
        text = f"`/answer {rest}` names a ready answer, and there are words of your own below"
        return Message("two-answers", text, "keep one of them")
    return ReadyAnswer(rest)


def _no_words() -> Message:
    return Message(
        "no-answer",
        "`/answer` says nothing",
        "name a ready answer behind it, or write your own words below",
    )


def _send(rest: str) -> SendAnswer | Message:
    digest = rest.strip("`").casefold()
    return SendAnswer(digest) if _DIGEST.fullmatch(digest) else _NO_DIGEST
