"""The descriptions of keys are what pydantic would have read of the docstrings."""

import pytest
from pydantic import BaseModel, ConfigDict, Field

from runner.models.fields import described_fields


class Read(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True)

    plain: int = 0
    """A number,
    on two lines."""
    said: int = Field(default=0, description="Said in the field.")
    """Not this."""
    silent: int = 0
    over: int = 0
    """Of the base."""
    again: int = 0
    """Of the base."""


class ReadBelow(Read):
    over: int = 1
    again: int = 1
    """Of the class below."""


class Asked(BaseModel):
    plain: int = 0
    """A number,
    on two lines."""
    said: int = Field(default=0, description="Said in the field.")
    """Not this."""
    silent: int = 0
    over: int = 0
    """Of the base."""
    again: int = 0
    """Of the base."""


class AskedBelow(Asked):
    over: int = 1
    again: int = 1
    """Of the class below."""


@pytest.mark.parametrize(("ours", "read"), [(Asked, Read), (AskedBelow, ReadBelow)])
def test_they_are_as_pydantic_reads_them(ours: type[BaseModel], read: type[BaseModel]) -> None:
    found = {name: field.description for name, field in described_fields(ours).items()}
    assert found == {name: field.description for name, field in read.model_fields.items()}
    assert ours.model_fields["plain"].description is None
