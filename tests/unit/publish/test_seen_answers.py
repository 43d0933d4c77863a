"""An answer of which the ledger knows nothing, and that X shows all the same."""

import pytest

from runner.publish import Outcome, SentAnswer
from runner.reconcile import TimelinePost
from tests.unit.plan.building import action_of
from tests.unit.publish.building import LAUNCH, a_machine
from tests.unit.stores.building import at


@pytest.mark.parametrize(
    ("shown", "is_other"),
    [
        ("This is launch", False),
        ("@anna @bert This is launch", False),
        ("This is  launch ", False),
        ("@anna This is lunch", True),
        ("", True),
    ],
)
def test_what_x_shows_is_another_answer_only_where_it_has_other_words(shown, is_other):
    action = action_of(a_machine(LAUNCH).plan(), "launch")
    url = "https://x.com/acme_lv/status/9"
    seen = TimelinePost(id="9", url=url, at=at("2026-12-01 10:00"), text=shown, reply_to="7")
    sent = SentAnswer(action=action, outcome=Outcome(), seen=seen)
    assert (sent.is_other, sent.url) == (is_other, url)
