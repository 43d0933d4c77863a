"""A compiled campaign renders a text once, however often and for whomever it is asked for."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from runner.bugs import noting
from runner.compile import CampaignCompiler, CampaignTexts, DatedCampaign, TextRequest
from runner.compile.rehearsal import rehearsals
from runner.ledger import Facts
from runner.media import MediaFacts
from runner.plan import PlanInputs, plan
from runner.render import PostedLink, RenderedPost
from runner.rules import Breach, RuleContext
from runner.rules.rule import rule
from runner.schedule import Occurrence
from runner.value import replace
from tests.unit.compile.building import context_of_files
from tests.unit.plan.building import a_file, some_inputs, with_filter
from tests.unit.render.building import PHOTO
from tests.unit.stores.building import at

EVERY = {"slots": ["morning"]}


def counted(text: str) -> tuple[PlanInputs, list[str]]:
    """A desk with one post, and what its filter `count` was called with."""
    calls: list[str] = []

    def count(value: object) -> object:
        calls.append(str(value))
        return value

    return with_filter(some_inputs(a_file({"tip": {"text": text}})), "count", count), calls


def rendered(
    campaign: DatedCampaign, occurrence: Occurrence, posted: Mapping[str, PostedLink] | None = None
) -> RenderedPost | None:
    return CampaignTexts(campaign).rendering(TextRequest(occurrence, None, posted or {})).post


def test_the_files_and_the_plan_share_what_was_rendered():
    inputs, calls = counted("{{ 'Look' | count }}")
    context_of_files(inputs)
    before = list(calls)
    assert before
    now = at("2026-12-01 09:00")
    made = plan(
        inputs, inputs.occurrences(now=now, until=now + timedelta(days=1)), Facts(), now=now
    )
    assert [action.post.parts[0].text for action in made.actions if action.post] == ["Look"]
    assert calls == before


def test_a_text_that_looks_at_the_moment_is_rendered_for_each_one():
    file = a_file({"tip": {"every": EVERY, "text": "Today, {{ at | date }}"}})
    (campaign,) = some_inputs(file).campaigns.values()
    texts = [rendered(campaign, each).parts[0].text for each in campaign.timetable.all()[:3]]
    assert len(set(texts)) == 3


def test_what_is_out_makes_a_text_another_one():
    file = a_file(
        {"tip": {}, "more": {"text": "See {{ posts.tip.url }}", "at": "2026-12-02 10:00"}}
    )
    (campaign,) = some_inputs(file).campaigns.values()
    more = next(each for each in campaign.timetable.all() if each.key.post == "more")
    link = PostedLink(id="7", url="https://x.com/acme_lv/status/7")
    assert "⟦" in rendered(campaign, more).parts[0].text
    assert rendered(campaign, more, {"tip": link}).parts[0].text == f"See {link.url}"
    assert "⟦" in rendered(campaign, more).parts[0].text


def test_each_occurrence_keeps_its_own_time_and_key():
    file = a_file({"tip": {"every": EVERY, "text": "Tip"}})
    (campaign,) = some_inputs(file).campaigns.values()
    (rehearsal,) = rehearsals(CampaignTexts(campaign))
    assert [proof.post.key for proof in rehearsal.proofs] == [
        each.key for each in campaign.timetable.all()
    ]
    assert isinstance(campaign, DatedCampaign)


def test_links_that_have_changed_places_are_another_text():
    file = a_file(
        {
            "one": {},
            "two": {},
            "more": {"text": "{{ posts.one.url }} {{ posts.two.url }}", "at": "2026-12-02 10:00"},
        }
    )
    (campaign,) = some_inputs(file).campaigns.values()
    more = next(each for each in campaign.timetable.all() if each.key.post == "more")
    first, second = (
        PostedLink(id=id, url=f"https://x.com/acme_lv/status/{id}") for id in ("7", "8")
    )
    for links in ((first, second), (second, first)):
        made = rendered(campaign, more, dict(zip(("one", "two"), links, strict=True)))
        assert made.parts[0].text == f"{links[0].url} {links[1].url}"


class BrokenAtFirst(Mapping[str, MediaFacts]):
    """The media of a project, with a bug that shows at the first look alone."""

    def __init__(self) -> None:
        self.looks = 0

    def __getitem__(self, path: str) -> MediaFacts:
        self.looks += 1
        if self.looks == 1:
            raise RuntimeError
        return PHOTO

    def __iter__(self) -> Iterator[str]:
        return iter(("campaigns/tip.jpg",))

    def __len__(self) -> int:
        return 1


def test_a_bug_at_one_moment_keeps_no_other_occurrence_back():
    file = a_file({"tip": {"every": EVERY, "text": "Tip", "media": [{"file": "tip.jpg"}]}})
    (campaign,) = some_inputs(file, media=BrokenAtFirst()).campaigns.values()
    first, second, *_ = campaign.timetable.all()
    with noting() as bugs:  # one that this test means
        made = CampaignTexts(campaign).rendering(TextRequest(first))
        assert [each.rule for each in made.problems] == ["bug-in-runner"]
    assert [bug.spot.partition(" ")[0] for bug in bugs] == ["RuntimeError"]
    assert rendered(campaign, second).parts[0].text == "Tip"
    assert rendered(campaign, first) is None, "what was found of an occurrence stays"


def test_what_is_out_beside_it_makes_no_text_anew_that_has_no_place_for_it():
    inputs, calls = counted("{{ 'Look' | count }}")
    (campaign,) = inputs.campaigns.values()
    (tip,) = campaign.timetable.all()
    link = PostedLink(id="7", url="https://x.com/acme_lv/status/7")
    assert rendered(campaign, tip) == rendered(campaign, tip, {"other": link})
    assert calls == ["Look"]


def test_rules_look_once_at_a_text_that_they_have_nothing_against():
    looks = []

    def counting(context: RuleContext) -> Iterator[Breach]:
        """Counts."""
        looks.append([proof.key.post for proof in context.proofs])
        return iter(())

    file = a_file({"tip": {}})
    rules = (rule("counted")(counting),)
    inputs = some_inputs(file)
    compiler = CampaignCompiler(inputs.assets, rules)
    made = compiler.compilation(file.path, file, (), lambda: file)
    assert made.dated
    (tip,) = made.dated.timetable.all()
    for known in (rules, (rule("counted")(counting),)):
        (text,) = CampaignTexts(made.dated).judged((TextRequest(tip),), known)
        assert text.post
        assert text.problems == ()
    assert looks == [["tip"], ["tip"]], "when it was compiled, and for the other rules"


def test_of_a_file_that_has_changed_since_nothing_is_rendered():
    (campaign,) = some_inputs(a_file({"tip": {}})).campaigns.values()
    (tip,) = campaign.timetable.all()
    changed = replace(campaign, source=lambda: None)
    (text,) = CampaignTexts(changed).judged((TextRequest(tip),), ())
    assert text.post is None
    assert [each.message.split(" since")[0] for each in text.problems] == ["the file has changed"]
