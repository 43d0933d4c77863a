"""The beacon that decides draws: drand's; on a local X that of rehearsals, if no host is named."""

from runner.cli.context import CommandContext
from runner.cli.local_clock import is_local
from runner.contest.beacon import QUICKNET_CHAIN
from runner.contest.rehearsal import REHEARSAL_CHAIN, rehearsed_signature
from runner.drand import VARIABLE, drand_hosts
from runner.reading import NotRead


def signature_of(context: CommandContext, chain: str, round: int) -> bytes | None:
    """The round's signature as the first host gives it whose answer is right; what others say is
    told. None where none does."""
    if is_local(context) and not context.environ.get(VARIABLE):
        context.tell("A rehearsal: a key that everybody has signs the round, and proves nothing.")
        return rehearsed_signature(round)
    found = drand_hosts(chain, context.environ).signatures(round)
    if isinstance(found, NotRead):
        context.tell(f"The beacon could not be asked: {found.because}.")
        context.tell(f"  = help: {found.help}")
        return None
    right = [each for each in found if QUICKNET_CHAIN.randomness(round, each)]
    if len(right) < len(found):
        context.tell(f"A host of the beacon gave a signature that is not of round {round}.")
    return right[0] if right else None


def randomness_of(context: CommandContext, round: int, signature: bytes) -> bytes | None:
    """What a round came to; None where that is not its signature."""
    chains = (QUICKNET_CHAIN, REHEARSAL_CHAIN) if is_local(context) else (QUICKNET_CHAIN,)
    return next(filter(None, (each.randomness(round, signature) for each in chains)), None)
