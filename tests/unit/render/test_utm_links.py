"""utm parameters are added, and nothing else of a link is touched."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runner.render.file_values import with_utm

UTM = {"utm_source": "x", "utm_medium": "social", "utm_campaign": "winter", "utm_content": "hello"}
ADDED = "utm_source=x&utm_medium=social&utm_campaign=winter&utm_content=hello"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://acme.lv", f"https://acme.lv?{ADDED}"),
        ("https://acme.lv/", f"https://acme.lv/?{ADDED}"),
        ("https://acme.lv/a?b=1", f"https://acme.lv/a?b=1&{ADDED}"),
        ("https://acme.lv/a?", f"https://acme.lv/a?{ADDED}"),
        ("https://acme.lv/a?b=1&", f"https://acme.lv/a?b=1&{ADDED}"),
        ("https://acme.lv/a#top", f"https://acme.lv/a?{ADDED}#top"),
        ("https://acme.lv/#/shop?a=1", f"https://acme.lv/?{ADDED}#/shop?a=1"),
        ("https://āķis.lv/džinsi?krāsa=zila", f"https://āķis.lv/džinsi?krāsa=zila&{ADDED}"),
        ("https://acme.lv/%C4%81?a=%20+b", f"https://acme.lv/%C4%81?a=%20+b&{ADDED}"),
    ],
)
def test_parameters_come_after_the_query_and_before_the_fragment(url: str, expected: str) -> None:
    assert with_utm(url, UTM) == expected


def test_a_parameter_that_is_there_is_kept() -> None:
    url = "https://acme.lv/?utm_source=letter&UTM_Medium=mail"
    assert with_utm(url, UTM) == f"{url}&utm_campaign=winter&utm_content=hello"
    full = f"https://acme.lv/?{ADDED}"
    assert with_utm(full, UTM) == full


def test_a_hidden_parameter_is_seen() -> None:
    url = "https://acme.lv/?utm%5Fsource=letter"
    assert "utm_source=x" not in with_utm(url, UTM)


def test_values_are_encoded() -> None:
    assert with_utm("https://acme.lv/", {"utm_source": "a b&c=ā"}) == (
        "https://acme.lv/?utm_source=a%20b%26c%3D%C4%81"
    )


URLS = st.builds(
    lambda host, path, query, fragment: f"https://{host}.lv{path}{query}{fragment}",
    st.text(st.characters(categories=["L", "N"]), min_size=1),
    st.one_of(st.just(""), st.text(st.characters(exclude_characters="?#")).map("/".__add__)),
    st.one_of(st.just(""), st.text(st.characters(exclude_characters="#")).map("?".__add__)),
    st.one_of(st.just(""), st.text().map("#".__add__)),
)


@given(URLS)
@example("https://a.lv?")
@example("https://a.lv/?a=1&")
@example("https://a.lv/?&&#")
def test_without_the_parameters_the_link_is_as_it_was(url: str) -> None:
    made = with_utm(url, UTM)
    assert stripped(made, url) == url
    assert with_utm(made, UTM) == made


@given(URLS)
def test_the_parameters_can_be_read_again(url: str) -> None:
    made = with_utm(url.replace("\t", "").replace("\n", "").replace("\r", ""), UTM)
    try:
        query = urlsplit(made).query
    except ValueError:  # a host that Python will not split
        return
    read = {name.casefold() for name, _ in parse_qsl(query, keep_blank_values=True)}
    assert set(UTM) <= read


def stripped(made: str, url: str) -> str:
    """The link less what was added, which stands together at the end of the query."""
    base, _, _ = url.partition("#")
    rest = made[len(base) :]
    added, hash, fragment = rest.partition("#")
    assert set(added.lstrip("?&").split("&")) <= set(ADDED.split("&")) | {""}
    return base + hash + fragment
