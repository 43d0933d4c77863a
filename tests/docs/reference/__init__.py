"""The reference, from the code: pieces of Markdown by name, for the pages that hold them."""

from collections.abc import Mapping

from tests.docs.reference.exits import exit_codes
from tests.docs.reference.goldens import Goldens
from tests.docs.reference.keys import tables_of_keys
from tests.docs.reference.mistakes import mistakes
from tests.docs.reference.moments import anchors, grammar, moments
from tests.docs.reference.money import prices
from tests.docs.reference.rules import rules
from tests.docs.reference.templates import (
    language_filters,
    names,
    plain_filters,
    refused,
    tests,
)


def reference(templates: Mapping[str, str], goldens: Goldens) -> dict[str, str]:
    """`templates` are the standard ones, by their path under `templates/`; `goldens` the examples
    that the tests compare with what the runner says."""
    return {
        **tables_of_keys(templates),
        "grammar": grammar(),
        "moments": moments(),
        "anchors": anchors(),
        "names": names(),
        "filters": plain_filters(),
        "language filters": language_filters(),
        "tests": tests(),
        "refused": refused(goldens.hostile),
        "mistakes": mistakes(goldens.mistakes),
        "rules": rules(goldens.rules),
        "exit codes": exit_codes(),
        "prices": prices(),
    }
