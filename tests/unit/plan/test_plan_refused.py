"""What X refused is asked about, until its words have changed."""

import pytest

from runner.ledger import State
from tests.unit.plan.building import a_file, action_of, facts_of, plan_of, rendered
from tests.unit.stores.building import a_key, attempting, closed


@pytest.mark.parametrize(
    ("because", "told"),
    [
        ("X refused the text: it was said before", "X refused the text: it was said before"),
        ("X allows one $CASHTAG", "X refused it: X allows one $CASHTAG"),
        ("the video is too long", "X refused it: the video is too long"),
    ],
)
def test_g13_what_x_refused_is_said_once(because, told):
    file = a_file({"launch": {}})
    digest = rendered(file, short="launch").digest
    refused = closed(a_key("launch"), State.REJECTED, because=because, digest=digest)
    plan = plan_of(file, facts=facts_of([attempting(a_key("launch")), refused]))
    assert action_of(plan, "launch").because == f"{told}; change the post"
