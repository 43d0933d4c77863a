"""What other campaigns have to know of one is small while it is not looked at, and few are looked
at together."""

from runner.rules import ProjectContext, RuleContext, campaign_facts, packed
from runner.rules.compiled_post import PackedFacts
from runner.rules.project_context import contexts
from tests.unit.rules.building import a_file, a_post, a_project, an_occurrence

LONG = "Ziemas bikses ir klāt un gaida"


def context_of(**campaigns: dict[str, list[str]]) -> RuleContext:
    """Of campaigns: by account, what each of its posts says."""
    files, proofs = [], []
    for name, accounts in campaigns.items():
        posts = {f"p{n}": {} for n in range(max(map(len, accounts.values())))}
        file = a_file(posts, path=f"campaigns/{name}.yaml", accounts=list(accounts))
        files.append(file)
        proofs += [
            a_post(an_occurrence(file, f"p{n}", account=account), text)
            for account, texts in accounts.items()
            for n, text in enumerate(texts)
        ]
    return RuleContext(project=a_project(), files=tuple(files), proofs=tuple(proofs))


def facts_of(context: RuleContext) -> tuple[PackedFacts, ...]:
    return tuple(map(packed, campaign_facts(context)))


def test_what_is_unpacked_is_what_was_packed() -> None:
    rhythm = {"every": {"days": ["tue"], "slots": ["evening", "morning"]}, "items": [{"text": "x"}]}
    file = a_file(
        {"tip": {**rhythm, "ignore": {"shouting": "So it is"}}, "one": {}},
        path="campaigns/b\udc80.yaml",
        id="b",
    )
    context = RuleContext(
        project=a_project(),
        files=(file,),
        proofs=(
            a_post(an_occurrence(file, "tip", nominal="2026-12-01.morning"), LONG, item="x"),
            a_post(an_occurrence(file, "one"), "", f"{LONG} jau"),
        ),
    )
    (facts,) = campaign_facts(context)
    again = packed(facts).unpacked()
    assert again.posts[0].dates == facts.posts[0].dates
    assert again.posts[0].dates[0].slot == 1
    assert [part.place for part in again.posts[1].sayings[0]] == [
        part.place for part in facts.posts[1].sayings[0]
    ]
    assert packed(again) == packed(facts)
    assert packed(facts).accounts == ("shop",)


def test_an_account_is_looked_at_with_its_own_posts_alone() -> None:
    context = context_of(a={"shop": ["Viens"], "tienda": ["Uno"]}, b={"tienda": ["Dos"]})
    found = list(contexts(ProjectContext.of(context), facts_of(context)))
    seen = [sorted(str(post.key) for post in each.proofs) for each in found if not each.is_whole]
    assert seen == [["shop/a/p0"], ["tienda/a/p0", "tienda/b/p0"]]


def test_of_all_accounts_only_campaigns_are_compared_that_say_what_another_text_says() -> None:
    context = context_of(
        a={"shop": [LONG]},
        b={"tienda": [f"{LONG}!"]},
        c={"shop": ["Pavisam cits stāsts par vasaru"]},
        d={"shop": ["Labrīt"], "tienda": ["Labrīt"]},
    )
    *_, whole = contexts(ProjectContext.of(context), facts_of(context))
    assert whole.is_whole
    assert [file.path for file in whole.files] == ["campaigns/a.yaml", "campaigns/b.yaml"]
    assert whole.locales == {"es", "lv"}
