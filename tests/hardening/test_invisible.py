"""What nobody sees is an error at its character, and shown by its number in every view."""

import io
from pathlib import Path

import emoji
import pytest

from runner.cli.context import CommandContext
from runner.cli.file_problems import all_problems
from runner.cli.opened_project import open_project
from runner.problems import Problem
from runner.text.invisible import invisible_characters, is_blank, with_marks
from runner.value import replace
from runner.views.html.preview import plan_as_html
from runner.views.ics import plan_as_ics
from runner.views.json.plan import plan_as_json
from runner.views.markdown.bounded import summary
from runner.views.markdown.listing import listing_as_markdown
from runner.views.plan_listing import plan_listing
from runner.views.terminal.listing import listing_as_text
from tests.unit.views.building import examples, saying

RUNNER = """\
timezone: Europe/Riga
accounts: {shop: {handle: acme_lv, locale: en}}
ledger: {store: files}
"""
SENTENCE = "".join(chr(0xE0000 + ord(letter)) for letter in "buy evil")
HIDDEN = {
    "A11-tags-that-spell-a-sentence": f"🏴{SENTENCE}\U000e007f",
    "A11-tags-of-a-flag-that-is-none": "🏴\U000e0075\U000e0073\U000e0063\U000e0061\U000e007f",
    "A11-tags-behind-a-flag": "🏴󠁧󠁢󠁥󠁮󠁧󠁿" + SENTENCE,
    "A11-alternating-selectors": "❤" + "\ufe0e\ufe0f" * 30,
    "A11-a-selector-without-base": "so \ufe0f it is",
    "A11-selectors-behind-digits": "1\ufe0f2\ufe0e3",
    "A11-a-second-selector": "❤\ufe0f\ufe0f",
    "A11-a-joiner-between-letters": "pay\u200dpal",
    "A11-a-joiner-between-emoji-that-do-not-join": "🎉\u200d🎉",
    "A11-a-joiner-too-many": "👩\u200d🔧\u200d🔧",
    "A11-a-non-joiner-in-latin": "pay\u200cpal",
    "A11-directions": "abc\u202egnp\u202c \u2066x\u2069 \u200e \u061c",
    "A11-no-width": "a\u200bb\u2060c",
    "A11-a-soft-hyphen": "re\u00adklāma",
    "A11-fillers-of-hangul": "a\u3164b\u115f\u1160\uffa0",
    "A11-a-grapheme-joiner": "a\u034fb",
    "A11-operators-that-nobody-sees": "f\u2061(x)\u2062y\u2063z\u2064",
    "A11-annotations": "a\ufff9b\ufffac\ufffb",
    "A11-private-use": "\uf8ff \ue000 \U000f0000",
    "A11-not-assigned": "a\u0378b\U000e0080",
    "A11-no-characters": "a\ufdd0b\U0001ffff",
    "A11-braille-without-dots": "a\u2800b",
    "A11-selectors-of-ideographs": "a\U000e0100b",
    "A12-only-no-width": "\u200b",
    "A12-only-a-word-joiner": "\u2060",
    "A12-only-a-filler": "\u3164",
    "A12-only-a-soft-hyphen": "\u00ad",
    "A12-only-a-selector": "\ufe0f",
    "A12-NUL": "a\0b",
    "A12-ESC": "a\x1b[31mb",
    "A12-a-byte-order-mark": "a\ufeffb",
    "A12-U+FFFE": "a\ufffeb",
    "A12-U+FFFF": "a\uffffb",
    "A12-a-line-separator": "a\u2028b",
    "A12-what-was-lost": "a\ufffdb",
}
WELL = (
    "Ziemas krāja ir klāt – „Ogres vilna”, 59,90\u00a0€, 20\u202f% atlaide\u2009… ģ ķ ļ ņ Ŗ",
    "¡Llega! «Slim 27»: piñas, cigüeñas y 1.ª calidad — a\u0301 n\u0303",
    "«Зима» уже здесь: ёлки, 1 299\u00a0₽ № 5 — и\u0306",
    "It’s here — “wool”, 20 % off™ ½ × 2 = 1, 100\u2007°C\u3000",
    "می\u200cخواهم، क्\u200dष",
    "line\nand\ttab",
)


def wrong_in(root: Path, files: dict[str, str | bytes]) -> dict[str, tuple[Problem, ...]]:
    """What `validate` says of a project, by file."""
    for name, text in {"runner.yaml": RUNNER, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    outside = CommandContext(root=root, environ={}, out=io.StringIO(), talk=io.StringIO())
    found = all_problems(open_project(outside, checked=True))
    paths = {problem.place.path for problem in found}
    return {path: tuple(p for p in found if p.place.path == path) for path in paths}


def campaign(text: str) -> str:
    return f"kind: series\naccount: shop\nposts:\n  a: {{at: 2027-02-01 10:00, text: {text}}}\n"


def escaped(text: str) -> str:
    return (
        '"'
        + "".join(f"\\U{ord(sign):08X}" if sign > "~" or sign < " " else sign for sign in text)
        + '"'
    )


def test_each_hidden_character_is_an_error_however_it_is_written(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for number, text in enumerate(HIDDEN.values()):
        day, hour = number // 24 + 1, number % 24
        for name, written in (("escaped", escaped(text)), ("raw", f'"{text}"')):
            moment = f"{'2027-02' if name == 'escaped' else '2027-03'}-{day:02} {hour:02}:"
            whole = campaign(written).replace("2027-02-01 10:", moment)
            files[f"campaigns/{name}-{number}.yaml"] = whole
    found = wrong_in(tmp_path, files)
    assert found.keys() == files.keys()
    for path, problems in found.items():
        rules = {problem.rule for problem in problems}
        assert rules <= {"hidden-character", "control-character"}, path
        assert "raw" in path or rules == {"hidden-character"}
        assert all(p.place.span and p.place.span.line == 4 for p in problems), path
        assert not any("\\u" in (problem.help or "") for problem in problems)


def test_a_hidden_character_is_marked_at_its_place(tmp_path: Path) -> None:
    path = "campaigns/a.yaml"
    text = 'kind: series\naccount: shop\ntitle: "ab\\u200b\\x41\\u00ADc\u2060"\n# \u202e comment\n'
    found = wrong_in(tmp_path, {path: text})[path]
    spans = [(p.place.span.line, p.place.span.column) for p in found if p.place.span]
    assert spans == [(3, 28), (4, 3)]
    text = text.replace("\u2060", "").replace("\u202e", "")
    found = wrong_in(tmp_path, {path: text})[path]
    spans = [(p.place.span.column, p.place.span.end_column) for p in found if p.place.span]
    assert spans == [(11, 17), (21, 27)]


HEAD = "kind: series\naccount: shop\n"
POST = "at: 2027-02-01 10:00, text: a"
RING = (
    "starts: 2027-02-01\nends: 2027-02-05\nposts:\n  a:\n    every: {days: [mon], slots: [noon]}\n"
)
WHERE = {
    "title": f'title: "~"\nposts: {{a: {{{POST}}}}}\n',
    "vars": f'vars: {{x: "~"}}\nposts: {{a: {{{POST}}}}}\n',
    "key": f'vars: {{"~": x}}\nposts: {{a: {{{POST}}}}}\n',
    "alt": f'posts: {{a: {{{POST}, media: [{{file: a.png, alt: "~"}}]}}}}\n',
    "poll": f'posts: {{a: {{{POST}, poll: {{options: [a, "~"], open: 1h}}}}}}\n',
    "items": f'{RING}    items: [{{text: "~"}}]\n',
    "template": "posts: {a: {at: 2027-02-01 10:00, text: '{{ \"~\" }} x'}}\n",
}


@pytest.mark.parametrize("written", ["\u200b", "\\u200b"], ids=["raw", "escape"])
@pytest.mark.parametrize("where", WHERE.values(), ids=[f"A12-{name}" for name in WHERE])
def test_wherever_a_text_stands_it_hides_nothing(where: str, written: str, tmp_path: Path) -> None:
    found = wrong_in(tmp_path, {"campaigns/a.yaml": HEAD + where.replace("~", f"a{written}b")})
    assert "hidden-character" in {p.rule for p in found["campaigns/a.yaml"]}


def test_files_beside_a_campaign_hide_nothing(tmp_path: Path) -> None:
    named = f"{HEAD}{RING}    items: data/x.yaml\n"
    contest = (
        "kind: contest\naccount: shop\nopens: 2027-02-01 10:00\ncloses: 2027-02-03 10:00\n"
        "prize: x\nentry: {how: reply}\nposts: {announce: {at: opens}}\n"
    )
    files: dict[str, str | bytes] = {
        "campaigns/a.yaml": named,
        "campaigns/data/x.yaml": '- text: "a\\u2060b"\n',
        "campaigns/c.yaml": contest,
        "campaigns/results/c.yaml": 'drawn: 2027-02-04 10:00\nwinners: ["an\\u200bna"]\n',
        "templates/mine.j2": "one\ntwo \u200b\n",
        "runner.yaml": RUNNER
        + 'partners: {p: {handle: pp, name: "P\\u3164", relationship: none}}\n',
    }
    found = wrong_in(tmp_path, files)
    for path in (
        "campaigns/data/x.yaml",
        "campaigns/results/c.yaml",
        "runner.yaml",
        "templates/mine.j2",
    ):
        assert [p.rule for p in found[path]] == ["hidden-character"], path
    (in_template,) = found["templates/mine.j2"]
    assert in_template.place.span
    assert (in_template.place.span.line, in_template.place.span.column) == (2, 5)


@pytest.mark.parametrize("bad", HIDDEN.values(), ids=HIDDEN)
def test_every_view_shows_it_by_its_number(bad: str) -> None:
    plan, material = examples()
    said = saying(
        replace(plan, actions=plan.actions[:1]), lambda part: replace(part, text=f"x{bad}x")
    )
    number = with_marks(f"x{bad}x").partition("⟨")[2].partition("⟩")[0]
    views = {
        "text": listing_as_text(plan_listing(said)),
        "markdown": listing_as_markdown(plan_listing(said), summary("elsewhere")),
        "html": plan_as_html(said, material),
        "ics": plan_as_ics(said).replace("\r\n ", ""),
    }
    for name, shown in views.items():
        assert number in shown, name
        assert f"x{bad}x" not in shown, name
    assert plan_as_json(said, (), {}).isascii()


def test_no_emoji_that_exists_is_called_hidden() -> None:
    known = emoji.EMOJI_DATA
    assert len(known) > 5_000
    assert [each for each in known if invisible_characters(f"a{each}b{each}{each}")] == []
    assert [each for each in known if is_blank(each)] == []


@pytest.mark.parametrize("text", WELL)
def test_ordinary_text_is_never_called_hidden(text: str) -> None:
    assert with_marks(text) == text


def test_what_a_template_puts_together_is_an_error(tmp_path: Path) -> None:
    text = campaign("\"{{ '❤️' | replace('❤', 'love') }} x\"")
    (problem,) = wrong_in(tmp_path, {"campaigns/a.yaml": text})["campaigns/a.yaml"]
    assert problem.rule == "hidden-character"
    assert "U+FE0F" in problem.message


@pytest.mark.parametrize(
    "blank", ["\u0301\u0308", "\u00a0\u3000", "\\u0301"], ids=lambda t: ascii(t)
)
def test_a_text_of_which_nothing_is_seen_is_empty(blank: str, tmp_path: Path) -> None:
    (problem,) = wrong_in(tmp_path, {"campaigns/a.yaml": campaign(f'"{blank}"')})[
        "campaigns/a.yaml"
    ]
    assert problem.rule == "empty-text"


DISCLOSURES = {
    "A5-no-width": "\\u200b",
    "A5-a-dot": ".",
    "A5-emoji": "😀❤️",
    "A5-accents": "\\u0301\\u0301",
    "A5-a-hash": "#",
    "A5-a-hash-and-no-width": "#\\u200b",
    "A5-a-filler-of-hangul": "\\u3164\\u3164",
    "A5-a-word-with-something-hidden": "rekl\\u00adāma",
    "A5-digits": "#1234",
    "A5-nothing": "",
}


@pytest.mark.parametrize("word", DISCLOSURES.values(), ids=DISCLOSURES)
def test_a_disclosure_has_letters_that_people_can_read(word: str, tmp_path: Path) -> None:
    for written in (f'"{word}"', f'{{en: "{word}", lv: "#reklāma"}}'):
        files: dict[str, str | bytes] = {
            "runner.yaml": f"{RUNNER}disclosure: {{paid: {written}}}\n"
        }
        (problem,) = wrong_in(tmp_path, files)["runner.yaml"]
        assert problem.rule in ("bad-disclosure", "hidden-character")
        assert problem.place.route[:2] == ("disclosure", "paid")


@pytest.mark.parametrize("word", ["#ad", "Anzeige", "#реклама", "広告", "#reklāma"])
def test_a_word_that_discloses_is_well(word: str, tmp_path: Path) -> None:
    text = f'{RUNNER}disclosure: {{paid: "{word}"}}\n'
    assert "runner.yaml" not in wrong_in(tmp_path, {"runner.yaml": text})


@pytest.mark.parametrize(
    "title",
    [
        "title: Winter # here: \u200b\n",
        'title: "Zie\u200bma"\n',
        "title: {lv: Ziema\u00ad, en: Winter}\n",
    ],
)
def test_beside_what_is_hidden_all_else_is_told_and_nothing_is_planned(
    title: str, tmp_path: Path
) -> None:
    """A12: one such character hid every other problem of its file."""
    posts = "posts:\n  a: {at: 2027-02-01 10:00, text: '{{ title }} is here'}\n"
    long = f"  b: {{at: 2027-02-01 25:00, text: {'wool ' * 70}}}\n"
    found = wrong_in(tmp_path, {"campaigns/a.yaml": title + HEAD + posts + long})
    assert [p.rule for p in found["campaigns/a.yaml"]] == ["hidden-character", "bad-when"]
    found = wrong_in(
        tmp_path, {"campaigns/a.yaml": title + HEAD + posts + long.replace("25", "11")}
    )
    assert [p.rule for p in found["campaigns/a.yaml"]] == ["hidden-character", "too-long"]
    opened = open_project(
        CommandContext(root=tmp_path, environ={}, out=io.StringIO(), talk=io.StringIO())
    )
    assert opened.inputs
    assert (opened.inputs.dated, opened.inputs.unread) == ((), {"a"})
