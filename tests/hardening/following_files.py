"""Doing what a help line says of whole files: their names, and those that are missing."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from tests.hardening.following import SUGGESTED, Shown

Files = Mapping[str, str]
NAME: Final = re.compile(r"^(?:rename|move) it to (?P<path>[\w/.-]+\.yaml)$")
STEM: Final = re.compile(r"^rename the file to (?P<name>[\w.-]+), or give the campaign an `id`")
ADD: Final = re.compile(r"^(?:add the file|write `text`, or add) (?P<path>[\w/.-]+)(?:$|;)")
VARS: Final = re.compile(r"^write it under `vars:`: (?P<key>\w+): …$")
DID_YOU_MEAN: Final = re.compile(rf"^{SUGGESTED}`(?P<path>[^`]+\.j2)`\?$")
CAMPAIGN: Final = re.compile(r"^posts:", re.MULTILINE)
CONTENT: Final[Mapping[str, str]] = {
    ".yaml": "- {text: Words of a person}\n",
    ".j2": "Words of a person\n",
    ".jpg": "GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01D\x00;",
}
"""What a person might keep in a file, by its ending; a picture is what its bytes are."""


def refiled(shown: Shown, files: Files) -> Files | None:
    """The files after advice about one of them was followed; None where it is about none."""
    path = shown.source.path
    if found := ADD.search(shown.help):
        new = found["path"]
        return {**files, new: CONTENT[PurePosixPath(new).suffix]}
    if (found := VARS.search(shown.help)) and not CAMPAIGN.search(shown.source.text):
        vars = f"vars: {{{found['key']}: Words of a person}}\n"
        return {
            name: vars + text if CAMPAIGN.search(text) else text for name, text in files.items()
        }
    if found := NAME.search(shown.help):
        new = found["path"]
    elif found := STEM.search(shown.help):
        new = str(PurePosixPath(path).with_name(found["name"]))
    elif (found := DID_YOU_MEAN.search(shown.help)) and path in files and path.endswith(".j2"):
        new = f"templates/{found['path']}"
    else:
        return None
    return {new if each == path else each: text for each, text in files.items()}
