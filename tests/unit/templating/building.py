"""Texts with all that templates may have in them, and with what is wrong."""

from hypothesis import strategies as st

WORDS = st.text(alphabet="abČ 0\n\t.{}%#-+'💙\u2003\x1c", max_size=12)
EXPRESSIONS = st.sampled_from(
    (
        *("name", "number", "tags[0]", "name | upper", "missing", "missing.x", "{1: 2}", "1 / 0"),
        *("'}}'", '"%}" ~ name', "\nname", "tags | join(\n', ')", "name ~", "loop.index", "x"),
        "number % 2",
    )
)
SIGNS = st.sampled_from(["", "", "-", "+"])
BLOCKS = st.sampled_from(
    [
        ("if name", "endif"),
        ("if not name", "endif"),
        ("for x in tags", "endfor"),
        ("for x in tags if x != 'one'", "endfor"),
        ("for x in tags\n", "endfor"),
        ("set x", "endset"),
        ("filter upper", "endfilter"),
        ("macro m(x)", "endmacro"),
        ("block b", "endblock"),
        ("raw", "endraw"),
    ]
)


def tag(opening: str, before: str, inner: str, behind: str, closing: str) -> str:
    return f"{opening}{before} {inner} {behind}{closing}"


OUTPUTS = st.builds(tag, st.just("{{"), SIGNS, EXPRESSIONS, SIGNS, st.just("}}"))
COMMENTS = st.builds(tag, st.just("{#"), SIGNS, WORDS, SIGNS, st.just("#}"))
SETS = st.builds(
    tag,
    st.just("{%"),
    SIGNS,
    EXPRESSIONS.map(lambda value: f"set x = {value}"),
    SIGNS,
    st.just("%}"),
)
ELSES = st.builds(tag, st.just("{%"), SIGNS, st.just("else"), SIGNS, st.just("%}"))
CALLS = st.just("{{ m('c') }}")


@st.composite
def blocks(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    begin, end = draw(BLOCKS)
    first = tag("{%", draw(SIGNS), begin, draw(SIGNS), "%}")
    return first + draw(inner) + tag("{%", draw(SIGNS), end, draw(SIGNS), "%}")


TEXTS = st.recursive(
    WORDS | OUTPUTS | COMMENTS | SETS | CALLS,
    lambda inner: st.lists(inner | WORDS | blocks(inner) | ELSES, max_size=5).map("".join),
    max_leaves=12,
).filter(lambda text: any(opening in text for opening in ("{{", "{%", "{#")))
