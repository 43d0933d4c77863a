"""Where the text of a post comes from: its file, its item, or a template; in its locale."""

from collections.abc import Mapping
from functools import partial

from runner.models import MissingLocale, Words, in_locale, key_for, locales_for
from runner.problems import Message, Place, Problem, Suggestion, suggest
from runner.render.request import RenderRequest, Where
from runner.templating import CLOSING, OPENING, placeholder_message
from runner.value import Value, replace


class TextSource(Value, kw_only=True):
    """A template to run: the text itself, and where it stands. `template` is its name under
    `templates/`; a `standard` one was found by the kind and the post's id."""

    source: str
    where: Where
    template: str | None = None
    standard: bool = False

    @property
    def place(self) -> Place:
        return self.where()


def from_text(words: Words, locale: str, where: Where) -> TextSource | Problem:
    """Words that are written in a YAML file."""
    try:
        source = in_locale(words, locale)
    except MissingLocale as missing:
        return not_in_locale(missing, where())
    return TextSource(source=source, where=partial(_below, where, words, locale))


def plain(words: Words, locale: str, where: Where) -> str | Problem:
    """Words that are no template, as they are."""
    try:
        text = in_locale(words, locale)
    except MissingLocale as missing:
        return not_in_locale(missing, where())
    tag = "{{" if "{{" in text else "{%" if "{%" in text else None
    if tag is None and OPENING not in text and CLOSING not in text:
        return text
    place = _below(where, words, locale)
    if tag is None:
        found = placeholder_message(text)
        return found.message.at(replace(place, inside=(found.line, found.column)))
    fault = f"`{tag}` does nothing here: only the `text` of posts and items is a template"
    help = "write the words out, or move the tag into the text"
    return Message("no-template-here", fault, help).at(place)


def _below(where: Where, words: Words, locale: str) -> Place:
    """The place of the words in a locale."""
    place = where()
    key = key_for(words, locale) if isinstance(words, Mapping) else None
    return replace(place, route=(*place.route, key)) if key else place


def from_template(request: RenderRequest, name: str, where: Where) -> TextSource | Problem:
    """A template that the file names: as it is, or without its ending."""
    templates = request.assets.templates
    if name in templates:
        return TextSource(source=templates[name], where=where, template=name)
    if found := _by_stem(request, name, where):
        return found
    if other := _in_another_locale(request, name, where):
        return other
    help = _to_do_without(name, templates)
    return Message("unknown-template", f"there is no template `{name}`", help).at(where())


def _to_do_without(name: str, templates: Mapping[str, str]) -> str | Suggestion:
    """The thing to do about a template that is not there."""
    if "://" in name:
        return "name a file below templates/, without its ending: `contest/announce`"
    bare = name.removeprefix("templates/")
    whole = bare.endswith(".j2")
    near = suggest(bare, {each if whole else each.partition(".")[0] for each in templates})
    if near:
        return near
    if not whole and "." in bare.rpartition("/")[2]:
        return "name a template, which ends in .j2"
    return f"add templates/{bare.removesuffix('.j2')}.j2"


def standard(request: RenderRequest) -> TextSource | None:
    """The standard template of the campaign's kind for this post."""
    found = _by_stem(request, _standard_stem(request), partial(_on_key, request))
    return replace(found, standard=True) if found else None


def without_words(request: RenderRequest) -> Problem:
    """The problem of a post that says nothing, and has no standard template."""
    stem, where = _standard_stem(request), partial(_on_key, request)
    if found := _in_another_locale(request, stem, where):
        return found
    kind, post = request.file.campaign.kind, request.occurrence.key.post
    known = standard_posts(request.assets.templates, kind)
    listed = f"posts of kind {kind} with a standard template: {', '.join(sorted(known))}"
    help = suggest(post, known) or (f"write `text`; {listed}" if known else "write `text`")
    text = f"`{post}` says nothing, and there is no standard template `{stem}`"
    return Message("unknown-template", text, help).at(where())


def _standard_stem(request: RenderRequest) -> str:
    return f"{request.file.campaign.kind}/{request.occurrence.key.post}"


def _on_key(request: RenderRequest) -> Place:
    return replace(request.at(), on_key=True)


def standard_posts(templates: Mapping[str, str], kind: str) -> frozenset[str]:
    """The ids of posts that a kind of campaign has standard templates for."""
    return frozenset(
        name.removeprefix(f"{kind}/").partition(".")[0]
        for name in templates
        if name.startswith(f"{kind}/") and name.endswith(".j2") and "/_" not in name
    )


def not_in_locale(missing: MissingLocale, place: Place) -> Problem:
    written = ", ".join(missing.written)
    help = f"add `{missing.locale}: …`; written are {written}"
    text = f"there are no words in `{missing.locale}` here"
    return Message("missing-locale", text, help).at(place)


def _by_stem(request: RenderRequest, stem: str, where: Where) -> TextSource | None:
    """`<stem>.<locale>.j2`, else its language's, else `<stem>.j2`."""
    templates = request.assets.templates
    for name in (*(f"{stem}.{each}.j2" for each in locales_for(request.locale)), f"{stem}.j2"):
        if name in templates:
            return TextSource(source=templates[name], where=where, template=name)
    return None


def _in_another_locale(request: RenderRequest, stem: str, where: Where) -> Problem | None:
    """What is wrong where only others have the template."""
    others = sorted(
        name.removeprefix(f"{stem}.").removesuffix(".j2")
        for name in request.assets.templates
        if name.startswith(f"{stem}.") and name.endswith(".j2")
    )
    if not others:
        return None
    add = f"write `text`, or add templates/{stem}.{request.locale}.j2"
    text = f"there is no template `{stem}` in `{request.locale}`"
    help = f"{add}; written are {', '.join(others)}"
    return Message("missing-locale", text, help).at(where())
