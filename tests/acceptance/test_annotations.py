"""Annotations name files as GitHub does: from the top of the repository on."""

import pytest

from runner.cli.commands.validate import ProblemFormat, validate

WRONG = "kind: series\naccount: shop\nposts: {tip: {at: 2027-03-05 10:00, text: Hi, hashtag: x}}\n"


@pytest.mark.parametrize(
    ("workspace", "file"),
    [
        (".", "campaigns/tip.yaml"),
        ("..", "{}/campaigns/tip.yaml"),
        ("elsewhere", "campaigns/tip.yaml"),
    ],
)
def test_a_file_is_named_from_the_top_of_the_repository(desktop, workspace, file):
    desktop.write("campaigns/tip.yaml", WRONG)
    desktop.environ["GITHUB_WORKSPACE"] = str(desktop.root / workspace)
    outside = desktop.outside()
    assert validate(outside, format=ProblemFormat.GITHUB) == 1
    expected = file.format(desktop.root.name)
    assert outside.out.getvalue().startswith(f"::error file={expected},line=3,col=47,endColumn=54,")


def test_a_checkout_in_a_folder_of_the_workspace_has_a_top_of_its_own(desktop):
    desktop.write("campaigns/tip.yaml", WRONG)
    (desktop.root / ".git").mkdir()
    desktop.environ["GITHUB_WORKSPACE"] = str(desktop.root.parent)
    outside = desktop.outside()
    assert validate(outside, format=ProblemFormat.GITHUB) == 1
    assert outside.out.getvalue().startswith("::error file=campaigns/tip.yaml,")
