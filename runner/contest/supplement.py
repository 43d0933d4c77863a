"""The supplement of a list: entries that were left out of it, and come to it before the round.

It holds their lines alone, so that it takes nothing away. What is posted of it is the digest of the
list with them.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from runner.contest.commitments import BadList, Commitments, ordered, read_lines
from runner.contest.entry_list import EntryList

SUPPLEMENT_FILE: Final = "supplement.txt"


def added_entries(files: Mapping[str, bytes]) -> Commitments:
    """The entries of the supplement among these files. Raises BadList where there is none."""
    if SUPPLEMENT_FILE not in files:
        raise BadList(f"{SUPPLEMENT_FILE} is missing")
    found = read_lines(files[SUPPLEMENT_FILE])
    if not found:
        raise BadList(f"{SUPPLEMENT_FILE} adds nobody")
    return found


def supplemented_by(listed: EntryList, added: Commitments) -> EntryList:
    """The list with these entries, if any. Raises BadList for who is on it already."""
    return (
        replace(listed, commitments=ordered(chain(listed.commitments, added))) if added else listed
    )


def supplemented(listed: EntryList, files: Mapping[str, bytes]) -> EntryList:
    """The list with the supplement among these files. Raises BadList, also for who is on it
    already."""
    return supplemented_by(listed, added_entries(files))
