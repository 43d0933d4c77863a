"""Where the words of a post come from: its file, its item, or a template; in its locale."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from runner.models import MissingLocale, Words, in_locale, key_for, locales_for
from runner.problems import Message, Place, Problem, Suggestion, suggest
from runner.render.request import RenderRequest
from runner.templating.error_messages import like_a_placeholder
from runner.templating.values import CLOSING, OPENING


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSource:
    """A template to run: the text itself, and where it stands. `template` is its name under
    `templates/`; a `standard` one was found by the kind and the post's id."""

    source: str
    place: Place
    template: str | None = None
    standard: bool = False


def from_text(words: Words, locale: str, place: Place) -> TextSource | Problem:
    """Words that are written in a YAML file."""
    try:
        source = in_locale(words, locale)
    except MissingLocale as missing:
        return not_in_locale(missing, place)
    return TextSource(source=source, place=_below(place, words, locale))


def plain(words: Words, locale: str, place: Place) -> str | Problem:
    """Words that are no template, as they are."""
    try:
        text = in_locale(words, locale)
    except MissingLocale as missing:
        return not_in_locale(missing, place)
    tag = "{{" if "{{" in text else "{%" if "{%" in text else None
    if tag is None and OPENING not in text and CLOSING not in text:
        return text
    place = _below(place, words, locale)
    if tag is None:
        found = like_a_placeholder(text)
        return found.message.at(replace(place, inside=(found.line, found.column)))
    fault = f"`{tag}` does nothing here: only the `text` of posts and items is a template"
    help = "write the words out, or move the tag into the text"
    return Message("no-template-here", fault, help).at(place)


def _below(place: Place, words: Words, locale: str) -> Place:
    """The place of the words in a locale."""
    key = key_for(words, locale) if isinstance(words, Mapping) else None
    return replace(place, route=(*place.route, key)) if key else place


def from_template(request: RenderRequest, name: str, place: Place) -> TextSource | Problem:
    """A template that the file names: as it is, or without its ending."""
    templates = request.assets.templates
    if name in templates:
        return TextSource(source=templates[name], place=place, template=name)
    if found := _by_stem(request, name, place):
        return found
    help = _to_do_without(name, templates)
    return Message("unknown-template", f"there is no template `{name}`", help).at(place)


def _to_do_without(name: str, templates: Mapping[str, str]) -> str | Suggestion:
    """The thing to do about a template that is not there."""
    bare = name.removeprefix("templates/")
    whole = bare.endswith(".j2")
    near = suggest(bare, {each if whole else each.partition(".")[0] for each in templates})
    if near:
        return near
    if not whole and "." in bare.rpartition("/")[2]:
        return "name a template, which ends in .j2"
    return f"add templates/{bare.removesuffix('.j2')}.j2"


def standard(request: RenderRequest) -> TextSource | Problem:
    """The standard template of the campaign's kind for this post."""
    kind, post = request.occurrence.file.campaign.kind, request.occurrence.key.post
    place = replace(request.at(), on_key=True)
    found = _by_stem(request, f"{kind}/{post}", place)
    if isinstance(found, TextSource):
        return replace(found, standard=True)
    if found:
        return found
    known = standard_posts(request.assets.templates, kind)
    listed = f"posts of kind {kind} with a standard template: {', '.join(sorted(known))}"
    help = suggest(post, known) or (f"write `text`; {listed}" if known else "write `text`")
    text = f"`{post}` says nothing, and there is no standard template `{kind}/{post}`"
    return Message("unknown-template", text, help).at(place)


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


def _by_stem(request: RenderRequest, stem: str, place: Place) -> TextSource | Problem | None:
    """`<stem>.<locale>.j2`, else its language's, else `<stem>.j2`; a problem where only others have
    one."""
    templates = request.assets.templates
    for name in (*(f"{stem}.{each}.j2" for each in locales_for(request.locale)), f"{stem}.j2"):
        if name in templates:
            return TextSource(source=templates[name], place=place, template=name)
    others = sorted(
        name.removeprefix(f"{stem}.").removesuffix(".j2")
        for name in templates
        if name.startswith(f"{stem}.") and name.endswith(".j2")
    )
    if not others:
        return None
    add = f"write `text`, or add templates/{stem}.{request.locale}.j2"
    text = f"there is no template `{stem}` in `{request.locale}`"
    help = f"{add}; written are {', '.join(others)}"
    return Message("missing-locale", text, help).at(place)
