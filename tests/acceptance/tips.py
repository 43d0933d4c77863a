"""Two tips of a shop, which go out before an audience."""

from runner.cli.commands.post import post
from runner.cli.commands.post_run import PostOptions
from runner.local_x.audience import Audience
from tests.acceptance.conftest import Desktop

AUDIENCE = Audience(reach=1000, spread=0, followers=400)
CAMPAIGN = """\
kind: series
account: shop
starts: 2027-03-01
ends: 2027-03-02
posts:
  tip:
    every: {slots: [morning]}
    items: [{text: "Wash it inside out #jeans"}, {text: Dry it in the shade}]
"""


def send_tips(desktop: Desktop, *moments: str) -> None:
    """Sends one at each of these moments of March 2027, as `01T09:00`."""
    (desktop.root / "campaigns/winter-lois.yaml").unlink()
    desktop.write("campaigns/tips.yaml", CAMPAIGN)
    desktop.sandbox.attend(AUDIENCE)
    for moment in moments:
        desktop.clock.set(f"2027-03-{moment}+02:00")
        assert post(desktop.outside(), PostOptions()) == 0
