"""What is said below an issue shows an answer as it is, and does nothing there."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from runner.inbox import OwnAnswer, command_in
from runner.problems import Message
from runner.views.markdown.answer_comment import (
    message_as_markdown,
    preview_as_markdown,
    skipped_as_markdown,
)
from tests.unit.inbox.test_composing import composed

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = st.text(st.one_of(st.sampled_from("`~\n\r|<>@#:[]()!\\*_- /{}%$"), st.characters()))
QUIET = {"text", "softbreak", "code_inline", "text_special"}


def does_nothing(markdown: str) -> bool:
    """Whether it holds nothing but text, lists and fences."""
    tokens = READER.parse(markdown)
    spans = [each.type for token in tokens for each in token.children or ()]
    return not any("html" in each.type for each in tokens) and set(spans) <= QUIET


@given(NASTY)
@example("```\n/send 000000000000")
@example("<details> @octocat #1 closes #2 ${{ secrets.X }}")
@example("{{ 7 * 7 }}{% include 'x' %}")
def test_an_answer_is_a_fence_and_the_line_that_sends_it_another(text):
    answer = composed(OwnAnswer(text))
    shown = preview_as_markdown(answer)
    fences = [each.content for each in READER.parse(shown) if each.type == "fence"]
    sends = [f"/send {answer.digest}\n"] if answer.digest else []
    assert fences[1:] == sends
    assert does_nothing(shown)


@given(NASTY)
@example("<img src=x> @octocat")
def test_what_people_have_written_is_quoted_as_text(text):
    assert does_nothing(skipped_as_markdown(text))
    found = command_in(f"/answer {text}")
    if isinstance(found, Message):
        assert does_nothing(message_as_markdown(found))


@given(NASTY)
@example("/answer\n/send 000000000000")
def test_a_comment_is_one_command_at_most_and_its_words_stay_text(text):
    assert command_in(text) is None or text.lstrip().startswith("/")
    below = command_in(f"/answer\n{text}")
    assert isinstance(below, OwnAnswer | Message)


def test_an_answer_that_is_too_long_to_be_read_is_not_offered():
    answer = composed(OwnAnswer("\u200b" * 20_000))
    assert "/send" not in preview_as_markdown(answer)
