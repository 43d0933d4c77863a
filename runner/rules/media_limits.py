"""Rules of media: what X takes, each limit by itself.

Limits: https://docs.x.com/x-api/media/quickstart/best-practices, read 2026-08-22.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from posixpath import basename
from types import MappingProxyType
from typing import Final

from runner.media import (
    GIF_FRAMES,
    GIF_HEIGHT,
    GIF_PIXELS,
    GIF_WIDTH,
    MAX_BYTES,
    MAX_PER_POST,
    VIDEO_LEAST,
    VIDEO_RATE,
    VIDEO_RATIO,
    VIDEO_SECONDS,
    VIDEO_SIDES,
    MediaFacts,
    MediaKind,
    kind_of,
)
from runner.problems import Severity
from runner.rules.context import Proof, RuleContext
from runner.rules.media import media_in
from runner.rules.places import media_place, part_name
from runner.rules.rule import Breach, CampaignRule, rule

MILLION = 10**6

_H264: Final = frozenset({"avc1", "avc3"})
_CODECS: Final = MappingProxyType(
    {"hvc1": "HEVC", "hev1": "HEVC", "dvh1": "HEVC", "dvhe": "HEVC", "av01": "AV1", "vp09": "VP9"}
    | dict.fromkeys(("apch", "apcn", "apcs", "apco", "ap4h", "ap4x"), "ProRes")
)
"""Names of what is known by other letters (https://mp4ra.org/registered-types/sampleentries)."""
_PROFILES: Final = MappingProxyType({110: "10 bits", 122: "4:2:2", 244: "4:4:4"})
"""Profiles of H.264 whose colours are other than yuv420p (ITU-T H.264, A.2)."""
_AS_X_TAKES_IT: Final = "export it as H.264 with AAC sound (MP4, yuv420p)"

Faults = Iterator[tuple[str, str]]
"""What is wrong with a medium, and the thing to do."""


@rule("media-mix", of_one_post=True)
def media_mix(context: RuleContext) -> Iterator[Breach]:
    """A post has up to 4 photos, or 1 GIF, or 1 video.

    X refuses another mixture. What a file is, its content says, not its name; and each GIF is a
    GIF, also one that stands still.

    Save a GIF that stands still as PNG, or give each its own post.
    """
    for proof, index, part in context.parts():
        if not part.media:
            continue
        kinds = Counter(kind_of(medium.type) for medium in part.media)
        if len(kinds) > 1 or any(count > MAX_PER_POST[kind] for kind, count in kinds.items()):
            shown = " and ".join(f"{n} {kind}{'s' * (n > 1)}" for kind, n in kinds.items())
            facts = [context.media.get(medium.path) for medium in part.media]
            still = any(each and each.kind is MediaKind.GIF and not each.animated for each in facts)
            as_png = "save a GIF that stands still as PNG, " if still else ""
            yield media_mix.breach(
                text=f"{part_name(proof, index)} has {shown}, and X takes 4 photos, or 1 gif, or "
                "1 video",
                place=media_place(proof, index, len(part.media) - 1),
                help=f"{as_png}remove what is too much, or give it a post of its own",
                about=(proof.occurrence,),
            )


@rule("media-size", of_one_post=True)
def media_size(context: RuleContext) -> Iterator[Breach]:
    """A photo has at most 5 MB, a GIF 15 MB, a video 512 MB.

    X refuses a larger file, when the post is due.

    Save it smaller.
    """
    yield from _each(media_size, context, _size)


@rule("media-dimensions", of_one_post=True)
def media_dimensions(context: RuleContext) -> Iterator[Breach]:
    """A GIF has at most 1280x1080 pixels, and a video 1280x1024 or 1024x1280.

    A GIF has at most 300 million pixels in all frames together; a video has at least 32x32, and is
    at most three times as long as wide. X refuses others, when the post is due.

    Scale it down, or cut its sides.
    """
    yield from _each(media_dimensions, context, _dimensions)


@rule("media-duration", of_one_post=True)
def media_duration(context: RuleContext) -> Iterator[Breach]:
    """A GIF has at most 350 frames, and a video lasts 0.5 to 140 seconds.

    A video may last longer where the account has X Premium. X refuses others, when the post is due.

    Cut it, or let an account with Premium show it.
    """
    yield from _each(media_duration, context, _duration)


@rule("media-format", of_one_post=True)
def media_format(context: RuleContext) -> Iterator[Breach]:
    """A video is H.264 with AAC sound, and has at most 60 frames a second.

    Its colours are yuv420p, of 8 bits. X cannot process HEVC, AV1, ProRes and the like, and says so
    only when the post is due; phones and cameras often save them.

    Export it as H.264 with AAC sound.
    """
    yield from _each(media_format, context, _format)


@rule("unjudged-media", severity=Severity.WARNING, of_one_post=True)
def unjudged_media(context: RuleContext) -> Iterator[Breach]:
    """What cannot be held against the limits of X is said.

    A video in fragments often does not say how long it lasts, and X does not say whether it takes
    photos in the colours of print (CMYK). The other rules are silent about what nobody knows.

    Save the file in the usual way, or look how X takes it from a test account.
    """
    yield from _each(unjudged_media, context, _unknown_facts)


def _each(
    rule: CampaignRule,
    context: RuleContext,
    faults_of: Callable[[MediaFacts, Proof, RuleContext], Faults],
) -> Iterator[Breach]:
    for proof, index, number, medium in media_in(context):
        facts = context.media.get(medium.path)
        for fault, help in faults_of(facts, proof, context) if facts else ():
            yield rule.breach(
                text=f"`{basename(medium.path)}` {fault}",
                place=media_place(proof, index, number),
                help=help,
                about=(proof.occurrence,),
            )


def _size(facts: MediaFacts, _proof: Proof, _context: RuleContext) -> Faults:
    most = MAX_BYTES[facts.kind]
    if facts.size > most:
        size = f"{facts.size / MILLION:,.1f} MB"
        yield f"has {size}, and X takes a {facts.kind} of {most // MILLION} MB", "save it smaller"


def _dimensions(facts: MediaFacts, _proof: Proof, _context: RuleContext) -> Faults:
    shown = f"has {facts.width}x{facts.height} pixels, and X takes a {facts.kind}"
    if facts.kind is MediaKind.GIF:
        pixels = facts.width * facts.height * (facts.frames or 1)
        if facts.width > GIF_WIDTH or facts.height > GIF_HEIGHT:
            yield f"{shown} of {GIF_WIDTH}x{GIF_HEIGHT}", "scale it down, or save it as a video"
        elif pixels > GIF_PIXELS:
            has = f"has {pixels / MILLION:,.0f} million pixels in all frames"
            yield (
                f"{has}, and X takes a gif of {GIF_PIXELS // MILLION} million",
                "scale it down, cut it, or save it as a video",
            )
    elif facts.kind is MediaKind.VIDEO:
        short, long = sorted((facts.width, facts.height))
        most, most_short = VIDEO_SIDES
        if long > most or short > most_short:
            yield f"{shown} of {most}x{most_short} or {most_short}x{most}", "scale it down"
        elif short < VIDEO_LEAST:
            yield f"{shown} of {VIDEO_LEAST}x{VIDEO_LEAST} or more", "export it larger"
        elif long > VIDEO_RATIO * short:
            yield f"{shown} of 1:{VIDEO_RATIO} to {VIDEO_RATIO}:1", "cut its longer sides"


def _duration(facts: MediaFacts, proof: Proof, context: RuleContext) -> Faults:
    if facts.kind is MediaKind.GIF and (facts.frames or 0) > GIF_FRAMES:
        yield (
            f"has {facts.frames} frames, and X takes a gif of {GIF_FRAMES}",
            "cut it, or save it as a video",
        )
    if facts.kind is MediaKind.VIDEO and facts.seconds is not None:
        least, most = VIDEO_SECONDS
        premium = context.project.accounts[proof.account].premium
        if facts.seconds < least or (facts.seconds > most and not premium):
            taken = f"X takes a video of {least:g} to {most:g}"
            yield (
                f"lasts {facts.seconds:g} seconds, and {taken} from `{proof.account}`",
                "cut it" if facts.seconds > least else "make it longer",
            )


def _format(facts: MediaFacts, _proof: Proof, _context: RuleContext) -> Faults:
    if facts.codec and facts.codec not in _H264:
        codec = _CODECS.get(facts.codec, f"of the codec `{facts.codec}`")
        yield f"is {codec}, and X takes a video in H.264", _AS_X_TAKES_IT
    elif colours := _PROFILES.get(facts.profile or 0):
        yield f"has colours of {colours}, and X takes a video in yuv420p", _AS_X_TAKES_IT
    if facts.sound and facts.sound != "mp4a":
        yield f"has sound of the codec `{facts.sound}`, and X takes AAC", _AS_X_TAKES_IT
    if facts.rate and round(facts.rate) > VIDEO_RATE:
        yield (
            f"has {facts.rate:,.0f} frames a second, and X takes a video of {VIDEO_RATE}",
            f"export it with {VIDEO_RATE} frames a second or fewer",
        )


def _unknown_facts(facts: MediaFacts, _proof: Proof, _context: RuleContext) -> Faults:
    if facts.cmyk:
        yield (
            "is in the colours of print (CMYK), and X does not say whether it takes them",
            "save it in RGB",
        )
    if facts.kind is MediaKind.VIDEO:
        unknown = {
            "how long it lasts": facts.seconds,
            "its codec": facts.codec,
            "its frames a second": facts.rate,
        }
        silent = [name for name, value in unknown.items() if value is None]
        if silent:
            yield (
                f"does not say {' and '.join(silent)}: look that X takes it",
                "export it as an MP4 that is not in fragments",
            )
