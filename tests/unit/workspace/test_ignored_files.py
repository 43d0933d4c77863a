"""Files that somebody took for a campaign, or for the results of one."""

from pathlib import Path

import pytest

from runner.workspace import read_workspace

PROJECT = "timezone: Europe/Riga\naccounts: {shop: {handle: acme_lv, locale: en}}\n"
CONTEST = """\
kind: contest
account: shop
prize: jeans
opens: 2027-03-01 10:00
closes: 2027-03-08 20:00
entry: {how: reply}
posts: {announce: {at: opens}}
"""
RESULTS = "drawn: 2027-03-09 12:00\nwinners: [anna]\n"


def told(root: Path, **files: str) -> list[tuple[str, str, str, str]]:
    written = {"runner.yaml": PROJECT, "campaigns/lois.yaml": CONTEST, **files}
    for path, text in written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return [
        (each.rule, each.severity.value, each.place.path, each.help or "")
        for each in read_workspace(root).problems
    ]


@pytest.mark.parametrize(
    ("path", "help"),
    [
        pytest.param("campaigns/a.yaml.txt", "rename it to campaigns/a.yaml", id="C3-txt"),
        pytest.param("campaigns/b", "rename it to campaigns/b.yaml", id="C3-no-ending"),
        pytest.param("campaigns/q1/c.yam", "rename it to campaigns/q1/c.yaml", id="C3-yam"),
        pytest.param("Campaigns/b.yaml", "rename Campaigns/", id="C3-case"),
        pytest.param("spring.yaml", "move it to campaigns/spring.yaml", id="C3-root"),
        pytest.param("campaigns/data/d.yaml", "move it to campaigns/d.yaml", id="C3-data"),
        pytest.param("campaigns/q1/media/e.yaml", "move it to campaigns/e.yaml", id="C3-media"),
    ],
)
def test_what_looks_like_a_campaign_and_is_not_read_is_told(
    path: str, help: str, tmp_path: Path
) -> None:
    assert told(tmp_path, **{path: CONTEST}) == [("ignored-file", "warning", path, help)]


@pytest.mark.parametrize(
    "path",
    [
        "campaigns/README.md",
        "campaigns/data/tips.yaml",
        "notes.yaml",
        "campaigns/notes.txt",
        "b.txt",
    ],
)
def test_other_files_are_nobodys_business(path: str, tmp_path: Path) -> None:
    assert told(tmp_path, **{path: "- text: Wash it cold\n"}) == []


@pytest.mark.parametrize(
    ("path", "help"),
    [
        pytest.param(
            "campaigns/results/gone.yaml", "name the file for the id of its contest", id="C1-orphan"
        ),
        pytest.param(
            "campaigns/results/lois.yml", "rename it to campaigns/results/lois.yaml", id="C1-ending"
        ),
        pytest.param(
            "campaigns/q1/results/lois.yaml",
            "rename it to campaigns/results/lois.yaml",
            id="C1-folder",
        ),
    ],
)
def test_results_that_belong_to_no_contest_are_an_error(
    path: str, help: str, tmp_path: Path
) -> None:
    assert told(tmp_path, **{path: RESULTS}) == [("stray-results", "error", path, help)]


def test_results_are_named_for_the_id_of_the_contest(tmp_path: Path) -> None:
    named = f"id: winter\n{CONTEST}"
    path = "campaigns/results/lois.yaml"
    assert told(tmp_path, **{"campaigns/lois.yaml": named, path: RESULTS}) == [
        ("stray-results", "error", path, "rename it to campaigns/results/winter.yaml")
    ]


def test_results_of_a_contest_are_well(tmp_path: Path) -> None:
    assert told(tmp_path, **{"campaigns/results/lois.yaml": RESULTS}) == []
