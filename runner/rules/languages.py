"""The rule of languages: what is said in several is said in each."""

import re
from collections.abc import Iterator
from typing import Final

from runner.models import CampaignFile, Media, Part, Poll, Post, Project, Words
from runner.problems import Place, Severity
from runner.rules.context import RuleContext
from runner.rules.rule import Breach, rule
from runner.rules.template_use import locales_of

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
"""What is probably said in a language: `S`, `27` and an emoji are not."""
SaidTexts = Iterator[tuple[str, str, tuple[str | int, ...]]]
"""What it is, its words, and where they stand."""


@rule("one-language", Severity.WARNING)
def one_language(context: RuleContext) -> Iterator[Breach]:
    """A post in several languages has its answers and descriptions in each of them.

    A campaign on accounts of two languages, with the answers of a poll or the description of a
    picture written once, shows one language to the readers of the other. What is no word, such as
    `27` or `S`, is the same for all.

    Write a text for each language: `{lv: Zils, en: Blue}`. A name that is the same in all may stand
    in each, or be ignored with that reason.
    """
    for file in context.files:
        for name, post in file.campaign.posts.items():
            spoken = _languages(post, file, context.project)
            if len(spoken) < 2:
                continue
            parts = enumerate(post.thread) if post.thread else ((None, post),)
            for index, part in parts:
                route = ("posts", name) if index is None else ("posts", name, "thread", index)
                for what, words, below in _said_once(part):
                    yield one_language.breach(
                        text=f"{what} `{words}` is written once, and `{name}` goes out in "
                        f"{' and '.join(spoken)}",
                        place=Place(path=file.path, route=(*route, *below)),
                        help="write it in each: "
                        f"`{{{', '.join(f'{language}: …' for language in spoken)}}}`",
                        declared=(post,),
                    )


def _languages(post: Post, file: CampaignFile, project: Project) -> tuple[str, ...]:
    return tuple(sorted({each.partition("-")[0] for each in locales_of(post, file, project)}))


def _said_once(part: Post | Part) -> SaidTexts:
    """The first answer of the poll, and the first description, that stand for all languages."""
    yield from _first(_answers(part.poll))
    yield from _first(_descriptions(part.media or ()))


def _answers(poll: Poll | None) -> SaidTexts:
    for index, words in enumerate(poll.options if poll else ()):
        if _is_once(words):
            yield "the answer", str(words), ("poll", "options", index)


def _descriptions(media: tuple[Media, ...]) -> SaidTexts:
    for index, each in enumerate(media):
        if each.alt is not None and _is_once(each.alt):
            yield "the description", str(each.alt), ("media", index, "alt")


def _first(found: SaidTexts) -> SaidTexts:
    yield from (each for _, each in zip((0,), found, strict=False))


def _is_once(words: Words) -> bool:
    return isinstance(words, str) and _WORD.search(words) is not None
