"""All that can go wrong, in the order of the page."""

from tests.docs.answers_of_x import answers
from tests.docs.trouble import table_of
from tests.docs.troubles_around_it import FILES, LEDGER, PEOPLE, TIME
from tests.docs.troubles_in_sending import DEATH, DOUBT, NETWORK, THREADS

GROUPS = {
    "when a run ends": DEATH,
    "when the network fails": NETWORK,
    "when a post is in doubt": DOUBT,
    "when a thread is half out": THREADS,
    "when the ledger fails": LEDGER,
    "when the files change": FILES,
    "when time runs": TIME,
    "when people act": PEOPLE,
}


def troubles() -> dict[str, str]:
    """Pieces of Markdown by name, as those of the reference."""
    tables = {name: table_of(rows) for name, rows in GROUPS.items()}
    return {**tables, "answers of X": answers()}
