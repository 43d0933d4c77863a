"""What X asks of the announcement of a contest."""

import pytest

from runner.problems import Problem, Severity
from runner.rules import Proof
from runner.rules.contest_words import TERMS
from tests.unit.rules.building import a_file, a_post, an_occurrence, found

POSTS = {
    "teaser": {"text": "x", "at": "2026-11-30 10:00"},
    "announce": {"text": "x", "at": "opens"},
    "rules": {"text": "x", "at": "opens + 1h", "reply-to": "announce"},
    "idea": {"text": "x", "draft": True},
}
KEY = {"fingerprint": "wx5hagzlaujvjqkjnznhirkw7d", "user-id": "1234567890"}
DECLARED = {
    "kind": "contest",
    "prize": "džinsi",
    "opens": "2026-12-01 10:00",
    "closes": "2026-12-08 20:00",
}
CONTEST = a_file(POSTS, **DECLARED, entry={"how": "reply"})
WITH_A_KEY = a_file(POSTS, **DECLARED, entry={"how": "reply"}, key=KEY)
BARE = {
    "en": "Giveaway! Reply to this post to win a pair of jeans. Accounts 30 days old at least.",
    "lv": "Konkurss! Atbildi uz šo ierakstu un laimē džinsus. Kontam jābūt 30 dienas vecam.",
    "es": "¡Sorteo! Responde a este post y gana unos vaqueros. Síguenos y menciona a tu amiga.",
    "ru": "Розыгрыш! Ответьте на этот пост и выиграйте джинсы. Подпишитесь на наш аккаунт.",
}
LACKING = "who enters with several accounts can't win", "a second entry does not count"


def announced(text: str, locale: str = "en", post: str = "announce") -> Proof:
    return a_post(an_occurrence(CONTEST, post), text, locale=locale)


def terms(*proofs: Proof) -> tuple[Problem, ...]:
    return found(*proofs, rule="contest-terms")


@pytest.mark.parametrize("locale", TERMS)
def test_an_announcement_without_conditions_is_one_warning(locale: str) -> None:
    (problem,) = terms(announced(BARE[locale], locale))
    assert problem.message == (
        f"`announce` announces the contest and does not say that {', nor that '.join(LACKING)}"
    )
    assert problem.place.route == ("posts", "announce", "text")
    assert problem.help == f"add: `{TERMS[locale].example}`"
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("locale", TERMS)
def test_who_enters_by_reposting_is_told_of_accounts_alone(locale: str) -> None:
    by_repost = a_file(POSTS, **DECLARED, entry={"how": "repost"})
    bare = a_post(an_occurrence(by_repost, "announce"), BARE[locale], locale=locale)
    (problem,) = terms(bare)
    example = TERMS[locale].example_of_accounts
    assert problem.message.endswith(f"does not say that {LACKING[0]}")
    assert problem.help == f"add: `{example}`"
    said = a_post(an_occurrence(by_repost, "announce"), f"{BARE[locale]} {example}", locale=locale)
    assert terms(said) == ()


@pytest.mark.parametrize("locale", TERMS)
def test_what_the_help_shows_satisfies(locale: str) -> None:
    assert terms(announced(f"{BARE[locale]} {TERMS[locale].example}", locale)) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Enter once a day, with one account only."),
        ("en", "Only one entry per person. Multiple accounts are excluded."),
        ("lv", "Piedalies vienu reizi dienā un tikai no viena konta."),
        ("lv", "Viens pieteikums no cilvēka, un tikai no viena konta."),
        ("es", "Una participación por persona. No vale participar con varias cuentas."),
        ("ru", "Один ответ от человека и только с одного аккаунта."),
        ("es", "Un comentario por persona. No vale participar con cuentas duplicadas."),
        ("ru", "Участвовать можно раз в день, только с одного аккаунта."),
    ],
)
def test_other_words_for_it_satisfy(locale: str, text: str) -> None:
    assert terms(announced(f"{BARE[locale]} {text}", locale)) == ()


@pytest.mark.parametrize(
    ("locale", "text", "said"),
    [
        ("en", "Enter once a day! One account only.", "once a day"),
        ("en", "One entry per person per day, one account.", "One entry per person per day"),
        ("en", "Reply every day. One entry, one account.", "Reply every day"),
        ("lv", "Viens pieteikums dienā no viena konta.", "Viens pieteikums dienā"),
        ("lv", "Piedalies katru dienu no viena konta, vienreiz.", "Piedalies katru dienu"),
        ("es", "Una participación al día, con una sola cuenta.", "participación al día"),
        ("es", "Participa cada día una sola vez con una sola cuenta.", "Participa cada día"),
        ("ru", "Одна заявка в день с одного аккаунта.", "Одна заявка в день"),
        ("ru", "Участвуйте один раз в сутки с одного аккаунта.", "раз в сутки"),
    ],
)
def test_with_a_key_nothing_says_that_each_day_counts(locale: str, text: str, said: str) -> None:
    for post in ("announce", "teaser"):
        proof = a_post(an_occurrence(WITH_A_KEY, post), f"{BARE[locale]} {text}", locale=locale)
        announcement = a_post(
            an_occurrence(WITH_A_KEY, "announce"), TERMS[locale].example, locale=locale
        )
        problems = terms(proof) if post == "announce" else terms(announcement, proof)
        (problem,) = problems
        assert f"says “{said}”" in problem.message
        assert problem.help == f"say it: `{TERMS[locale].example}`"
    by_hand = a_post(an_occurrence(CONTEST, "announce"), f"{BARE[locale]} {text}", locale=locale)
    assert terms(by_hand) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Reply within a day. We post every day, and answer once each morning."),
        ("lv", "Katru dienu rādām citus džinsus. Uzvarētāju nosauksim vienā dienā."),
        ("es", "Publicamos el nombre en un post al día siguiente. Cada día, unos vaqueros."),
        ("ru", "Каждый день новые джинсы. Итоги подведём в один день, в посте."),
    ],
)
def test_days_of_something_else_are_fine_with_a_key(locale: str, text: str) -> None:
    said = f"{TERMS[locale].example} {text}"
    assert terms(a_post(an_occurrence(WITH_A_KEY, "announce"), said, locale=locale)) == ()


def test_only_what_is_lacking_is_named() -> None:
    (problem,) = terms(announced(f"{BARE['en']} One entry a day.", "en"))
    assert problem.message.endswith(f"does not say that {LACKING[0]}")
    (problem,) = terms(announced(f"{BARE['en']} One account per person.", "en"))
    assert problem.message.endswith(f"does not say that {LACKING[1]}")


def test_a_link_to_the_rules_and_an_answer_with_them_satisfy() -> None:
    assert terms(announced(f"{BARE['en']} Rules: https://acme.lv/rules")) == ()
    answer = announced(TERMS["en"].example, post="rules")
    assert terms(announced(BARE["en"]), answer) == ()


def test_the_opening_post_is_looked_at_whatever_else_goes_out() -> None:
    teaser = announced("Something is coming", post="teaser")
    assert terms(teaser, announced(TERMS["en"].example)) == ()
    assert len(terms(teaser)) == 1
    assert terms(announced(BARE["en"], post="idea")) == ()


def test_other_languages_and_other_kinds_are_left_alone() -> None:
    assert terms(announced("Gewinnspiel!", "de")) == ()
    series = a_post(an_occurrence(a_file({"hello": {"text": "x"}}), "hello"), BARE["lv"])
    assert terms(series) == ()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Whoever reposts this the most wins"),
        ("en", "The more you post, the better your chances"),
        ("lv", "Jo vairāk pārpublicēsi, jo lielākas izredzes"),
        ("es", "Gana quien más comparta este post"),
        ("ru", "Победит тот, кто больше всех сделает репостов"),
    ],
)
def test_nothing_rewards_repeated_posts(locale: str, text: str) -> None:
    (problem,) = terms(announced(f"{TERMS[locale].example} {text}", locale))
    assert "rewards repeated posts" in problem.message
    assert problem.help == "let one entry count as much as many"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Repost your most loved jeans. Who wore them most?"),
        ("lv", "Jo vairāk džinsu, jo labāk. Cik bieži tu tos mazgā?"),
        ("es", "Cuéntanos cuáles son los que más te gustan"),
        ("ru", "Чем больше карманов, тем лучше"),
    ],
)
def test_more_and_most_of_other_things_are_fine(locale: str, text: str) -> None:
    assert terms(announced(f"{TERMS[locale].example} {text}", locale)) == ()
