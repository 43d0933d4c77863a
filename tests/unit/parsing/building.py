"""Files that the tests of parsing read, good ones and hostile ones."""

from hypothesis import strategies as st

VALID = """\
# yaml-language-server: $schema=../schemas/campaign.schema.json
kind: launch
title: {lv: Slim 27 ir klāt, es: "Llega \\u0053lim 27"}
accounts: [shop, 'tienda']
launches: 2027-02-01 09:00   # a comment
posts:
  launch:
    at: launches
    text: |
      Hello {{ name }} 🎉

      {{ link }}
  long:
    text: >-
      folded
      text
    thread:
    - One
    - {text: Two, media: [{file: a.jpg}]}
"""


def bomb():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(["l0: &l0 [x]", *levels])


HOSTILE = {
    "ten megabytes": "a: b\n" * 2_000_000,
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "closed brackets": "a: " + "[" * 100_000 + "]" * 100_000,
    "templates": "a: " + "{{" * 100_000,
    "templates in a list": "a: [" + "{{ b }}, " * 28_000,
    "template tags in a list": "a: [" + "{% b " * 50_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "alias bomb": bomb(),
    "aliases": "a: [" + "*b, " * 60_000 + "]",
    "alias lines": "a:\n" + "- *b\n" * 50_000,
    "anchors": "a:\n" + "- &b c\n" * 37_000,
    "tags": "a:\n" + "- !b c\n" * 37_000,
    "directives": "".join(f"%TAG !a{n}! x\n" for n in range(15_000)) + "---\na: b",
    "late directives": "a: b\n...\n" + "".join(f"%TAG !a{n}! x\n" for n in range(15_000)),
    "documents": "---\n" * 60_000,
    "same key": "a: b\n" * 52_000,
    "cut hashtags": "a:\n" + "- #b\n" * 50_000,
    "comments": "a: [\n" + "b, #c\n" * 40_000 + "]",
    "number keys": "".join(f"{n}: a\n" for n in range(26_000)),
    "digits": "a: " + "1" * 250_000,
    "fraction": "a: 0." + "1" * 250_000,
    "one long line": "a: [" + "b, " * 80_000 + "]",
    "one long text": "a: " + "b " * 125_000 + ": c",
    "long key": "a" * 250_000 + ": b",
    "hidden characters": "".join(f"k{n}: a\u200bb\n" for n in range(6_000)) + "a\u200b" * 30_000,
    "spaces": "a: b" + " " * 250_000 + "c: d",
    "quoted spaces": 'a: "' + " " * 250_000 + '"',
    "key of spaces": "a: 1\nb" + " " * 250_000 + "\nc: d",
    "escapes": 'a: "' + r"\n" * 125_000 + '"',
    "folds": 'a: "' + "b\n" * 125_000 + '"',
    "folded": "a: >\n" + " b\n" * 80_000,
    "folded blanks": "a: >\n" + " \n" * 100_000 + " b\n",
    "folded deeper": "a: >\n" + " b\n  c\n" * 35_000,
    "literal": "a: |\n" + " b\n" * 80_000,
    "empty lines": "\n" * 250_000,
    "unclosed quote": 'a: "' + "b\n" * 120_000,
    "unclosed bracket": "a: [" + "b,\n" * 80_000,
    "unclosed hashtags": "a: [" + "#b\n" * 80_000,
    "tabs": "\t" * 250_000 + "a",
    "colons": "a: " + "b: " * 80_000,
    "wide": "a: @" + "日" * 80_000,
    "decimal commas": "a: {b: " + "1,5," * 60_000 + "}",
}


ends_of_lines = "\x85\u2028\u2029\ufeff"  # the dumper writes them as they are
writable = st.characters(codec="utf-8", exclude_characters=ends_of_lines)
names = st.text(writable, min_size=1, max_size=8)
leaves = st.one_of(
    *(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.text(writable, max_size=20))
)
trees = st.recursive(
    leaves,
    lambda kids: st.lists(kids, max_size=4) | st.dictionaries(names, kids, max_size=4),
    max_leaves=12,
)
