"""Whether what is published is still what the tip of the default branch says."""

import pytest

from runner.ledger import Need, Record
from tests.integration.stores.repositories import new_repositories
from tests.unit.stores.building import a_key, attempting

OPENED = Record(entries=(attempting(a_key()),))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("prefix", "filters"), [("", True), ("marketing/x/", True), ("", False)])
def test_a_merge_stops_who_has_the_old_files_unless_it_is_of_something_else(
    tmp_path, prefix, filters
):
    repositories = new_repositories(tmp_path, prefix=prefix, filters=filters)
    project = repositories.clone("work", "--depth=1")
    ledger = repositories.ledger(project, tip=repositories.tip(project))
    ledger.read(Need())
    repositories.push({"README.md": "# Other\n"})
    assert not ledger.stale()
    ledger.claim(OPENED)
    assert not ledger.confirm(Need()).stale
    repositories.push({"campaigns/slim.yaml": "kind: series\n"})
    assert ledger.stale()
    assert ledger.confirm(Need()).stale
    again = repositories.ledger(project, tip=repositories.tip(project))
    assert not again.stale(), "nobody has to pull"


def test_a_folder_that_a_merge_removes_is_a_difference(repositories):
    project = repositories.clone("work")
    ledger = repositories.ledger(project, tip=repositories.tip(project))
    repositories.git("rm", "-r", "--quiet", "templates", at=repositories.main)
    repositories.push({})
    assert ledger.stale()
    assert repositories.tip(project).declared["templates"] is None


def test_who_does_not_publish_is_never_late(repositories):
    ledger = repositories.ledger(repositories.clone("work"))
    repositories.push({"campaigns/slim.yaml": "kind: series\n"})
    assert not ledger.stale()
