"""What the docstrings below the fields of a model say.

pydantic reads them too (`use_attribute_docstrings`), of all models at each start, which takes a
tenth of a short command; here they are read of one model, when somebody asks.
"""

import ast
import inspect
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel
from pydantic.fields import FieldInfo


@cache
def described_fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model by name, with their descriptions."""
    docs: dict[str, str | None] = {}
    for base in reversed(model.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            docs |= _docs(base)
    return {name: _with(field, docs.get(name)) for name, field in model.model_fields.items()}


def _with(field: FieldInfo, description: str | None) -> FieldInfo:
    found = copy(field)
    found.description = field.description or description
    return found


def _docs(model: type[BaseModel]) -> Iterator[tuple[str, str | None]]:
    """Each field that a class declares itself, with its docstring if it has one."""
    (declared,) = ast.parse(dedent(inspect.getsource(model))).body
    assert isinstance(declared, ast.ClassDef)  # noqa: S101
    for statement, following in pairwise((*declared.body, ast.Pass())):
        match statement, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(said))
            ):
                yield name, inspect.cleandoc(said)
            case ast.AnnAssign(target=ast.Name(id=name)), _:
                yield name, None
