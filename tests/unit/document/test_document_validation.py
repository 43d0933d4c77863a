"""What a model refuses becomes a problem at its place, by the type of the error alone."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    field_validator,
    model_validator,
)
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from runner.document import parse, validate
from tests.diagnostics import did_you_mean


class Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
    )


def problems(text, model, **kwargs):
    parsed = parse("a.yaml", text.encode())
    assert parsed.problems == ()
    made, found = validate(parsed, model, **kwargs)
    assert (made is None) == bool(found)
    return found


def found(text, model):
    return [(p.rule, p.place.route, p.place.on_key) for p in problems(text, model)]


class Inner(Model):
    text: str = "x"
    reply_to: str | None = None


class Names(Enum):
    ONE = "one"
    TWO = "two"


class Typed(TypedDict):
    at: str


class Outer(Model):
    inner: Inner = Inner()
    listed: list[Inner] = []
    fixed: tuple[Inner, int] | None = None
    mapped: dict[str, Inner] = {}
    wrapped: Annotated[
        Mapping[str, Annotated[Inner, AfterValidator(lambda value: value)]],
        BeforeValidator(lambda value: value),
    ] = {}
    either: str | Inner | list[Inner] = ""
    names: dict[Names, int] = {}
    typed: Typed | None = None
    again: "Outer | None" = None


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("inner: {txet: y}", ("inner", "txet")),
        ("listed: [{}, {txet: y}]", ("listed", 1, "txet")),
        ("fixed: [{txet: y}, 1]", ("fixed", 0, "txet")),
        ("mapped: {a: {}, b: {txet: y}}", ("mapped", "b", "txet")),
        ("wrapped: {b: {txet: y}}", ("wrapped", "b", "txet")),
        ("either: {txet: y}", ("either", "txet")),
        ("either: [{txet: y}]", ("either", 0, "txet")),
        ("again: {again: {inner: {txet: y}}}", ("again", "again", "inner", "txet")),
    ],
)
def test_an_unknown_key_is_found_wherever_its_model_is(text, route):
    (problem,) = problems(text, Outer)
    assert (problem.rule, problem.place.route) == ("unknown-key", route)
    assert problem.place.on_key
    assert problem.help == did_you_mean("`text`")


def test_typed_dicts_and_dataclasses_know_their_keys():
    @dataclass(config=ConfigDict(extra="forbid"))
    class Part:
        at: str = ""

    class Whole(Model):
        typed: Typed
        part: Part

    text = "typed: {when: x}\npart: {when: x, at: y}"
    assert [(p.place.route, p.help) for p in problems(text, Whole)] == [
        (("typed", "when"), did_you_mean("`at`")),
        (("part", "when"), did_you_mean("`at`", "It is there, too: keep one of the two")),
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        *(("when", "at"), ("Time", "at"), ("date", "at"), ("publishAt", "at")),
        *(("tz", "timezone"), ("time_zone", "timezone"), ("repeat", "every")),
        *(("image", "media"), ("Pictures", "media"), ("tweet", "text"), ("message", "text")),
        *(("reply_to", "reply-to"), ("replyTo", "reply-to"), ("reply to", "reply-to")),
        *(("altText", "alt"), ("alt_text", "alt"), ("language", "locale"), ("txt", "text")),
    ],
)
def test_words_from_elsewhere_are_known(key, meant):
    fields = ("at", "every", "timezone", "media", "text", "reply_to", "alt", "locale")
    model = type("Post", (Model,), {"__annotations__": dict.fromkeys(fields, str | None)})
    for field in fields:
        setattr(model, field, None)
    whole = {field.replace("_", "-"): f"{field.replace('_', '-')}: x\n" for field in fields}
    (problem,) = problems(f"{''.join(whole.values())}{key}: x\n", model)
    assert problem.help == did_you_mean(f"`{meant}`", "It is there, too: keep one of the two")
    (problem,) = problems(
        f"{''.join(whole[each] for each in whole if each != meant)}{key}: x\n", model
    )
    assert problem.help == did_you_mean(f"`{meant}`")


def test_a_key_that_nobody_knows_gets_the_list():
    (problem,) = problems("colour: red", Inner)
    assert problem.help == "the keys here are `text`, `reply-to`"


def test_a_missing_key_that_is_there_under_another_name_is_told_once():
    class Post(Model):
        at: str

    assert found("when: x", Post) == [("unknown-key", ("when",), True)]


def test_a_missing_key_is_shown_at_its_parent_with_an_example():
    class Part(Model):
        file: str = Field(description="Where it lies.", examples=["media/a.jpg"])
        alt: str = Field(description="What it shows.")
        plain: str

    class Whole(Model):
        part: Part

    first, second, third = problems("part: {}", Whole)
    assert first.place.route == second.place.route == ("part",)
    assert first.place.on_key
    assert {first.help, second.help, third.help} == {
        "add `file: media/a.jpg` (where it lies)",
        "add `alt: …` (what it shows)",
        "add `plain: …`",
    }
    (top,) = problems("{}", Whole)
    assert (top.place.route, top.place.on_key) == ((), False)


class Contest(Model):
    kind: Literal["contest"]
    prize: str


class Partner(Model):
    kind: Literal["partner"]
    partner: dict[str, str]
    posts: dict[str, Inner] = {}


KINDS = TypeAdapter(Annotated[Contest | Partner, Field(discriminator="kind")])


def test_a_kind_that_is_called_like_a_key_is_no_part_of_the_route():
    text = "kind: partner\npartner: {posts: 3}\nposts: {a: {text: 3}}"
    assert found(text, KINDS) == [
        ("wrong-type", ("partner", "posts"), False),
        ("wrong-type", ("posts", "a", "text"), False),
    ]


def test_an_unknown_kind_is_shown_at_the_kind():
    (problem,) = problems("kind: contst", KINDS)
    assert (problem.rule, problem.place.route) == ("unknown-kind", ("kind",))
    assert problem.help == did_you_mean("`contest`", "It is one of `contest`, `partner`")


def test_a_missing_kind_names_all_of_them():
    (problem,) = problems("prize: x", KINDS)
    assert (problem.rule, problem.place.route) == ("missing-key", ())
    assert problem.help == "add `kind: contest`; it is one of `contest`, `partner`"


def test_a_kind_may_be_chosen_by_a_function():
    def chosen(value):
        return "one" if "one" in value else "two" if "two" in value else "three"

    class One(Model):
        one: int

    class Two(Model):
        two: int

    model = TypeAdapter(
        Annotated[Annotated[One, Tag("one")] | Annotated[Two, Tag("two")], Discriminator(chosen)]
    )
    assert found("one: x", model) == [("wrong-type", ("one",), False)]
    assert found("three: x", model) == [("unknown-kind", (), True)]


def test_of_a_union_the_member_that_was_meant_is_told_of():
    assert found("either: 3", Outer) == [("wrong-type", ("either",), False)]
    assert found("either: {text: 3}", Outer) == [("wrong-type", ("either", "text"), False)]
    assert found("either: [{text: 3}]", Outer) == [("wrong-type", ("either", 0, "text"), False)]


def test_of_a_union_all_types_are_named_when_none_fits():
    (problem,) = problems("either: 3", Outer)
    assert problem.message == "expected a text or keys with values or a list, found the number 3"
    assert problem.help == 'put it in quotes: "3"'


def test_of_two_models_the_one_with_fewer_mistakes_is_meant():
    class Repost(Model):
        repost: str
        because: str

    class Text(Model):
        text: str

    class Items(Model):
        items: list[Repost | Text]

    text = "items: [{repost: x}, {text: 3}]"
    assert found(text, Items) == [
        ("missing-key", ("items", 0), True),
        ("wrong-type", ("items", 1, "text"), False),
    ]


def test_a_wrong_key_of_a_mapping_is_shown_at_the_key():
    class Whole(Model):
        posts: dict[Annotated[str, Field(pattern="^[a-z]+$")], int] = {}
        names: dict[Names, int] = {}

    assert found("posts: {A: 1, b: x}\nnames: {three: 1}", Whole) == [
        ("bad-form", ("posts", "A"), True),
        ("wrong-type", ("posts", "b"), False),
        ("unknown-value", ("names", "three"), True),
    ]


@pytest.mark.parametrize(
    ("type_", "text", "message", "help"),
    [
        (str, "27", "expected a text, found the number 27", 'put it in quotes: "27"'),
        (str, "1.10", "expected a text, found the number 1.10", 'put it in quotes: "1.10"'),
        (str, "TRUE", "expected a text, found `true`", 'put it in quotes: "TRUE"'),
        (
            str,
            "",
            "expected a text, found nothing",
            "write the value after `a:`, or remove the key",
        ),
        (str, "[b]", "expected a text, found a list", "write one text"),
        (int, "b", 'expected a whole number, found the text "b"', "write it in digits: 3"),
        (int, "007", 'expected a whole number, found the text "007"', "write the number as 7"),
        (
            Decimal,
            "59,90",
            'expected a number, found the text "59,90"',
            "write the number as 59.90",
        ),
        (bool, "no", 'expected `true` or `false`, found the text "no"', "write `false`"),
        (bool, "On", 'expected `true` or `false`, found the text "On"', "write `true`"),
        (
            bool,
            "maybe",
            'expected `true` or `false`, found the text "maybe"',
            "write `true` or `false`",
        ),
        (list[str], "b", 'expected a list, found the text "b"', "put it in brackets: [b]"),
        (
            dict[str, str],
            "[b]",
            "expected keys with values, found a list",
            "write `key: value` lines in its place",
        ),
        (
            Inner,
            "b",
            'expected keys with values, found the text "b"',
            "write it with keys below it: `text`, `reply-to`",
        ),
    ],
)
def test_a_wrong_type_is_named_in_plain_words(type_, text, message, help):
    class Whole(Model):
        model_config = ConfigDict(strict=True)
        a: type_

    (problem,) = problems(f"a: {text}", Whole)
    assert (problem.rule, problem.message, problem.help) == ("wrong-type", message, help)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (Annotated[int, Field(ge=1)], "0", "`a` has to be at least 1, found 0"),
        (Annotated[Decimal, Field(gt=0)], "0.00", "`a` has to be more than 0, found 0.00"),
        (Annotated[int, Field(le=5)], "6", "`a` has to be at most 5, found 6"),
        (Annotated[str, Field(min_length=1)], '""', "`a` needs at least 1 character, found none"),
        (Annotated[str, Field(max_length=2)], "abc", "`a` takes at most 2 characters, found 3"),
        (Annotated[list[int], Field(max_length=1)], "[1, 2]", "`a` takes at most 1 entry, found 2"),
    ],
)
def test_bounds_are_named(field, text, message):
    class Whole(Model):
        a: field

    (problem,) = problems(f"a: {text}", Whole)
    assert (problem.rule, problem.message) == ("out-of-range", message)


def test_a_list_is_not_too_short_for_entries_that_are_told_of():
    class Whole(Model):
        a: Annotated[list[int], Field(min_length=1)]

    assert found("a: [x]", Whole) == [("wrong-type", ("a", 0), False)]


def test_an_enum_and_a_literal_name_their_values():
    class Whole(Model):
        name: Names = Names.ONE
        only: Literal["this"] = "this"
        size: Literal[1, True, "big"] = "big"

    one, two, three = problems("name: tow\nonly: that\nsize: bgi", Whole)
    assert one.message == "`tow` is not a value of `name`"
    assert one.help == "write one of `one`, `two`"
    assert two.help == "write only `this`"
    assert three.help == "write one of `1`, `true`, `big`"


def test_an_id_is_proposed():
    class Whole(Model):
        a: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]

    (problem,) = problems("a: Big Day!", Whole)
    assert problem.rule == "bad-id"
    assert problem.help == "use lower-case letters, digits and hyphens: `big-day`"


def refusal(rule, message, **context):
    def check(value):
        raise PydanticCustomError(rule, message, context)

    return check


def test_our_own_errors_carry_rule_message_and_help():
    class Whole(Model):
        a: Annotated[str, AfterValidator(refusal("bad-thing", "no {thing}", thing="b", help="do"))]

    (problem,) = problems("a: x", Whole)
    assert (problem.rule, problem.message, problem.help) == ("bad-thing", "no b", "do")


def test_our_own_errors_may_point_into_the_text():
    class Whole(Model):
        a: Annotated[str, AfterValidator(refusal("bad-when", "no", line=2, column=3))]
        b: Annotated[str, AfterValidator(refusal("bad-when", "no", column=4))]

    first, second = problems("a: |\n  x\n  yyyy\nb: 'xyz!'\n", Whole)
    assert (first.place.inside, second.place.inside) == ((2, 3), (1, 4))


def test_an_error_of_a_whole_model_is_shown_at_its_key_or_at_the_key_it_names():
    class Part(Model):
        a: int = 1

        @model_validator(mode="after")
        def check(self):
            if self.a == 2:
                raise PydanticCustomError("two-much", "no", {"below": ("a",)})
            raise PydanticCustomError("never-good", "no")

    class Whole(Model):
        part: Part

    assert found("part: {}", Whole) == [("never-good", ("part",), True)]
    assert found("part: {a: 2}", Whole) == [("two-much", ("part", "a"), True)]


def test_errors_that_others_raise_are_told_without_their_frame():
    class Whole(Model):
        a: str

        @field_validator("a")
        @classmethod
        def check(cls, value):
            raise ValueError("this is odd")

    (problem,) = problems("a: x", Whole)
    assert (problem.rule, problem.message) == ("bad-value", "this is odd")


def test_what_the_dialect_complained_of_is_not_judged_again():
    class Whole(Model):
        a: int
        b: int
        c: dict[str, int]

    parsed = parse("a.yaml", b"a: #x\nb: x\nc: {d: *x, e: y}\n")
    made, found = validate(parsed, Whole)
    assert made is None
    assert [problem.place.route for problem in found] == [("b",), ("c", "e")]


def test_there_is_no_model_from_a_file_with_problems_of_its_own():
    parsed = parse("a.yaml", b"text: Big day #launch\n")
    assert validate(parsed, Inner) == (None, ())


def test_a_file_that_could_not_be_read_is_not_judged():
    assert validate(parse("a.yaml", b"text: @x\n"), Outer) == (None, ())


def test_a_good_file_gives_its_model():
    made, found = validate(parse("a.yaml", b"text: x\nreply-to: y\n"), Inner)
    assert (made, found) == (Inner(**{"text": "x", "reply-to": "y"}), ())


def test_problems_come_in_the_order_of_the_file():
    text = "z: 1\nlisted: [{text: 3}]\ninner: {text: 4}\na: 2"
    lines = [problem.place.route[0] for problem in problems(text, Outer)]
    assert lines == ["z", "listed", "inner", "a"]


def test_validators_get_the_context():
    @dataclass
    class Whole:
        a: Annotated[str, AfterValidator(lambda value, info: value + info.context["b"])]

    made, _ = validate(parse("a.yaml", b"a: x\n"), TypeAdapter(Whole), context={"b": "y"})
    assert made.a == "xy"
