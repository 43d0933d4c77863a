"""Rules of names: what went out keeps the name by which the ledger knows it."""

from collections.abc import Iterator

from runner.ledger import Key
from runner.models import PROJECT_FILE
from runner.problems import Place
from runner.rules.places import post_place
from runner.rules.plan_context import PlanContext, Today
from runner.rules.rule import Breach, plan_rule
from runner.schedule import Occurrence


@plan_rule("renamed-post")
def renamed_post(context: PlanContext) -> Iterator[Breach]:
    """A post that is out keeps the name by which the ledger knows it.

    A file, a post or a slot that gets another name is a stranger to the ledger, and would go out
    once more. A post may be one that went out since a day before it was due, if no file has that
    one any more, or only as a draft or at another time, and the two have the account and either the
    post id or the due instant in common, whatever else was edited. It is not sent before a person
    has settled which it is.

    Give it its old name back; a campaign may keep it as its `id`. If it is another post, say so
    with `runner resolve`.
    """
    today = context.today
    for occurrence in today.occurrences:
        if renamed := today.renamed.get(occurrence.key):
            former, why = renamed
            yield renamed_post.breach(
                text=f"`{occurrence.key.post}` may be out already: `{former}` went out, or may "
                f"have, {why}",
                place=post_place(occurrence),
                help=f"{_old_name(occurrence, former, today)}; if it is another post: "
                f'`runner resolve {occurrence.key} --not-posted --because "…"`',
                about=(occurrence,),
            )


def _old_name(occurrence: Occurrence, former: Key, today: Today) -> str:
    """How it gets the name back by which the ledger knows it."""
    key, path = occurrence.key, occurrence.path
    name = "" if former.post == key.post else f" as `{former.post}`"
    if former.campaign != key.campaign:
        if former.campaign in today.campaigns:
            return f"if it is the same, move it back to `{former.campaign}`{name}"
        named = f", and name the post `{former.post}`" if name else ""
        return f"if it is the same, write `id: {former.campaign}` in {path}{named}"
    if name:
        return f"if it is the same, name it `{former.post}` again"
    if former.nominal and key.nominal:
        slot = former.nominal.partition(".")[2]
        return f"if it is the same, name the slot `{slot}` again"
    return f"if it is the same, give it its {'rhythm' if former.nominal else 'one time'} back"


@plan_rule("renamed-account")
def renamed_account(context: PlanContext) -> Iterator[Breach]:
    """An account keeps the id by which the ledger knows it.

    What went out stands under the id that the account had. Under another id all of it would be
    strange to the ledger, so nothing is sent as an account whose user the ledger knows by an older
    id.

    Give the account its old id back, in runner.yaml and in each campaign.
    """
    for account, known in sorted(context.today.strangers.items()):
        yield renamed_account.breach(
            text=known_as(account, known),
            place=Place(path=PROJECT_FILE, route=("accounts", account), on_key=True),
            help=f"give the account its id `{known}` back, in runner.yaml and in each campaign",
        )


def known_as(account: str, known: str) -> str:
    """Why nothing is sent as an account, whoever says it."""
    return f"the ledger knows the user of account `{account}` as account `{known}`"
