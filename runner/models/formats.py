"""How names, addresses and time zones are written, and what is said of other ways."""

import re
from contextlib import suppress
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from runner.models.codes import ABBREVIATIONS
from runner.problems import LONGEST_NAME, InvalidValue, Suggestion, closest, id_of, named
from runner.text import LIMIT, hashtags, nfc

_HANDLE: Final = r"[A-Za-z0-9_]{1,15}"
_PROFILE: Final = re.compile(r"(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/@?(\w+)[/?#]?.*")
NO_ZONE: Final = (ZoneInfoNotFoundError, ValueError, OSError)
"""What Python raises for a name that is no zone's."""
_TRAILING: Final = ".,;:!"
"""What X takes for the end of a sentence, not of an address."""
_URL: Final = re.compile(
    rf"https?://[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?(?:[/?#]\S*)?(?<![{_TRAILING}])"
)
_OFFSET: Final = re.compile(r"(?i)(?:utc|gmt|etc/gmt)?\s*[+-]\s*[0-9]{1,2}(?::?[0-9]{2})?")


def handle(value: object) -> object:
    """A handle on X, without its @. Raises InvalidValue."""
    if isinstance(value, str) and not re.fullmatch(_HANDLE, value):
        profile = _PROFILE.fullmatch(value.strip())
        bare = profile[1] if profile else value.strip().removeprefix("@").strip()
        less = "address" if profile else "@" if "@" in value else "space around it"
        raise InvalidValue(
            "bad-handle",
            f"`{value}` is not a handle on X",
            f"write it without the {less}: {bare}"
            if re.fullmatch(_HANDLE, bare)
            else _no_handle(bare),
        )
    return value


def _no_handle(bare: str) -> str:
    """What a handle has, and what this one has that it can't have."""
    rest = re.sub(r"[A-Za-z0-9_]", "", bare)
    has = "it has up to 15 letters, digits and underscores"
    return f"{has}, and no {_character(rest[0])}" if rest else has


def hashtag(value: object) -> object:
    """A hashtag without its #, which X takes as a whole. Raises InvalidValue."""
    if isinstance(value, str) and not is_whole_hashtag(value):
        bare = re.sub(r"\W", "", value)
        why = (
            "is written without its #"
            if value.startswith("#")
            else "is one word"
            if re.search(r"\s", value)
            else "has letters, digits and _ alone, and one letter at least"
        )
        raise InvalidValue(
            "bad-hashtag",
            f"a hashtag {why} here, found `{value}`",
            f"write `{bare}`" if is_whole_hashtag(bare) else "write a word, or remove the entry",
        )
    return value


def is_whole_hashtag(word: str) -> bool:
    """Whether X makes one hashtag of a word with a # before it, all of it."""
    if len(word) > LIMIT:
        return False
    return [tag.text for tag in hashtags(f"#{word}")] == [f"#{nfc(word)}"]


def slot(value: object) -> object:
    """The name of a slot. Raises InvalidValue."""
    if isinstance(value, str) and not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", value):
        clock = re.fullmatch(r"[0-9]{1,2}[:.][0-9]{2}", value)
        proper = id_of(value)
        raise InvalidValue(
            "bad-slot",
            f"`{value}` is not the name of a slot",
            f'name it under `slots`: {{morning: "{value}"}}, then write the name'
            if clock
            else f"write `{proper}`"
            if proper[:1].isalpha()
            else "begin it with a letter; lower-case letters, digits and hyphens may follow",
        )
    return value


def zone(value: object) -> ZoneInfo:
    """A time zone by its name: `Europe/Riga`. Raises InvalidValue."""
    if isinstance(value, ZoneInfo):
        return value
    if not isinstance(value, str):
        message = f"expected a time zone, found {named(value)}"
        raise InvalidValue("bad-timezone", message, "write a place: `Europe/Riga`")
    is_place = "/" in value and not value.startswith(("Etc/", "posix/", "right/"))
    if value == "UTC" or is_place:
        with suppress(*NO_ZONE):
            return zone_named(value)
    raise InvalidValue("bad-timezone", f"`{value}` is not a time zone", _place_of(value))


def zone_named(name: str) -> ZoneInfo:
    """A zone by its name. Raises one of NO_ZONE where there is none."""
    if len(name) > LONGEST_NAME:  # Python goes down each of its parts
        raise ZoneInfoNotFoundError(name)
    return ZoneInfo(name)


def _place_of(name: str) -> str | Suggestion:
    """What to write in place of what is no zone."""
    if name.upper() in ABBREVIATIONS:
        place = ABBREVIATIONS[name.upper()]
        return f"write a place that keeps this time, such as `{place}`"
    if _OFFSET.fullmatch(name):
        return "an offset knows no summer time; write a place that keeps it: `Europe/Riga`"
    zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    city = name.strip().replace(" ", "_").rpartition("/")[2].lower()
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones, reverse=True)}
    near = closest(city, cities)
    return Suggestion(cities[near]) if near else "write a place: `Europe/Riga`"


def url(value: str) -> str:
    """An address, with its scheme in small letters. Raises InvalidValue for what is none."""
    scheme = re.match("(?i)https?://", value)
    address = scheme[0].lower() + value[scheme.end() :] if scheme else value
    if not _URL.fullmatch(address):
        raise InvalidValue("bad-url", *_no_url(value))
    return address


def _no_url(value: str) -> tuple[str, str]:
    """What is wrong with it, and the thing to do."""
    path = found.end() if (found := re.search(r"\w/", value)) else len(value)
    mended = _mended_url("".join(value[:path].split()) + "%20".join(value[path:].split()))
    help = f"write it so: {mended}" if mended else "write one address, whole, and no words"
    space = re.search(r"\s", value)
    if space and len(re.findall(r"(?i)https?://", value)) < 2:
        where = "within" if space.start() and value[space.start() :].strip() else "beside"
        return f"there is a {_space(space[0])} {where} the address `{value.strip()}`", help
    if mended and value[-1] in _TRAILING:
        return f"`{value[-1]}` is no part of the address `{mended}`: X links only that", help
    whole = f"write it whole: {mended}" if mended else "write one address: https://acme.lv/page"
    return f"`{value}` is not a web address", whole


def _mended_url(value: str) -> str | None:
    """The address that a text is, but for its scheme and the punctuation behind it."""
    bare = re.sub("(?i)^(?:https?|htt?ps?|hhtps?):?/*", "", value).rstrip(_TRAILING)
    scheme = "http" if re.match("(?i)http://", value) else "https"
    address = f"{scheme}://{bare}"
    return address if _URL.fullmatch(address) and "://" not in bare else None


def _space(char: str) -> str:
    return {" ": "space", "\n": "line break", "\t": "tab"}.get(char, f"space (U+{ord(char):04X})")


def _character(char: str) -> str:
    """`space`, `-`, or a letter of another alphabet with its number: `а` (U+0430)."""
    if char.isspace():
        return _space(char)
    return f"`{char}`" if char.isascii() else f"`{char}` (U+{ord(char):04X})"
