"""The values of a file as templates see them: words in the post's locale, models as bags, and links
with utm parameters, so that visits can be counted."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote, unquote_plus

from runner.ledger import Key
from runner.models import Model, Utm, Words, is_locale
from runner.problems import Place
from runner.render.request import Where
from runner.render.text_source import plain
from runner.templating import Bag, Evaluation


class FileValues:
    """Shows the values of files to the templates of one post. What is wrong with them is noted in
    its evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation

    def var(self, value: Words | Mapping[str, Words], where: Where) -> object:
        """A text, a text for each locale, or more vars."""
        if isinstance(value, str) or all(map(is_locale, value)):
            return self.words(value, where)  # type: ignore[arg-type]
        return Bag(
            {
                name: partial(self.words, words, partial(_within, where, key))
                for key, words in value.items()
                for name in (key, key.replace("-", "_"))
            }
        )

    def show(self, value: object, where: Where) -> object:
        """A value of a file as templates see it: words in the locale, models as bags."""
        if isinstance(value, str | Mapping):
            return self.words(value, where)
        if isinstance(value, Model):
            return Bag(self.fields(value, where))
        if isinstance(value, tuple):
            return [
                self.show(one, partial(_within, where, index)) for index, one in enumerate(value)
            ]
        return value

    def fields(self, model: Model, where: Where) -> dict[str, object]:
        return {name: partial(self._value, model, name, where) for name in type(model).model_fields}

    def _value(self, model: Model, name: str, where: Where) -> object:
        return self.show(getattr(model, name), partial(_within, where, as_written(name)))

    def words(self, words: Words, where: Where) -> str:
        """The words in the locale; where they can't be had, a problem, and something to go on."""
        found = plain(words, self._evaluation.locale, where)
        if isinstance(found, str):
            return found
        self._evaluation.problems[found] = None
        return f"({self._evaluation.locale})"


def as_written(name: str) -> str:
    """The key of a field, as files write it."""
    return name.replace("_", "-")


def _within(where: Where, *route: str | int) -> Place:
    place = where()
    return Place(path=place.path, route=(*place.route, *route))


def link_with_utm(url: str, utm: Utm, key: Key) -> str:
    """The link with the parameters of the project, and with the campaign and the post it is in."""
    return with_utm(
        url,
        {
            "utm_source": utm.source,
            "utm_medium": utm.medium,
            "utm_campaign": key.campaign,
            "utm_content": key.post,
        },
    )


def with_utm(url: str, parameters: Mapping[str, str]) -> str:
    """The link with those parameters that it lacks, before its fragment; the rest untouched, byte
    for byte."""
    base, hash, fragment = url.partition("#")
    path, _, query = base.partition("?")
    present = {unquote_plus(pair.partition("=")[0]).casefold() for pair in query.split("&")}
    added = "&".join(
        f"{name}={quote(value, safe='')}"
        for name, value in parameters.items()
        if name.casefold() not in present
    )
    if not added:
        return url
    joint = "" if not query or query.endswith("&") else "&"
    return f"{path}?{query}{joint}{added}{hash}{fragment}"
