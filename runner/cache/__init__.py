"""What was found out before and holds still, kept in `.runner/cache`.

It owns the files there and decides whether they may be believed: they hold data only, with digests,
and whatever is odd about a line is as if it were not there. Nothing that publishes reads it.
"""

from runner.cache.campaign_cache import CampaignCache, Kept, line_of
from runner.cache.program import basis_of

__all__ = ["CampaignCache", "Kept", "basis_of", "line_of"]
