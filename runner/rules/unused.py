"""The rule of keys that do nothing: declared, and used by no post."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from runner.models import CampaignFile
from runner.problems import Place, Severity
from runner.rules.context import RuleContext
from runner.rules.rule import Breach, rule
from runner.rules.template_use import Used, texts_of
from runner.schedule import Anchor


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
        yield from _of_values(file, context)
        yield from _of_exceptions(file, context.anchors_of(file))


def _of_values(file: CampaignFile, context: RuleContext) -> Iterator[Breach]:
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
        if words and key not in names and all(used.values()) and not _stand_written(words, file):
            yield unused_key.breach(
                text=f"no text of the campaign uses its `{key}`",
                place=Place(path=file.path, route=(key,), on_key=True),
                help=f"write `{_USE[key]}` in a text, or remove the key",
                declared=tuple(campaign.posts.values()),
            )
    yield from _of_items(file, used)


def _stand_written(values: Iterable[str], file: CampaignFile) -> bool:
    """Whether a text has one of them as it stands."""
    texts = (text for name in file.campaign.posts for text in texts_of(name, file))
    whole = "\n".join(texts).casefold()
    return any(value.casefold() in whole for value in values)


_USE: Mapping[str, str] = {
    "link": "{{ link }}",
    "hashtags": "{{ hashtags[0] | hashtag }}",
}


def _of_items(file: CampaignFile, used: Mapping[str, Used | None]) -> Iterator[Breach]:
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


def _of_exceptions(file: CampaignFile, anchors: Mapping[str, Anchor]) -> Iterator[Breach]:
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
