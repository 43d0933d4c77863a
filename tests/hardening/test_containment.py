"""One thing that is wrong stops only itself: an exception that nobody foresaw, in whatever belongs
to one post among twenty, keeps no other from going out once."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

import pytest

from runner.bugs import RULE, contained, noting
from runner.ledger import Key, Posted, Standing
from runner.plan import Verb
from runner.problems import LedgerUnusable, Place, Problem, Severity
from runner.publish import Outcome, Refusal, RunReport
from runner.rules import RULES, Stage, breaches
from runner.rules.checking import KEPT_BY_THE_PLAN
from runner.templating.sandbox import FILTERS
from runner.value import replace
from tests.hardening.twenty import (
    NAMES,
    OTHERS,
    SHARED,
    THREAD,
    Saboteur,
    Unforeseen,
    later,
    on_x,
    posted,
    the_machine,
    twenty,
    with_publishers,
)
from tests.unit.compile.building import context_of_files
from tests.unit.plan.building import with_filter
from tests.unit.rules.building import checked

KEY = Key("shop", "one", "j")
GRAVE = tuple(
    rule
    for rule in RULES
    if rule.stage is Stage.FILE
    and rule.severity is Severity.ERROR
    and rule.id not in KEPT_BY_THE_PLAN
)


def the_others_went_out(machine, ended):
    """Each of them once, and the ledger knows it; the run tells the bug, and its report stands."""
    times = Counter(on_x(machine))
    assert {text: times[text] for text in OTHERS} == dict.fromkeys(OTHERS, 1)
    assert not times.keys() - {*OTHERS, "This is j", "More of j", "repost of 12345"}
    states = machine.states()
    assert {name for name, state in states.items() if state == "posted"} >= set(NAMES)
    assert ended.code == 70
    assert "Sent " in ended.report
    assert "This is a bug in runner" in ended.talk
    assert "Traceback" not in ended.report
    return times


# --- Ports


@dataclass(frozen=True)
class Fault:
    """What breaks, and what is true of the victim afterwards; `out` is how many of its parts are on
    X then, `state` the ledger's word, `finally_out` how many later runs make of them."""

    id: str
    change: object
    victim: dict
    out: int
    state: str | None
    finally_out: int


def publisher(method, *, after=False, **hits):
    return partial(with_publishers, account="shop", method=method, after=after, **hits)


def ledger(method, *, after=False, hits):
    def change(ports):
        return replace(ports, ledger=Saboteur(ports.ledger, method, after=after, hits=hits))

    return change


def attempts(part):
    return lambda record: any(
        e.key.post == "j" and e.part == part and e.state == "attempting" for e in record.entries
    )


def results(record):
    return any(e.key.post == "j" and isinstance(e, Posted) for e in record.entries)


def reading(ports):
    return replace(ports, read_media=lambda path: Saboteur(ports, "read_media").read_media(path))


def telling(ports):
    def watch(result):
        if result.key.post == "j":
            raise Unforeseen

    return replace(ports, watch=watch)


def clock(method, *, after_claim):
    """The clock breaks once: when the victim was claimed, or before that."""

    def change(ports):
        broken = []

        def hits(*_):
            return bool(broken) and broken.pop()

        def claim(record):
            ports.ledger.claim(record)
            broken.extend([True] * attempts(1)(record))

        def read(path):
            broken.append(True)
            return ports.read_media(path)

        sabotaged = replace(ports, clock=Saboteur(ports.clock, method, hits=hits))
        if after_claim:
            inner = Saboteur(ports.ledger, "")
            inner.claim = claim
            return replace(sabotaged, ledger=inner)
        return replace(sabotaged, read_media=read)

    return change


def says(text):
    return lambda part, **_: part.text == text


FIRST, SECOND = says("This is j"), says("More of j")
PORTS = (
    Fault("read_media", reading, THREAD, 0, None, 2),
    Fault("upload", publisher("upload"), THREAD, 0, None, 2),
    Fault("upload-after", publisher("upload", after=True), THREAD, 0, None, 2),
    Fault("claim", ledger("claim", hits=attempts(1)), THREAD, 0, None, 2),
    Fault("claim-after", ledger("claim", after=True, hits=attempts(1)), THREAD, 0, "attempting", 2),
    Fault("claim-2", ledger("claim", hits=attempts(2)), THREAD, 1, "attempting", 2),
    Fault(
        "claim-2-after", ledger("claim", after=True, hits=attempts(2)), THREAD, 1, "attempting", 2
    ),
    Fault("clock-before", clock("now", after_claim=False), THREAD, 0, None, 2),
    Fault("clock-claimed", clock("now", after_claim=True), THREAD, 0, "released", 2),
    Fault("boot-claimed", clock("boot", after_claim=True), THREAD, 0, "released", 2),
    Fault("create", publisher("create", hits=FIRST), THREAD, 0, "unknown", 2),
    Fault(
        "create-out",
        publisher("create", after=True, hits=FIRST),
        THREAD,
        1,
        "unknown",
        2,
    ),
    Fault("create-2", publisher("create", hits=SECOND), THREAD, 1, "unknown", 2),
    Fault(
        "create-2-out",
        publisher("create", after=True, hits=SECOND),
        THREAD,
        2,
        "unknown",
        2,
    ),
    Fault("repost", publisher("repost"), SHARED, 0, "unknown", 1),
    Fault("repost-out", publisher("repost", after=True), SHARED, 1, "unknown", 1),
    Fault("record", ledger("record", hits=results), THREAD, 2, "attempting", 2),
    Fault("record-after", ledger("record", after=True, hits=results), THREAD, 2, "posted", 2),
    Fault("watch", telling, THREAD, 2, "posted", 2),
)
SAMPLE = ("claim-2", "create-out", "record")


def each(cases, sample):
    """All of them; those that are not in the sample only where everything is proved."""
    return [
        pytest.param(case, id=f"B2-{id}", marks=() if id in sample else pytest.mark.slow)
        for id, case in cases.items()
    ]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("fault", each({fault.id: fault for fault in PORTS}, SAMPLE))
def test_a_port_that_breaks_for_one_post(fault):
    machine = the_machine(twenty(fault.victim))
    ended = posted(machine, fault.change)
    times = the_others_went_out(machine, ended)
    mine = [times[text] for text in ("This is j", "More of j", "repost of 12345")]
    assert max(mine) <= 1
    assert sum(mine) == fault.out
    assert machine.states().get("j") == fault.state
    assert "shop/one/j" in ended.talk
    if fault.id != "watch":
        assert "a bug in runner, while " in ended.report
    for _ in range(3):
        later(machine)
    times = Counter(on_x(machine))
    assert max(times.values()) == 1
    assert times.total() == len(OTHERS) + fault.finally_out


@pytest.mark.sampled(1)
@pytest.mark.parametrize("method", ["identify", "timeline"])
def test_a_publisher_that_breaks_for_one_account(method):
    """Its posts stay due, and those of the others go out."""
    machine = the_machine()
    ended = posted(machine, partial(with_publishers, account="support", method=method))
    assert ended.code == 70
    assert on_x(machine) == sorted([*(f"This is {name}" for name in NAMES[:14] + "j"), "More of j"])
    assert "refused  support: " in ended.report
    later(machine)
    assert Counter(on_x(machine)) == Counter([*OTHERS, "This is j", "More of j"])


# --- Templates, rules, standings, times


def boom(*_, **__):
    raise Unforeseen


def all_but_the_victim(inputs, *, asks="a bug in runner"):
    """The nineteen others go out, and the victim needs a person."""
    machine = the_machine(inputs)
    ended = posted(machine)
    assert on_x(machine) == sorted(OTHERS)
    assert f"needs a person  shop/one/j: {asks}" in ended.report
    assert "Sent 19 posts" in ended.report
    return ended


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "name", each({f"filter-{name}": name for name in FILTERS}, ("filter-upper", "filter-date"))
)
def test_a_filter_that_breaks_for_one_post(name):
    inputs = twenty({"text": f"{{{{ 'x' | {name} }}}} j"})
    ended = all_but_the_victim(with_filter(inputs, name, boom), asks="")
    assert ended.code in (70, 3)  # 3 where what a filter raises is an error of the template


def breaking(rule, *names):
    """The rule, but it fails, half-way, where all of these posts are in sight."""

    def look(rule_context):
        yield from rule.look(rule_context)
        if set(names) <= {proof.key.post for proof in rule_context.proofs}:
            raise Unforeseen

    return replace(rule, look=look)


def with_rule(inputs, broken):
    rules = tuple(broken if rule.id == broken.id else rule for rule in inputs.rules)
    return replace(inputs, rules=rules)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("rule", each({rule.id: rule for rule in GRAVE}, (GRAVE[0].id,)))
def test_a_rule_that_breaks_for_one_post_has_not_approved_it(rule):
    ended = all_but_the_victim(with_rule(twenty(), breaking(rule, "j")))
    assert ended.code == 70


def test_a_rule_that_breaks_at_a_text_has_approved_all_others():
    def look(rule_context):
        yield from ()
        if any("This is j" in part.text for _, _, part in rule_context.parts()):
            raise Unforeseen

    rule_context, _ = context_of_files(twenty())
    found = breaches(rule_context, (GRAVE[0], replace(GRAVE[1], look=look)))
    assert {key.post for key in found} == {"j"}


def test_a_rule_that_breaks_for_two_posts_together_approves_the_first():
    rule_context, _ = context_of_files(twenty())
    assert {key.post for key in breaches(rule_context, (breaking(GRAVE[0], "c", "j"),))} == {"j"}


def test_a_rule_that_can_look_at_nothing_approves_nothing():
    machine = the_machine(with_rule(twenty(), breaking(GRAVE[0])))
    ended = posted(machine)
    assert (ended.code, on_x(machine)) == (70, [])
    assert ended.report.count("needs a person") == 20


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "rule",
    each({r.id: r for r in RULES if r.stage is not Stage.PLAN}, ("too-long", "contest-terms")),
)
def test_a_rule_that_breaks_is_a_problem_at_the_post(rule):
    inputs = twenty()
    rule_context, _ = context_of_files(inputs)
    before = checked(rule_context)
    with noting() as bugs:
        found = checked(rule_context, with_rule(inputs, breaking(rule, "j")).rules)
    (problem,) = [each for each in found if each.rule == RULE]
    assert problem.place.route == ("posts", "j")
    assert problem.severity is Severity.ERROR
    assert f"checking `{rule.id}`" in problem.message
    assert [each for each in found if each.rule != RULE] == [
        each for each in before if each.place.route[1:2] != ("j",) or each.rule != rule.id
    ]
    assert bugs


def test_a_rule_that_breaks_for_a_file_without_posts_is_a_problem_at_the_file():
    inputs = twenty()
    rule_context = replace(context_of_files(inputs)[0], proofs=())

    def look(rule_context):
        yield from ()
        if any(file.id == "two" for file in rule_context.files):
            raise Unforeseen

    rules = (replace(RULES[0], look=look),)
    places = {each.place.path for each in checked(rule_context, rules) if each.rule == RULE}
    assert places == {"campaigns/two.yaml"}
    assert breaches(rule_context, rules) == {}


def test_a_standing_that_can_not_be_told_stops_its_own_post():
    """As an entry would that nobody has thought of; it may be out, so it is never sent."""

    class Untold(Standing):
        @property
        def state(self):
            raise Unforeseen

    machine = the_machine()

    class Ledger(Saboteur):
        def read(self, need):
            facts = machine.ledger.read(need)
            strange = Untold(key=KEY, entries=())
            return replace(facts, standings={**facts.standings, KEY: strange})

    ended = posted(machine, lambda ports: replace(ports, ledger=Ledger(ports.ledger, "")))
    assert (ended.code, on_x(machine)) == (70, sorted(OTHERS))
    assert "needs a person  shop/one/j: a bug in runner, while reading it" in ended.report


def test_a_time_that_can_not_be_told_stops_its_own_post():
    inputs = twenty()
    one, *others = inputs.dated
    entries = tuple(
        Saboteur(entry, "between") if entry.key.post == "j" else entry
        for entry in one.timetable.entries
    )
    broken = replace(one, timetable=replace(one.timetable, entries=entries))
    machine = the_machine(replace(inputs, dated=(broken, *others)))
    ended = posted(machine)
    assert (ended.code, on_x(machine)) == (70, sorted(OTHERS))
    assert "dating shop/one/j" in ended.talk


# --- What ends a run, and what a run tells


def test_what_is_wrong_with_the_ledger_still_stops_the_run_and_a_bug_before_is_told():
    machine = the_machine()

    def change(ports):
        broken = publisher("create", hits=says("This is d"))(ports)
        full = Saboteur(
            ports.ledger,
            "claim",
            hits=lambda record: any(each.key.post == "f" for each in record.entries),
            error=lambda: ExceptionGroup("both", [LedgerUnusable("the disk is full")]),
        )
        return replace(broken, ledger=full)

    ended = posted(machine, change)
    assert ended.code == 70
    assert "error: the disk is full" in ended.talk
    assert set(on_x(machine)) < set(OTHERS)
    assert "This is g" not in on_x(machine)


REFUSED = Outcome(refusals=(Refusal(account="shop", because="no credit"),))
STALE = Outcome(stale=True)


@pytest.mark.parametrize(
    ("last", "asks", "errors", "bug", "code"),
    [
        (Outcome(), False, False, False, 0),
        (Outcome(), False, True, False, 1),
        (STALE, False, False, False, 0),
        (STALE, True, True, False, 3),
        (REFUSED.and_then(STALE), True, True, False, 4),
        (REFUSED, True, True, True, 70),
        (Outcome(), False, False, True, 70),
    ],
)
def test_the_gravest_code_counts(last, asks, errors, bug, code):
    machine = the_machine()
    planned = machine.plan()
    first = replace(planned.actions[0], verb=Verb.ASK)
    planned = replace(planned, actions=(first,) if asks else ())

    def run():
        if bug:
            contained("testing", "it", boom)
        return RunReport(outcome=last, last=last, plan=planned)

    wrong = (Problem(rule="x", message="y", place=Place(path="z")),) if errors else ()
    assert posted(machine, run=run, problems=wrong).code == code


def test_a_look_at_the_ledger_that_breaks_afterwards_keeps_the_report():
    machine = the_machine()

    def change(ports):
        claimed = []
        inner = Saboteur(ports.ledger, "read", hits=lambda _: bool(claimed))
        inner.claim = lambda record: (claimed.append(record), ports.ledger.claim(record))
        return replace(ports, ledger=inner)

    ended = posted(machine, change)
    assert ended.code == 70
    assert "Sent 20 posts" in ended.report
    assert Counter(on_x(machine)) == Counter([*OTHERS, "This is j", "More of j"])


def test_no_word_of_a_bug_is_a_command_of_a_workflow():
    machine = the_machine()

    def error():
        return ValueError("::error::x\n::add-mask::y\n ##[error]z\x1b[31m" + "w" * 10_000)

    ended = posted(machine, publisher("create", hits=says("This is d"), error=error))
    lines = (ended.talk + ended.report).splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    assert "\x1b" not in ended.talk
    assert max(map(len, lines)) < 400
    assert "ValueError" in ended.talk


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_is_no_bug_goes_its_way(error):
    machine = the_machine()
    with pytest.raises(error):
        posted(machine, publisher("create", hits=says("This is d"), error=error))
    assert machine.states()["d"] == "attempting"
