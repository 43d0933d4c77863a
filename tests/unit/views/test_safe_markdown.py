"""Whatever a text holds, GitHub shows it as text: nothing breaks out, pings, links or hides."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from runner.github.issues import marked
from runner.inbox import AccountInbox, Conversations, Mention
from runner.inbox.record import InboxRecord
from runner.text.invisible import invisible_characters
from runner.views.markdown.escaping import WIDEST, code, fenced, plain
from runner.views.markdown.inbox import InboxIssueTexts
from runner.views.safe_text import unhidden

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = st.text(
    st.one_of(
        st.sampled_from("`~\n\r|<>@#:[]()!\\*_- \t&$\u202e\u200b\u2028\u200d🧵"), st.characters()
    )
)
AT = datetime(2027, 3, 1, tzinfo=UTC)
SAID = Mention(post="1", newest="1", conversation="1")
PARAGRAPH = ("paragraph_open", "inline", "paragraph_close")
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)


def tokens(markdown: str) -> list[Token]:
    return READER.parse(markdown)


@given(NASTY)
@example("```\n@partner")
@example("~~~\n```text\n<img src=x>")
@example("`" * 40)
@example("::error::no")
@example("  ::set-output name=x::y\n##[group]")
@example("a\u2028```\u2028b")
def test_a_fence_holds_any_text(text):
    for language in ("text", "diff"):
        (fence,) = tokens(fenced(text, language))
        assert fence.type == "fence"
        assert fence.info == language


@given(NASTY)
@example("```\n</details> @octocat ${{ secrets.X }} #1 closes #2")
def test_words_of_others_are_nothing_but_a_fence_in_the_comment_of_an_issue(text):
    (heard,) = Conversations(inbox=AccountInbox([InboxRecord(at=AT, mentions=(SAID,))])).heard
    comment = InboxIssueTexts(account="shop").comment(heard, text)
    *head, fence = tokens(marked("mention 1", comment))
    assert [each.type for each in head] == ["html_block", *PARAGRAPH]
    assert fence.type == "fence"
    assert tokens(comment)[1].content.startswith("[mention](https://x.com/i/status/1)")


@given(NASTY)
def test_a_fence_shows_each_character(text):
    (fence,) = tokens(fenced(text, broken=False))
    assert fence.content.replace("\u200b", "").rstrip("\n") == unhidden(text).rstrip("\n").replace(
        "\u200b", ""
    )


@given(NASTY)
@example("@partner\u202egnp.exe")
def test_nothing_is_hidden_but_what_keeps_github_from_acting(text):
    for shown in (fenced(text), code(text), plain(text)):
        assert {shown[at] for at in invisible_characters(shown)} <= {"\u200b"}


@given(NASTY)
@example("::warning::x")
@example("\n::warning::x")
@example("##[error]")
def test_no_line_is_a_command_of_the_workflow(text):
    for shown in (fenced(text), code(text), plain(text)):
        assert not COMMAND.search(shown)


def in_a_cell(text: str) -> list[Token]:
    """The inline tokens of the one cell of a table that holds the text."""
    cells = [each for each in tokens(f"| h |\n|---|\n| x{plain(text)} |") if each.type == "inline"]
    assert len(cells) == 2
    return cells[1].children or []


@given(NASTY)
@example("a | b")
@example("<b>&lt;")
@example("[x](https://evil.example)")
@example("![x](https://evil.example/pixel.png)")
@example("**not bold** ~~nor struck~~ `nor code`")
@example("\\")
@example("\\|")
def test_a_sentence_stays_a_sentence_in_its_cell(text):
    assert {token.type for token in in_a_cell(text)} <= {"text", "text_special"}


@given(NASTY)
@example("`` a ` b ``")
@example("`")
@example(" ")
@example("")
def test_code_stays_code(text):
    paragraph = tokens(f"x {code(text)} y")
    assert [token.type for token in paragraph[1].children] == ["text", "code_inline", "text"]


@pytest.mark.parametrize(
    "text",
    ["@partner", "(@partner/team)", "#12", "acme/shop#12", "GH-12", "https://github.com/a/b/issues/1",
     "www.example.com"],
)  # fmt: skip
def test_github_links_nothing(text):
    shown = "".join(token.content for token in in_a_cell(text))[1:]
    assert shown.replace("\u200b", "") == text
    assert not re.search(r"[@#]\w|GH-\d|://|www\.", shown)


@given(st.text(st.sampled_from("ab ↳+-"), min_size=WIDEST, max_size=400))
def test_a_long_line_is_broken_and_nothing_of_it_lost(text):
    sign = text[0] if text[:1] in ("+", "-") and text else ""
    _, *lines, _ = fenced(text, "diff").split("\n")
    assert all(len(line) <= WIDEST for line in lines)
    rest = [line.removeprefix(f"{sign}↳ ") for line in lines[1:]]
    assert "".join([lines[0], *rest]) == text


def test_a_sign_stands_before_each_piece_of_a_broken_line():
    _, *lines, _ = fenced("+" + "word " * 60, "diff").split("\n")
    assert len(lines) > 1
    assert {line[0] for line in lines} == {"+"}


def test_hidden_characters_are_shown_by_their_numbers():
    assert "⟨U+202E⟩" in fenced("a\u202eb")
    assert "⟨U+200B⟩" in plain("a\u200bb")
    assert "👩‍🚀" in fenced("👩‍🚀")
