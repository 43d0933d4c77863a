"""Rules of what nothing uses: keys and variables of a campaign, and templates of the project."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from runner.models import ANSWERS_FOLDER, CampaignFile, Post, locales_for
from runner.problems import Place, Severity, Suggestion, closest
from runner.rules.context import RuleContext
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, Guesses, project_rule, rule
from runner.rules.template_use import TemplateLibrary, Used, texts_of
from runner.schedule import Anchor

TEMPLATES = "templates"
_USE: Mapping[str, str] = {
    "link": "{{ link }}",
    "hashtags": "{{ hashtags[0] | hashtag }}",
}
"""How a text takes up a key of the campaign."""


@rule("unused-key", Severity.WARNING)
def unused_key(context: RuleContext) -> Iterator[Breach]:
    """What a campaign declares for its posts is used by one of them.

    `hashtags` and `link` stand for nothing by themselves: standard templates take them up, and a
    text does where it says so, `{{ link }}`. Beside texts that don't, they are missing from every
    post, and nobody is told. So is the `link` of an item whose text does not take it up. A day in
    `except` before the campaign begins, or after it ends, stops nothing.

    Use the key in a text, or remove it. What is kept for later may be ignored by any post of the
    campaign.
    """
    for file in context.files:
        yield from _unused_values(file, context)
        yield from _needless_exceptions(file, context.anchors_of(file))


def _unused_values(file: CampaignFile, context: RuleContext) -> Iterator[Breach]:
    campaign = file.campaign
    items = [item for listed in file.items.values() for item in listed.items]
    if not campaign.hashtags and not campaign.link and not any(item.link for item in items):
        return
    used = context.used_by(file)
    names = {name for each in used.values() if each for name in each.names}
    given = {
        "link": (campaign.link,) if campaign.link else (),
        "hashtags": tuple(f"#{tag}" for tag in campaign.hashtags),
    }
    for key, words in given.items():
        if words and key not in names and all(used.values()) and not _any_is_written(words, file):
            yield unused_key.breach(
                text=f"no text of the campaign uses its `{key}`",
                place=Place(path=file.path, route=(key,), on_key=True),
                help=f"write `{_USE[key]}` in a text, or remove the key",
                declared=tuple(campaign.posts.values()),
            )
    yield from _unused_links(file, used)


def _any_is_written(values: Iterable[str], file: CampaignFile) -> bool:
    """Whether a text has one of them as it stands."""
    texts = (text for name in file.campaign.posts for text in texts_of(name, file))
    whole = "\n".join(texts).casefold()
    return any(value.casefold() in whole for value in values)


def _unused_links(file: CampaignFile, used: Mapping[str, Used | None]) -> Iterator[Breach]:
    for name, listed in file.items.items():
        words = used[name]
        if words is None or "link" in words.names:
            continue
        for index, item in enumerate(listed.items):
            texts = (item.text,) if isinstance(item.text, str) else (item.text or {}).values()
            if item.link and item.text and not any(item.link in text for text in texts):
                yield unused_key.breach(
                    text="the text of this item does not use its `link`",
                    place=Place(
                        path=listed.path, route=(*listed.route, index, "link"), on_key=True
                    ),
                    help=f"write `{_USE['link']}` in the text, or remove the key",
                    declared=(file.campaign.posts[name],),
                )


def _needless_exceptions(file: CampaignFile, anchors: Mapping[str, Anchor]) -> Iterator[Breach]:
    campaign = file.campaign
    first = _day(anchors.get("starts" if campaign.starts else campaign.opening_anchor))
    last = _day(anchors.get("ends"))
    if first is None or last is None:
        return
    for name, post in campaign.posts.items():
        for index, day in enumerate(post.every.except_ if post.every else ()):
            if not first <= day <= last:
                yield unused_key.breach(
                    text=f"{day} stops nothing: the campaign runs from {first} to {last}",
                    place=Place(path=file.path, route=("posts", name, "every", "except", index)),
                    help="mend the date, or remove it",
                    declared=(post,),
                )


def _day(anchor: Anchor | None) -> date | None:
    return anchor.date() if isinstance(anchor, datetime) else anchor


@project_rule("unused-template", Severity.WARNING, of_all=True)
def unused_template(context: ProjectContext) -> Iterator[Breach]:
    """Every template of the project is used by a campaign, or is a ready answer of its inbox.

    A template with a typo in its name is passed over without a word, and the standard one is used
    in its place. One that another template takes in is used; of one that is used in one language,
    so are the translations into the other languages of the project.

    Mend its name, name it in a post (`template: contest/announce`), or remove the file.
    """
    if not context.own_templates:
        return
    library = context.library
    used, wanted, locales = _wanted_names(context, library)
    stems = {_stem(name, locales) for name in used}
    standard, guesses = wanted - context.own_templates, Guesses()
    for name in sorted(context.own_templates - used):
        if _stem(name, locales) in stems and _is_translation(name, locales):
            continue
        near = guesses.suggest(name, standard)
        if near and not _is_alike(name, near.name):
            near = None
        yield unused_template.breach(
            text=f"no campaign uses the template `{name}`",
            place=Place(path=f"{TEMPLATES}/{name}"),
            help=near
            or f"name it in a post (`template: {name.removesuffix('.j2')}`), or remove it",
        )


@rule("unused-variable", Severity.WARNING)
def unused_variable(context: RuleContext) -> Iterator[Breach]:
    """Every variable of a campaign, and of an item, is used.

    Templates pass over a variable with a typo where they can do without one, as standard templates
    can: what it says is missing from the post, and nobody is told. A variable is used when a text
    or a template of the campaign has its name in a tag, whether or not that tag is ever run.

    Mend its name, use it in a text (`{{ vars.name }}`), or remove it. What is kept for later may be
    ignored by any post of the campaign.
    """
    guesses = Guesses()
    for file in context.files:
        has_item_vars = any(item.vars for each in file.items.values() for item in each.items)
        if not file.campaign.vars and not has_item_vars:
            continue
        by_post = context.used_by(file)
        known = {name: used for name, used in by_post.items() if used is not None}
        if len(known) == len(by_post):
            yield from _unused_in_campaign(file, known, guesses)
        for name, used in known.items():
            yield from _unused_in_items(file, name, used, guesses)


def _wanted_names(
    context: ProjectContext, library: TemplateLibrary
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The templates that are used, the names that posts look for, and the project's languages."""
    found: set[str] = set()
    wanted: set[str] = set()
    accounts = context.project.accounts.values()
    locales = {each for account in accounts for each in locales_for(account.locale)}
    if context.project.inbox:
        found |= {name for name in context.own_templates if name.startswith(f"{ANSWERS_FOLDER}/")}
    for stem, spoken in context.templates:
        found |= library.templates_for(stem, spoken)
        wanted |= {f"{stem}.j2", *(f"{stem}.{locale}.j2" for locale in spoken)}
    return library.closure(found), frozenset(wanted | found), context.locales.union(locales)


def _is_alike(name: str, other: str) -> bool:
    """Whether two names of templates are the same but for typos: folder, post and language."""
    parts, others = (each.replace("/", ".").split(".") for each in (name, other))
    return len(parts) == len(others) and all(map(closest, parts, ([each] for each in others)))


def _stem(name: str, locales: frozenset[str]) -> str:
    stem, _, locale = name.removesuffix(".j2").rpartition(".")
    return stem if locale in locales and stem else name.removesuffix(".j2")


def _is_translation(name: str, locales: frozenset[str]) -> bool:
    return _stem(name, locales) != name.removesuffix(".j2")


def _unused_in_campaign(
    file: CampaignFile, by_post: Mapping[str, Used], guesses: Guesses
) -> Iterator[Breach]:
    used = Used.by_any(by_post.values())
    place = Place(path=file.path, route=("vars",), on_key=True)
    posts = tuple(file.campaign.posts.values())
    for key, near in _unused_variables(frozenset(file.campaign.vars), used, guesses):
        yield _variable_breach(key, near, place, posts)


def _unused_in_items(
    file: CampaignFile, name: str, used: Used, guesses: Guesses
) -> Iterator[Breach]:
    items = file.items.get(name)
    for index, item in enumerate(items.items if items else ()):
        if not items or not item.vars:
            continue
        place = Place(path=items.path, route=(*items.route, index, "vars"), on_key=True)
        for key, near in _unused_variables(frozenset(item.vars), used, guesses):
            yield _variable_breach(key, near, place, (file.campaign.posts[name],))


def _unused_variables(
    declared: frozenset[str], used: Used, guesses: Guesses
) -> Iterator[tuple[str, Suggestion | None]]:
    """The variables that nothing uses, each with the name that was probably meant: one that a text
    uses and nobody declares."""
    if used.whole_vars:
        return
    plain = {key: key.replace("-", "_") for key in declared}
    lacking = used.of_vars - set(plain.values())
    for key in sorted(declared):
        if not {key, plain[key]} & used.names:
            yield key, guesses.suggest(plain[key], lacking)


def _variable_breach(
    key: str, near: Suggestion | None, place: Place, posts: tuple[Post, ...]
) -> Breach:
    use = f"use it in a text, `{{{{ vars.{key.replace('-', '_')} }}}}`, or remove it"
    return unused_variable.breach(
        text=f"nothing uses the variable `{key}`",
        place=Place(path=place.path, route=(*place.route, key), on_key=True),
        help=near or use,
        declared=posts,
    )
