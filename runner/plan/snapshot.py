"""A side of a comparison: what the files of one commit plan, post by post."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from runner.ledger import Key, State
from runner.plan.action import Action, Plan, Verb
from runner.plan.surroundings import FilesByPost
from runner.render import RenderedPost
from runner.schedule import DeclaredCampaign
from runner.value import Value, field, replace

_FOR_GOOD = (State.MISSED, State.SKIPPED, State.DELETED)


class PostSnapshot(Value, kw_only=True):
    """An occurrence by the files of one commit: planned, or without a time yet."""

    key: Key
    campaign: DeclaredCampaign
    action: Action | None = None
    undated: tuple[Action, ...] = ()
    """Of what has no time yet: one for each of its texts."""
    material: Mapping[str, str] = field(default_factory=dict)
    """Of what has no text to show: the files that it is made of, with digests."""

    @property
    def waits(self) -> str | None:
        """The anchor that it waits for."""
        return self.undated[0].occurrence.awaits if self.undated else None

    @property
    def single_action(self) -> Action | None:
        """Its one action, dated or not; None where there are none or several."""
        return self.undated[0] if len(self.undated) == 1 else self.action

    @property
    def post(self) -> RenderedPost | None:
        return self.single_action.post if self.single_action else None

    @property
    def out(self) -> bool:
        """Whether all of it is on X, so that no edit changes it."""
        return self.action is not None and self.action.out

    @property
    def over(self) -> bool:
        """Whether it lies in the past, and nothing of it went out."""
        return self.action is not None and self.action.over

    @property
    def ended(self) -> str | None:
        """How it ended without being out, for good: missed, skipped or deleted."""
        standing = self.action.standing if self.action else None
        return standing.state.value if standing and standing.state in _FOR_GOOD else None

    @property
    def due(self) -> datetime | None:
        return self.action.occurrence.due if self.action else None

    @property
    def time(self) -> datetime | str:
        return self.due or f"waits for `{self.waits}`"

    @property
    def cost(self) -> Decimal:
        """USD of what goes out of it by itself."""
        return self.action.cost if self.action and self.action.goes_out else Decimal(0)

    @property
    def asks(self) -> str | None:
        """Why it needs a person."""
        actions = self.undated or (self.action,)
        whys = (
            action.because if action.verb is Verb.ASK else action.hindrance
            for action in actions
            if action
        )
        return next(filter(None, whys), None)

    @property
    def state(self) -> str:
        """What becomes of it."""
        action = self.single_action
        if self.out:
            return "out"
        if self.asks:
            return f"needs a person: {self.asks}"
        if action is None or action.verb in (Verb.PUBLISH, Verb.WAIT):
            return "goes out"
        return f"does not go out: {action.because}"

    @property
    def order(self) -> tuple[str, float, str]:
        """What snapshots sort by: campaign and time; what has no time yet comes last."""
        at = self.due.timestamp() if self.due else float("inf")
        return self.campaign.path, at, str(self.key)


def snapshots(
    plan: Plan, files_of_posts: FilesByPost = MappingProxyType({})
) -> dict[Key, PostSnapshot]:
    """Everything that is planned, by the files of one commit; `files_of_posts` are theirs."""
    found = {
        action.key: PostSnapshot(key=action.key, campaign=action.occurrence.campaign, action=action)
        for action in plan.actions
    }
    texts: dict[Key, list[Action]] = defaultdict(list)
    for action in plan.undated:
        texts[action.key].append(action)
    for key, actions in texts.items():
        campaign = actions[0].occurrence.campaign
        snapshot = PostSnapshot(key=key, campaign=campaign, undated=tuple(actions))
        material = files_of_posts.get((key.campaign, key.post), {})
        found[key] = snapshot if snapshot.post else replace(snapshot, material=material)
    return found
