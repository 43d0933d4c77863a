"""What the dialect reads, and how it goes on after mistakes."""

import pytest

from runner.parsing import parse


def read(text, **kwargs):
    return parse("a.yaml", text.encode() if isinstance(text, str) else text, **kwargs)


def rules(text, **kwargs):
    return [problem.rule for problem in read(text, **kwargs).problems]


def test_windows_and_old_mac_line_ends_are_read():
    expected = {"a": "b\nc\n", "d": "e"}
    for end in ("\n", "\r\n", "\r"):
        assert read(f"a: |{end}  b{end}  c{end}d: e{end}").data == expected


def test_a_byte_order_mark_is_tolerated_and_moves_nothing():
    parsed = read("\ufeffa: 1\nb: #c\n")
    assert parsed.data["a"] == 1
    assert parsed.source.map.keys[("a",)].column == 1
    assert parsed.problems[0].place.span.column == 4


def test_a_comment_with_a_space_is_a_comment():
    assert read("# one\na: b # two\nc: 3 #\nd: #= three ===\n#four\n").problems == ()


def test_a_key_may_be_commented_out_below_a_text():
    assert rules("posts:\n  a: b\n  #c: d\n#e: f\n") == []


def test_a_hash_within_a_word_or_quotes_is_text():
    parsed = read("a: b#c\nd: 'x #y'\ne: \"x #y\"\nf: |\n  x #y\n")
    assert parsed.problems == ()
    assert parsed.data == {"a": "b#c", "d": "x #y", "e": "x #y", "f": "x #y\n"}


def test_after_a_cut_hashtag_the_rest_is_read_as_it_was_meant():
    parsed = read("a: Big day #launch today\nb: #one\nc: {{ name }} \nd: 1\n")
    assert parsed.data == {
        "a": "Big day #launch today",
        "b": "#one",
        "c": "{{ name }}",
        "d": 1,
    }
    assert [problem.rule for problem in parsed.problems] == [
        "hash-cut",
        "hash-cut",
        "unquoted-text",
    ]


def test_all_mistakes_that_can_be_read_past_are_told_in_their_order():
    text = "a: 1\na: 2\nb: &x 1\nc: *x\nd: !t 1\n3: x\n<<: {}\n? [k]\n: v\ne: #f\ng: @h\n"
    assert rules(text) == [
        *("duplicate-key", "yaml-alias", "yaml-alias", "yaml-tag", "non-text-key", "yaml-merge"),
        *("yaml-complex-key", "hash-cut", "unquoted-text"),
    ]


def test_the_first_of_two_equal_keys_counts():
    assert read("a: {b: 1}\na: {c: {d: 2}}\ne: 3\n").data == {"a": {"b": 1}, "e": 3}


def test_a_mistake_is_told_once_for_what_follows_from_it():
    assert rules("text: *bold move\n") == ["yaml-alias"]
    assert rules("text: {{ name }} wins\n") == ["unquoted-text"]
    assert rules("{{ key }}: value\n") == ["unquoted-text"]


def test_nothing_inside_a_thrown_away_value_is_told():
    assert rules("a: 1\na: {b: &x 1, b: !t 2, <<: {}}\n? {c: *x}\n: d\n") == [
        "duplicate-key",
        "yaml-complex-key",
    ]


@pytest.mark.parametrize("text", ["", "\n", "# a\n", "---\n", "--- # a\n...\n", "~\n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_empty(text):
    assert rules(text) == ["empty-file"]


def test_one_document_may_be_marked():
    assert read("---\na: b\n...\n# the end\n").data == {"a": "b"}


def test_a_list_is_read_where_a_list_is_asked_for():
    assert read("- a\n- b\n", top="list").data == ["a", "b"]
    assert rules("- a\n") == ["not-a-mapping"]
    assert rules("a: b\n", top="list") == ["not-a-list"]
    assert rules("", top="list") == ["empty-file"]


def test_what_is_not_the_right_whole_is_not_given():
    assert read("- a\n").data is None
    assert read("just text\n").data is None


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"a: \xff", "not-utf-8"),
        ("a: b".encode("utf-16"), "not-utf-8"),
        (b"a: \x00", "control-character"),
        (b"a: \x1b[31m", "control-character"),
        ("a: \x85".encode(), "control-character"),
        ("a: \u2029".encode(), "control-character"),
        ("a: b\ufeff".encode(), "control-character"),
        (b"a: \x7f", "control-character"),
        (b"x" * (256 * 1024 + 1), "too-large"),
        (b"%TAG ! x\n---\na: b", "yaml-directive"),
        (b"# a\n\n%YAML 1.2\n---\na: b", "yaml-directive"),
    ],
)
def test_what_can_not_be_a_campaign_is_refused_before_it_is_parsed(data, rule):
    parsed = read(data)
    assert [problem.rule for problem in parsed.problems] == [rule]
    assert parsed.data is None


def test_256_kib_are_read():
    assert read(b"a: " + b"x" * (256 * 1024 - 3)).problems == ()


def test_32_levels_are_read_and_33_are_not():
    assert read("a: " + "[" * 31 + "]" * 31).problems == ()
    assert rules("a: " + "[" * 32 + "]" * 32) == ["too-deep"]
    assert rules("".join(" " * n + "a:\n" for n in range(34))) == ["too-deep"]


def test_where_bytes_are_not_utf_8_the_place_is_right():
    span = (
        read(b"\xef\xbb\xbfa: \xf0\x9f\x8e\x89\r\nb: \xf0\x9f\x8e\x89\xff\n").problems[0].place.span
    )
    assert (span.line, span.column) == (2, 5)


def test_problems_carry_the_path():
    assert read("a: @b").problems[0].place.path == "a.yaml"
    assert read("a: @b").source.path == "a.yaml"
