"""Files that somebody took for a campaign, or for the results of one."""

from pathlib import Path

import pytest

from runner.workspace import FolderFiles
from tests.unit.workspace.building import read_project

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
        for each in read_project(FolderFiles(root)).problems
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
        pytest.param("campaigns/p.yaml.bak", "rename it to campaigns/p.yaml", id="C3-bak"),
        pytest.param("campaigns/v1.2.yaml~", "rename it to campaigns/v1.2.yaml", id="C3-tilde"),
        pytest.param("campaigns/#p.yaml#", "rename it to campaigns/p.yaml", id="C3-hashes"),
        pytest.param("campaigns/p.yaml.j2", "rename it to campaigns/p.yaml", id="C3-template"),
        pytest.param("campaigns/p.YML.orig", "rename it to campaigns/p.yaml", id="C3-orig"),
        pytest.param(
            "campaigns/lois.yaml.old", "remove it: there is campaigns/lois.yaml", id="C3-beside"
        ),
        pytest.param("campaign/p.yaml", "move it to campaigns/p.yaml", id="C3-singular"),
        pytest.param("kampagnen/p.yml", "move it to campaigns/p.yml", id="C3-in-german"),
        pytest.param("2027/lois.yaml", "remove it: there is campaigns/lois.yaml", id="C3-year"),
    ],
)
def test_what_looks_like_a_campaign_and_is_not_read_is_told(
    path: str, help: str, tmp_path: Path
) -> None:
    assert told(tmp_path, **{path: CONTEST}) == [("ignored-file", "warning", path, help)]


WRITTEN = {
    "C3-quotes": 'kind: "contest"\naccount: shop\n',
    "C3-capitals": "Kind: Contest\n",
    "C3-flow": "{kind: contest, account: shop}\n",
    "C3-windows": "account: shop\r\nkind: contest\r\n",
    "C3-byte-order-mark": "\ufeffkind: contest\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_campaign_is_known_however_it_is_written(text: str, tmp_path: Path) -> None:
    path = "campaigns/p.yaml.txt"
    assert [each[0] for each in told(tmp_path, **{path: text})] == ["ignored-file"]


def test_a_campaign_as_json_is_told(tmp_path: Path) -> None:  # C3
    text = '{\n  "kind": "contest",\n  "account": "shop"\n}\n'
    assert told(tmp_path, **{"campaigns/p.json": text}) == [
        ("ignored-file", "warning", "campaigns/p.json", "rename it to campaigns/p.yaml")
    ]


def test_another_project_has_campaigns_of_its_own(tmp_path: Path) -> None:  # C3
    other = {"shop/runner.yaml": PROJECT, "shop/p.yaml": CONTEST}
    assert told(tmp_path, **other) == []


def test_no_link_is_followed_to_look_for_campaigns(tmp_path: Path) -> None:  # C3
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "p.yaml").write_text(CONTEST, encoding="utf-8")
    root.mkdir()
    (root / "more").symlink_to(elsewhere)
    assert told(root) == []


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
            "campaigns/results/gone.yaml",
            "name the file for the id of its contest: `lois`",
            id="C1-orphan",
        ),
        pytest.param(
            "campaigns/results/lois.yml", "rename it to campaigns/results/lois.yaml", id="C1-ending"
        ),
        pytest.param(
            "campaigns/q1/results/lois.yaml",
            "rename it to campaigns/results/lois.yaml",
            id="C1-folder",
        ),
        pytest.param(
            "results/lois.yaml",
            "move it to campaigns/results/lois.yaml",
            id="C3-results-at-the-root",
        ),
        pytest.param(
            "campaigns/results/lois.json",
            "rename it to campaigns/results/lois.yaml",
            id="C3-results-as-json",
        ),
        pytest.param(
            "campaigns/results/lois.yaml.txt",
            "rename it to campaigns/results/lois.yaml",
            id="C3-results-as-text",
        ),
        pytest.param(
            "campaigns/results/Lois.yaml",
            "rename it to campaigns/results/lois.yaml, if it is that of `lois`",
            id="C3-case-of-results",
        ),
        pytest.param(
            "campaigns/results/loiss.yaml",
            "rename it to campaigns/results/lois.yaml, if it is that of `lois`",
            id="C1-nearly",
        ),
    ],
)
def test_results_that_belong_to_no_contest_are_an_error(
    path: str, help: str, tmp_path: Path
) -> None:
    results = '{"drawn": "2027-03-09 12:00"}' if path.endswith(".json") else RESULTS
    assert told(tmp_path, **{path: results}) == [("stray-results", "error", path, help)]


def test_results_beside_their_list_are_a_published_copy(tmp_path: Path) -> None:
    copy = {"public/lois.yaml": RESULTS, "public/entries.txt": "format=runner-contest/1\n"}
    assert told(tmp_path, **copy) == []
    assert [path for _, _, path, _ in told(tmp_path, **{"other/lois.yaml": RESULTS})] == [
        "other/lois.yaml"
    ]


UNREADABLE = {
    "C1-its-file": ("kind: contest\nclosess: 1\n", "campaigns/results/broken.yaml"),
    "C1-its-id": ("kind: contest\nid: winter\n  : [\n", "campaigns/results/winter.yaml"),
}


@pytest.mark.parametrize(("text", "own"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_campaign_that_can_not_be_read_hides_its_own_results_alone(
    text: str, own: str, tmp_path: Path
) -> None:
    gone = "campaigns/results/gone.yaml"
    found = told(tmp_path, **{"campaigns/broken.yaml": text, own: RESULTS, gone: RESULTS})
    assert [path for rule, _, path, _ in found if rule == "stray-results"] == [gone]


def test_an_old_copy_of_results_is_a_warning(tmp_path: Path) -> None:  # C3
    path = "campaigns/results/lois.yaml"
    assert told(tmp_path, **{path: RESULTS, f"{path}.bak": RESULTS}) == [
        ("ignored-file", "warning", f"{path}.bak", f"remove it: there is {path}")
    ]


def test_results_are_named_for_the_id_of_the_contest(tmp_path: Path) -> None:
    named = f"id: winter\n{CONTEST}"
    path = "campaigns/results/lois.yaml"
    assert told(tmp_path, **{"campaigns/lois.yaml": named, path: RESULTS}) == [
        ("stray-results", "error", path, "rename it to campaigns/results/winter.yaml")
    ]


def test_results_of_a_contest_are_well(tmp_path: Path) -> None:
    assert told(tmp_path, **{"campaigns/results/lois.yaml": RESULTS}) == []


def test_a_choice_of_few_contests_is_named_and_one_of_many_is_not(tmp_path: Path) -> None:
    results = {"campaigns/results/zzz.yaml": RESULTS}
    some = {f"campaigns/c{number}.yaml": CONTEST for number in range(11)}
    ((_, _, _, help),) = told(tmp_path / "few", **results, **some)
    assert help.endswith(" and `lois`")
    more = {"campaigns/d.yaml": CONTEST}
    ((_, _, _, help),) = told(tmp_path / "many", **results, **some, **more)
    assert help == "name the file for the id of its contest"
