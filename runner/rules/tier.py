"""Rules of the tier: what X lets only some of its customers do."""

from collections.abc import Iterator

from runner.models import PROJECT_FILE
from runner.rules.context import RuleContext
from runner.rules.places import part_place
from runner.rules.rule import Breach, rule


@rule("needs-enterprise", of_one_post=True)
def needs_enterprise(context: RuleContext) -> Iterator[Breach]:
    """Quotes go out on X's Enterprise tier only.

    X took quotes from all other tiers on 2026-04-20 and refuses them
    (https://docs.x.com/changelog, read 2026-08-22).

    Repost it, or link to it in the text; if the account has the tier, say `tier: enterprise` in
    runner.yaml.
    """
    for proof, index, part in context.parts():
        account = context.project.accounts[proof.account]
        if part.quote and account.tier != "enterprise":
            yield needs_enterprise.breach(
                text=f"`{proof.account}` may not quote posts: its tier is {account.tier}",
                place=part_place(proof, index, "quote"),
                help=f"use `repost`, or mend the tier of `{proof.account}` in {PROJECT_FILE}",
                about=(proof.occurrence,),
            )
