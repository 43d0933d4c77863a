"""What came to differ after a post went out, in words."""

from collections.abc import Iterator

from pydantic import JsonValue

from runner.plan import Drift, Edit
from runner.views.phrases import excerpts, moment

_NAMES = {
    "text": "text",
    "media": "files",
    "path": "file",
    "digest": "content of a file",
    "type": "type of a file",
    "size": "size of a file",
    "alt": "alt text",
    "poll": "poll",
    "options": "answers of the poll",
    "minutes": "minutes of the poll",
    "reply_settings": "who may reply",
    "paid_partnership": "label of a paid partnership",
    "made_with_ai": "label of AI",
    "repost": "the post that it shares",
    "quote": "the post that it quotes",
    "reply_to": "the post that it answers",
}


def drift_in_words(drift: Drift) -> Iterator[str]:
    """`edited since: “…” → “…”`, `moved since: … → …`, `removed since: …`: a line for each."""
    if drift.edited:
        yield f"edited since: {_edit(drift.edited, drift)}"
    if drift.moved_to:
        yield f"moved since: {moment(drift.was_due)} → {moment(drift.moved_to)}"
    if drift.removed:
        yield f"removed since: {drift.removed}"


def _edit(edit: Edit, drift: Drift) -> str:
    if edit.route == ("item",):
        return f"its item is gone, or says something else: {excerpts(str(edit.was or ''), '')[0]}"
    several = drift.standing.parts > 1 or edit.part > 1
    part = f"part {edit.part}" if several else ""
    names = [name for name in edit.route if isinstance(name, str)]
    # the text is what everybody expects to have changed
    what = "" if names[-1] == "text" else _NAMES.get(names[-1], names[-1].replace("_", " "))
    where = ", ".join(filter(None, (part, what)))
    if names[-1] == "digest":
        return where
    was, now = _said(edit.was, edit.now)
    return f"{where}: {was} → {now}" if where else f"{was} → {now}"


def _said(was: JsonValue, now: JsonValue) -> tuple[str, str]:
    if isinstance(was, str) and isinstance(now, str):
        return excerpts(was, now)
    return _alone(was), _alone(now)


def _alone(value: JsonValue) -> str:
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case str():
            return excerpts(value, "")[0]
        case {"path": str(path)}:
            return path
        case {"options": [*options]}:
            return " / ".join(map(str, options))
        case list():
            return ", ".join(_alone(each) for each in value)
        case _:
            return str(value)
