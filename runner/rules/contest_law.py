"""The rules of what a contest owes: to the law, with the words that tell it in four languages; and
to everybody who has seen the contest announced."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from runner.charter import is_kept
from runner.ledger import Standing
from runner.models import CampaignFile, Contest
from runner.problems import Place, Severity
from runner.rules.context import RuleContext
from runner.rules.places import post_place
from runner.rules.plan_context import PlanContext
from runner.rules.rule import Breach, plan_rule, rule
from runner.schedule import Occurrence

_BARRED: Final = (
    # English, Latvian, Spanish, Russian
    r"\b(?:wines?|beers?|vodkas?|whisk(?:e?y|ies)|gin|rum|brandy|cognac|tequila|champagne|prosecco|liqueurs?|ciders?|alcohol\w*"
    r"|cigar\w*|tobacco|vapes?|e-cigarettes?|medicines?|pills|energy drinks?"
    r"|vīn\w*|al(?:us|u|um)|degvīn\w*|viskij\w*|konjak\w*|brendij\w*|tekil\w*|šampanie\w*|liķier\w*|sidr\w*|alkohol\w*"
    r"|cigare\w*|tabak\w*|zāles|zāļu|medikament\w*|enerģijas dzērien\w*"
    r"|vinos?|cervezas?|ginebra|ron|coñac|cava|sidra|licor\w*|tabaco|cigarrillos?|medicamentos?"
    r"|bebidas? energéticas?"
    r"|вин[оа]|пив[оа]|водк\w*|виски|джин|ром|коньяк\w*|бренди|текил\w*|шампанск\w*|ликёр\w*|ликер\w*|сидр\w*|алкогол\w*"
    r"|сигар\w*|табак\w*|лекарств\w*|энергетик\w*)\b"
)
_PURCHASE: Final = (
    r"\b(?:buy|purchase\w*|receipts?|with (?:each|every|any) order"
    r"|pirk(?!st)\w*|nopirk\w*|(?:jā)?(?:no)?pērc\w*|jā(?:no)?pērk|iegādājies|ček\w*"
    r"|compra\w*|tique?ts?|factura\w*"
    r"|купи(?:те|вши\w*)?|покупк\w*|покупател\w*|чек\w*)\b"
)
_DENIED: Final = (
    r"\b(?:no|not|\w+n['’]t|nothing|without|nav|bez|sin|не|без)"
    r"(?: (?:need|have|has|required|to|an?|any|es|hay|que|se|requiere|hace|falta|de|ningun\w*"
    r"|tien\w*|necesi\w*|necesari\w*|nepieciešam\w*|vajadzīg\w*|jebkād\w*|нужн\w*|требуется))*"
    rf" {_PURCHASE}"
    rf"|{_PURCHASE}(?: is| es)? (?:not|isn['’]t|no|nav|не|необязательн\w*)\b"
)
"""What says that nobody has to buy anything."""


def barred_prize(text: str) -> str | None:
    """The word for something that nobody may win in Latvia."""
    return _word(_BARRED, text)


def purchase(text: str) -> str | None:
    """The word for a purchase that is asked for."""
    return _word(_PURCHASE, re.sub(_DENIED, "", text, flags=re.IGNORECASE))


def _word(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return found[0] if found else None


EU: Final = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
_TAXED: Final = Decimal("0.1")
"""Spain's share of what the prizes are worth."""
_BY_COUNTRY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "RU": "in Russia advertising on X is banned since 2025-09-01",
        "US": "in the United States an entry without a purchase must be worth as much as any "
        "other, and some states want a contest registered",
    }
)


@plan_rule("contest-frozen")
def contest_frozen(context: PlanContext) -> Iterator[Breach]:
    """A contest keeps what it was announced with: prize, rules, times, key, and its terms.

    Whoever entered has relied on it. The ledger holds a code that stands for all of it. With a
    `key` the announcement carries it, too, so that any change is seen by anyone, and takes the
    proof of the draw with it; so does taking the key away.

    Put back what was announced. If it has to be changed, say why at the announcement, and draw by
    hand: `ignore: {contest-frozen: the reason}`; `runner terms` tells the reason.
    """
    today = context.today
    known = {each.key: each for each in (*today.occurrences, *today.behind)}
    others = {key.campaign: each for key, each in known.items()}
    for key, standing in today.facts.standings.items():
        occurrence = known.get(key) or others.get(key.campaign)
        if occurrence and standing.posted and _is_changed(standing, occurrence, context):
            yield contest_frozen.breach(
                text=f"`{key.post}` is out, and the contest promises something else now: its "
                "prize, rules, times, key or terms were changed",
                place=post_place(occurrence),
                help="put back what was announced; or say why not, and draw by hand: "
                "`ignore: {contest-frozen: the reason}`",
                about=(occurrence,),
            )


def _is_changed(standing: Standing, occurrence: Occurrence, context: PlanContext) -> bool:
    """Whether this has announced a contest that promises something else now."""
    attempt, contest = standing.opening, occurrence.campaign.contest
    announces = contest is not None and contest.announcement == standing.key.post
    if attempt is None or not (attempt.promise or announces):
        return False
    file = context.opened(occurrence)
    if file is None:
        return False  # it has just changed; who looks again sees
    if not isinstance(file.campaign, Contest):
        return True
    return not is_kept(attempt, file.id, file.campaign, context.anchors.get(file.path, {}))


@rule("contest-law", Severity.WARNING)
def contest_law(context: RuleContext) -> Iterator[Breach]:
    """A contest does what the law of its `audience` is known to ask for.

    Each of these is a question for a lawyer, and what is not told here may be asked for, too.

    Latvia: no alcohol, tobacco, medicine or energy drink as a prize, a permit where something has
    to be bought, and a public draw, whose day and place the terms tell. Spain: written terms, and a
    tax of 10 % of what the prizes are worth. European Union: terms with an organiser whom people
    reach. Russia: no advertising on X. United States: no purchase, and registration in some states.
    Looked at are the prize, the posts, and whether the day of the draw is written.

    Mend it; or ask a lawyer, and say at the announcement what came of it:
    `ignore: {contest-law: the lawyer has looked at it}`.
    """
    for file in context.files:
        contest = file.campaign
        if isinstance(contest, Contest) and contest.audience:
            about = tuple(
                each.occurrence
                for each in context.proofs
                if each.path == file.path and each.occurrence.key.post == contest.announcement
            )
            for text, help, route in _duties(file, contest, context):
                yield contest_law.breach(
                    text=text,
                    place=Place(path=file.path, route=route, on_key=len(route) == 1),
                    help=f"{help}; ask a lawyer",
                    about=about,
                )


_Owed = tuple[str, str, tuple[str | int, ...]]
"""What is wrong, what to do, and where."""


def _duties(file: CampaignFile, contest: Contest, context: RuleContext) -> Iterator[_Owed]:
    countries = {code: ("audience", index) for index, code in enumerate(contest.audience)}
    for code, why in _BY_COUNTRY.items():
        if code in countries:
            yield why, "leave the country out, or see what it asks for", countries[code]
    if EU & countries.keys() and not (contest.organiser and contest.organiser.contact):
        yield (
            "who takes part in the European Union has to learn who keeps what of them",
            f"add `organiser` with its `contact`, and publish the terms: runner terms {file.id}",
            ("audience",),
        )
    if "ES" in countries:
        yield _spanish_tax(contest), f"publish the terms: runner terms {file.id}", countries["ES"]
    if "LV" in countries:
        yield from _latvian(file, contest, context)


def _spanish_tax(contest: Contest) -> str:
    value = contest.prize_value
    share = f", {value.amount * _TAXED:.2f} {value.currency}," if value else ""
    return f"in Spain a tax of 10 % of what the prizes are worth{share} is due"


def _latvian(file: CampaignFile, contest: Contest, context: RuleContext) -> Iterator[_Owed]:
    route = ("audience", contest.audience.index("LV"))
    prizes = [contest.prize] if isinstance(contest.prize, str) else [*contest.prize.values()]
    if found := next(filter(None, map(barred_prize, prizes)), None):
        yield (
            f"in Latvia nobody may win “{found}”: no alcohol, tobacco, medicine or energy drink",
            "give another prize",
            ("prize",),
        )
    proofs = (proof for proof in context.proofs if proof.path == file.path)
    texts = (part.text for proof in proofs for part in proof.post.parts)
    if found := next(filter(None, map(purchase, texts)), None):
        yield (
            f"in Latvia a draw among buyers (“{found}”) needs a permit",
            "let people enter without buying",
            route,
        )
    if contest.key is None and contest.draws is None:
        yield (
            "in Latvia winners are determined in public, and the terms tell the day and the place",
            "write the day, `draws: closes + 2d`, and tell where people see it drawn",
            route,
        )
