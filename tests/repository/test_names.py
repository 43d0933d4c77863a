"""Names that lead a reader: a type has its name alone, and a function's says what comes back."""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from tests.parsed import PACKAGE, modules

EMPTY = {
    *("told", "said", "shown", "known", "having", "lacking", "owed", "spoken"),
    *("counted", "differing", "entered", "included", "listening", "made", "proven", "taken"),
    *("chosen", "committed", "compared", "fallen", "ours", "renewed", "theirs", "upgraded"),
}
"""Participles that don't say what comes back: functions that had one for a name had to be opened to
be understood."""
OF_X = {"Media", "Poll", "Post"}
"""X names these so, and the local X speaks as X does."""


def classes(sources: Mapping[str, Iterable[ast.AST]]) -> dict[str, list[str]]:
    """The modules of each class, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, nodes in sources.items():
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    return found


def aliases(sources: Mapping[str, Iterable[ast.AST]]) -> dict[str, set[str]]:
    """What each alias of a type stands for, by its name.

    Not those in `Annotated`: fields of a file and options of a command, which their rooms name
    as people do. What two rooms spell alike means one thing.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for nodes in sources.values():
        module = next(node for node in nodes if isinstance(node, ast.Module))
        for node in module.body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_alias(name, value):
                    found[name].add(ast.unparse(value))
    return found


def is_alias(name: str, value: ast.expr) -> bool:
    """Whether it is named as a type is, and stands for another one."""
    bare = name.lstrip("_")
    named_so = bare[:1].isupper() and not bare.isupper()
    return named_so and not ast.unparse(value).startswith(("Annotated[", "TypeVar("))


def unclear(classes: Collection[str], aliases: Mapping[str, Collection[str]]) -> set[str]:
    """Aliases that have the name of a class, or mean several things."""
    return {name for name, said in aliases.items() if name in classes or len(said) > 1}


def twice(found: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Names that several classes have, but for those of X in the local X."""
    ours = {
        name: [path for path in paths if not (name in OF_X and path.startswith("local_x/"))]
        for name, paths in found.items()
    }
    return {name: paths for name, paths in ours.items() if len(paths) > 1}


def sources() -> dict[str, Iterable[ast.AST]]:
    return {path.relative_to(PACKAGE).as_posix(): nodes for path, nodes in modules().items()}


def test_no_class_has_the_name_of_another() -> None:
    found = classes(sources())
    assert len(found) > 200
    assert not twice(found)


def test_a_name_that_stands_twice_is_seen() -> None:
    another = ast.parse("class Publisher: ...\nclass Post: ...\n").body
    again = {**sources(), "x/another.py": another}
    assert set(twice(classes(again))) == {"Publisher", "Post"}


def test_no_alias_has_the_name_of_a_class_or_of_another() -> None:
    known = aliases(sources())
    assert len(known) > 60
    assert not unclear(classes(sources()), known)


def test_an_alias_that_means_something_else_is_seen() -> None:
    planted = "Json = int\nPublisher = bytes | str\nHeight = int\nName = Annotated[str, ...]\n"
    again = {**sources(), "x/another.py": list(ast.walk(ast.parse(planted)))}
    assert unclear(classes(again), aliases(again)) == {"Json", "Publisher"}


def saying_nothing(nodes: Iterable[ast.AST]) -> list[str]:
    """The functions whose whole name is a participle that fits anything."""
    return [
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.strip("_") in EMPTY
    ]


def test_the_name_of_a_function_says_what_comes_back() -> None:
    found = {path: saying_nothing(nodes) for path, nodes in sources().items()}
    assert len(found) > 500
    assert not {path: names for path, names in found.items() if names}


def test_a_name_that_fits_anything_is_seen() -> None:
    planted = (
        "def _told(): ...\nclass A:\n    async def shown(self): ...\n\ndef shown_text(): ...\n"
        "def _taken(): ...\ndef turn_taken(): ...\n"
    )
    assert sorted(saying_nothing(ast.walk(ast.parse(planted)))) == ["_taken", "_told", "shown"]
