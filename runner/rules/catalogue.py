"""All rules, in the order in which the reference lists them."""

from runner.rules import balance, length, media, money, partners, polls, text, tier, timing
from runner.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    length.too_long,
    length.long_by_other_count,
    text.empty_text,
    text.too_many_hashtags,
    text.too_many_cashtags,
    text.unasked_mention,
    text.same_text,
    tier.needs_enterprise,
    media.missing_alt,
    media.alt_too_long,
    media.media_limits,
    polls.poll_limits,
    partners.unknown_partner,
    partners.expired_partner,
    partners.undisclosed_partner,
    timing.same_time,
    timing.min_gap,
    timing.quiet_hours,
    timing.past_post,
    balance.promotional_share,
    money.link_cost,
    money.campaign_budget,
    money.monthly_budget,
)
