"""All rules, in the order in which the reference lists them."""

from runner.rules import length
from runner.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    length.too_long,
    length.long_by_other_count,
)
