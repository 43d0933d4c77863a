"""The languages that Unicode knows, each with data of its own."""

from functools import cache
from typing import TYPE_CHECKING

from runner.models import locales_for
from runner.templating.errors import misused

if TYPE_CHECKING:
    from babel import Locale


@cache
def locale_named(code: str) -> "Locale":
    """The data of a locale; of its language, where Unicode has none of its region (`en-LV`).
    Raises TemplateFault."""
    from babel import Locale, UnknownLocaleError

    for each in locales_for(code):
        try:
            locale = Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        _set_apart(locale)
        return locale
    raise misused(
        f"Unicode knows no language `{code}`", "use codes such as lv, es, ru, en or pt-BR"
    )


def _set_apart(locale: "Locale") -> None:
    """Reads the data of a locale, and of those that it inherits from, for it alone. Babel 2.18
    shares them, and lets the first that looks an alias up answer for all: after `MMMM` in Hebrew,
    months are Hebrew in Italian too (https://github.com/python-babel/babel/issues/1234)."""
    from babel import localedata

    localedata._cache.clear()
    assert locale.months  # noqa: S101 — Babel reads when it is first asked, and keeps what it read
