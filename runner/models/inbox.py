"""The inbox of `runner.yaml`: who answers what others say, and which words tell what it is."""

import re
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from runner.models.fields import Frozen, Handle, Listed, LocaleCode, Model, Name
from runner.models.localized import Words
from runner.problems import InvalidValue

ANSWERS_FOLDER = "answers"
"""The folder of ready answers, below templates/."""
_GITHUB_NAME = "[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}"
_LONGEST = 60
"""Characters; a sentence is no word that two people write alike."""


def _label_word(value: object) -> object:
    if isinstance(value, str) and not _is_label_word(value):
        raise InvalidValue(
            "bad-label-word",
            f"`{value}` is not a word that can be looked for",
            f"write a word or a few, {_LONGEST} characters at most; a `*` stands at its end alone",
        )
    return value


def _is_label_word(word: str) -> bool:
    stem = word.strip().removesuffix("*")
    return bool(stem) and "*" not in stem and len(word) <= _LONGEST


LabelWord = Annotated[
    str,
    BeforeValidator(_label_word),
    WithJsonSchema({"type": "string", "pattern": r"^[^*]+\*?$", "maxLength": _LONGEST}),
]
WordsByLanguage = Frozen[LocaleCode, Listed[LabelWord]]


def _github_name(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(_GITHUB_NAME, value):
        bare = value.strip().removeprefix("@")
        help = "write the name of a person: octocat"
        if re.fullmatch(_GITHUB_NAME, bare):
            help = f"write it so: {bare}"
        raise InvalidValue("bad-github-name", f"`{value}` is not a name on GitHub", help)
    return value


GitHubName = Annotated[
    str,
    BeforeValidator(_github_name),
    WithJsonSchema({"type": "string", "pattern": f"^{_GITHUB_NAME}$", "examples": ["octocat"]}),
]


class InboxSettings(Model):
    """What others say to us, which `runner inbox` reads."""

    example: ClassVar[str] = "{complaint: {lv: [saplīsis], en: [broken]}}"

    answers_from: Name | None = None
    """An account that answers for the others, too: its replies count as theirs, and answers from an
    issue go out as this account to whoever has named it, which X asks for."""
    on_duty: Listed[GitHubName] = ()
    """Names on GitHub, without the @, of those whom an issue of the inbox calls."""
    answered_by: Listed[GitHubName] = ()
    """Names on GitHub, without the @, of those alone whose comments answer; by default all who may
    write into the repository."""
    complaint: WordsByLanguage = Field(default_factory=dict)
    """Words that make a mention a complaint, beside those that the runner knows."""
    question: WordsByLanguage = Field(default_factory=dict)
    """Words that make it a question, beside those that the runner knows."""
    praise: WordsByLanguage = Field(default_factory=dict)
    """Words that make it praise, beside those that the runner knows."""
    vars: Frozen[str, Words | Frozen[str, Words]] = Field(default_factory=dict)
    """What ready answers need, by name: opening hours, the address of a page."""
    do_not_feed: Listed[Handle] = ()
    """Names on X, without the @, of those whom nobody is to answer."""
