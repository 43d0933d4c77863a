"""Rules of media: what X takes, and that everybody learns what a picture shows."""

from collections import Counter
from collections.abc import Iterator
from posixpath import basename

from runner.media import (
    GIF_FRAMES,
    GIF_HEIGHT,
    GIF_WIDTH,
    MAX_BYTES,
    MAX_PER_POST,
    VIDEO_SECONDS,
    Kind,
    MediaFacts,
)
from runner.render.rendered import RenderedMedia
from runner.rules.places import media_place, named
from runner.rules.rule import Finding, rule
from runner.rules.scene import Proof, Scene
from runner.text import ALT_TEXT_LIMIT
from runner.text.invisible import is_blank

MB = 10**6


@rule("missing-alt")
def missing_alt(scene: Scene) -> Iterator[Finding]:
    """Every picture says what it shows.

    People who don't see the picture have its description read to them; without one the post tells
    them nothing. A film has none on X.

    Write it as `alt`, in the language of the post: what there is to see, in a sentence or two.
    """
    for proof, index, number, medium in _media(scene):
        if is_blank(medium.alt or "") and not medium.type.startswith("video/"):
            yield Finding(
                message=f"`{basename(medium.path)}` does not say what it shows",
                place=media_place(proof, index, number),
                help=_describe(proof, scene),
                about=(proof.occurrence,),
                alike="",
            )


def _describe(proof: Proof, scene: Scene) -> str:
    """How to write it: for each language in which the campaign goes out."""
    known = scene.project.accounts
    accounts = [known[name].locale for name in proof.file.campaign.on if name in known]
    locale = proof.declared.locale or proof.file.campaign.locale
    locales = [locale] if locale else list(dict.fromkeys(accounts))
    if len(locales) == 1:
        return f"add it in `{locales[0]}`: `alt: what there is to see`"
    each = ", ".join(f"{name}: what there is to see" for name in locales)
    return f"add it in each language: `alt: {{{each}}}`"


@rule("alt-too-long")
def alt_too_long(scene: Scene) -> Iterator[Finding]:
    """A picture's description has at most 1,000 characters.

    X refuses a longer one.

    Say what matters for the post; the rest belongs into its text.
    """
    for proof, index, number, medium in _media(scene):
        length = len(medium.alt or "")
        if length > ALT_TEXT_LIMIT:
            yield Finding(
                message=f"the description of `{basename(medium.path)}` is too long: {length:,} of "
                f"{ALT_TEXT_LIMIT:,}, remove {length - ALT_TEXT_LIMIT:,}",
                place=media_place(proof, index, number, alt=True),
                help="shorten it",
                about=(proof.occurrence,),
                alike=proof.post.locale,
            )


@rule("media-limits")
def media_limits(scene: Scene) -> Iterator[Finding]:
    """Media are what X takes: 4 photos, or 1 GIF, or 1 video.

    A photo (JPEG, PNG, WebP, a GIF that stands still) has at most 5 MB; a GIF that moves 15 MB,
    1280x1080 pixels and 350 frames; a video 512 MB, and 0.5 to 140 seconds, or more where the
    account has X Premium. What a file is, its content says, not its name.

    Save it smaller or shorter, or give each its own post.
    """
    for proof, index, number, medium in _media(scene):
        facts = scene.media.get(medium.path)
        for message, help in _too_large(facts, proof, scene) if facts else ():
            yield Finding(
                message=f"`{basename(medium.path)}` {message}",
                place=media_place(proof, index, number),
                help=help,
                about=(proof.occurrence,),
            )
    yield from _too_many(scene)


def _media(scene: Scene) -> Iterator[tuple[Proof, int, int, RenderedMedia]]:
    for proof, index, part in scene.parts():
        for number, medium in enumerate(part.media):
            yield proof, index, number, medium


def _too_large(facts: MediaFacts, proof: Proof, scene: Scene) -> Iterator[tuple[str, str]]:
    kind = facts.kind
    if facts.size > MAX_BYTES[kind]:
        size, most = facts.size / MB, MAX_BYTES[kind] // MB
        yield f"has {size:,.1f} MB, and X takes a {kind} of {most} MB", "save it smaller"
    if kind is Kind.GIF and (facts.width > GIF_WIDTH or facts.height > GIF_HEIGHT):
        size_in_pixels = f"{facts.width}x{facts.height}"
        yield (
            f"has {size_in_pixels} pixels, and X takes a gif of {GIF_WIDTH}x{GIF_HEIGHT}",
            "scale it down, or save it as a video",
        )
    if kind is Kind.GIF and (facts.frames or 0) > GIF_FRAMES:
        yield (
            f"has {facts.frames} frames, and X takes a gif of {GIF_FRAMES}",
            "cut it, or save it as a video",
        )
    if kind is Kind.VIDEO and facts.seconds is not None:
        least, most_seconds = VIDEO_SECONDS
        premium = scene.project.accounts[proof.account].premium
        if facts.seconds < least or (facts.seconds > most_seconds and not premium):
            taken = f"X takes a video of {least:g} to {most_seconds:g}"
            yield (
                f"lasts {facts.seconds:g} seconds, and {taken} from `{proof.account}`",
                "cut it" if facts.seconds > least else "make it longer",
            )


def _too_many(scene: Scene) -> Iterator[Finding]:
    for proof, index, part in scene.parts():
        if len(part.media) < 2:
            continue
        facts = [scene.media.get(medium.path) for medium in part.media]
        kinds = Counter(each.kind for each in facts if each)
        if len(kinds) > 1 or any(count > MAX_PER_POST[kind] for kind, count in kinds.items()):
            shown = " and ".join(f"{n} {kind}{'s' * (n > 1)}" for kind, n in kinds.items())
            yield Finding(
                message=f"{named(proof, index)} has {shown}, and X takes 4 photos, or 1 gif, or "
                "1 video",
                place=media_place(proof, index, len(part.media) - 1),
                help="remove what is too much, or give it a post of its own",
                about=(proof.occurrence,),
            )
