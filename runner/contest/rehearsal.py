"""The beacon of rehearsals, which takes the place of drand's on a local X.

Its secret stands here, so that everybody can sign any round of it: what it decides proves nothing,
and `runner verify` takes it for a draw on a local X alone.
"""

from typing import Final

from runner.contest.beacon import DOMAIN, BeaconChain, round_message
from runner.contest.points import Signer
from runner.schedule.rounds import QUICKNET_CLOCK

_SIGNER: Final = Signer(b"runner/rehearsal/v1")
REHEARSAL_CHAIN: Final = BeaconChain(
    id="rehearsal",
    public_key=_SIGNER.public_key,
    genesis=QUICKNET_CLOCK.genesis,
    period=QUICKNET_CLOCK.period,
)


def rehearsed_signature(round: int) -> bytes:
    """The signature of a round, whether or not its time has come."""
    return _SIGNER.signature(round_message(round), DOMAIN)
