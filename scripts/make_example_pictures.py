"""Draws the pictures of the example campaigns: `python scripts/make_example_pictures.py`.

The same bytes on every run with the same Pillow: what looks like chance comes from a fixed seed.
Everything is drawn at twice its size and then reduced, so that edges and stitches are smooth.
"""

import random
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

MEDIA = Path(__file__).parents[1] / "campaigns" / "media"
SIZE = (1200, 675)
SCALE = 2
CANVAS = (SIZE[0] * SCALE, SIZE[1] * SCALE)

CREAM = (244, 234, 219)
SAND = (226, 208, 184)
INDIGO = (38, 58, 104)
STONE = (104, 134, 176)
SKY = (150, 176, 208)
THREAD = (226, 146, 62)
COPPER = (184, 104, 58)
LEATHER = (168, 108, 62)
INK = (34, 40, 62)

Point = tuple[float, float]
Color = tuple[int, int, int]


# --- Geometry: points as on the finished picture, scaled when drawn


def scaled(points: Iterable[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def curve(start: Point, bend: Point, end: Point, steps: int = 40) -> list[Point]:
    """A quadratic Bézier curve."""
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * (1 - t) * t * bend[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * (1 - t) * t * bend[1] + t**2 * end[1],
        )
        for t in (step / steps for step in range(steps + 1))
    ]


def mirrored(points: Iterable[Point], axis: float) -> list[Point]:
    return [(2 * axis - x, y) for x, y in points]


def along(points: list[Point], step: float = 1.0) -> list[Point]:
    """The same line as points `step` apart."""
    found = [points[0]]
    left = step
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at = left
        while at <= length:
            found.append((x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length))
            at += step
        left = at - length
    return found


# --- Cloth


def mask_of(points: Iterable[Point]) -> Image.Image:
    mask = Image.new("L", CANVAS, 0)
    ImageDraw.Draw(mask).polygon(scaled(points), fill=255)
    return mask


def twill() -> Image.Image:
    """The weave of denim: fine diagonals, and threads that are never quite alike."""
    chance = random.Random(27)  # noqa: S311  a picture, not a secret
    tile = Image.new("L", (8, 8), 120)
    for x in range(8):
        for y in range(8):
            tile.putpixel((x, y), (150, 138, 120, 100, 96, 108, 128, 144)[(x + y) % 8])
    weave = Image.new("L", CANVAS)
    strip = Image.new("L", (CANVAS[0], 8))
    for x in range(0, CANVAS[0], 8):
        strip.paste(tile, (x, 0))
    for y in range(0, CANVAS[1], 8):
        weave.paste(strip, (0, y))
    grain = Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1])).resize(CANVAS)
    threads = Image.frombytes("L", (SIZE[0], 9), chance.randbytes(SIZE[0] * 9)).resize(CANVAS)
    return Image.blend(Image.blend(weave, grain, 0.16), threads, 0.14)


def denim(color: Color, weave: Image.Image) -> Image.Image:
    """Cloth of one color: the weave makes it darker and lighter."""
    cloth = Image.new("RGB", CANVAS, color)
    return ImageChops.soft_light(cloth, Image.merge("RGB", (weave, weave, weave)))


def soft(mask: Image.Image, radius: float, strength: float) -> Image.Image:
    blurred = mask.filter(ImageFilter.GaussianBlur(radius * SCALE))
    return blurred.point(lambda value: int(value * strength))


def shade_edges(picture: Image.Image, mask: Image.Image, radius: float = 14) -> None:
    """Darkens what lies inside a shape along its edge, as cloth that bends away."""
    rim = ImageChops.multiply(soft(ImageChops.invert(mask), radius, 0.75), mask)
    picture.paste((14, 22, 48), (0, 0), rim)


def cast_shadow(picture: Image.Image, mask: Image.Image, by: Point, strength: float) -> None:
    offset = Image.new("L", CANVAS, 0)
    offset.paste(mask, (int(by[0] * SCALE), int(by[1] * SCALE)))
    picture.paste((60, 44, 34), (0, 0), soft(offset, 12, strength))


def fade(picture: Image.Image, box: tuple[float, float, float, float], within: Image.Image) -> None:
    """A worn, lighter place."""
    light = Image.new("L", CANVAS, 0)
    left, top, right, bottom = (edge * SCALE for edge in box)
    ImageDraw.Draw(light).ellipse((left, top, right, bottom), fill=255)
    picture.paste(SKY, (0, 0), ImageChops.multiply(soft(light, 26, 0.42), within))


# --- What is sewn on


def stitch(picture: Image.Image, line: list[Point], dash: float = 9, gap: float = 5) -> None:
    """A seam of single stitches, each with its small shadow."""
    draw = ImageDraw.Draw(picture)
    points = along(line)
    period = int(dash + gap)
    for color, shift, width in (((20, 28, 56), 1.3, 3.2), (THREAD, 0.0, 2.6)):
        for start in range(0, len(points) - int(dash), period):
            piece = [(x, y + shift) for x, y in points[start : start + int(dash)]]
            draw.line(scaled(piece), fill=color, width=round(width * SCALE), joint="curve")


def seam(picture: Image.Image, line: list[Point]) -> None:
    ImageDraw.Draw(picture).line(scaled(line), fill=(22, 34, 68), width=2 * SCALE, joint="curve")


def rivet(picture: Image.Image, center: Point, radius: float) -> None:
    draw = ImageDraw.Draw(picture)
    rings: tuple[tuple[float, Color, float], ...] = (
        (1.12, (24, 30, 52), 1.5),
        (1.0, COPPER, 0),
        (0.72, (212, 138, 88), -0.6),
        (0.5, (150, 80, 44), 0),
        (0.26, (232, 172, 122), -0.8),
    )
    for share, color, shift in rings:
        x, y, r = center[0] * SCALE, (center[1] + shift) * SCALE, radius * share * SCALE
        draw.ellipse((x - r, y - r, x + r, y + r), fill=color)


def write(
    picture: Image.Image, at: Point, text: str, size: float, color: Color, anchor: str = "la"
) -> None:
    font = ImageFont.load_default(size * SCALE)
    draw = ImageDraw.Draw(picture)
    draw.text((at[0] * SCALE, at[1] * SCALE), text, fill=color, font=font, anchor=anchor)


def label(picture: Image.Image, box: tuple[float, float, float, float], size: float) -> None:
    """The leather label, with the name pressed into it."""
    left, top, right, bottom = box
    shape = Image.new("L", CANVAS, 0)
    ImageDraw.Draw(shape).rounded_rectangle(
        tuple(edge * SCALE for edge in box), radius=8 * SCALE, fill=255
    )
    cast_shadow(picture, shape, (2, 4), 0.5)
    picture.paste(LEATHER, (0, 0), shape)
    picture.paste(
        (92, 54, 28), (0, 0), ImageChops.multiply(soft(ImageChops.invert(shape), 9, 0.6), shape)
    )
    inset = size * 0.22
    frame = [
        (left + inset, top + inset),
        (right - inset, top + inset),
        (right - inset, bottom - inset),
        (left + inset, bottom - inset),
        (left + inset, top + inset),
    ]
    stitch(picture, frame, dash=7, gap=5)
    middle = ((left + right) / 2, (top + bottom) / 2)
    for shift, color in ((1.4, (206, 148, 98)), (0.0, (72, 40, 20))):
        write(picture, (middle[0], middle[1] - size * 0.3 + shift), "Slim 27", size, color, "mm")
        write(
            picture,
            (middle[0], middle[1] + size * 0.5 + shift),
            "acme denim",
            size * 0.42,
            color,
            "mm",
        )


# --- The pictures


def jeans() -> Image.Image:
    """The launch: the whole pair on a light ground, with its name."""
    weave = twill()
    picture = Image.new("RGB", CANVAS, CREAM)
    disc = tuple(edge * SCALE for edge in (588, 30, 1192, 634))
    ImageDraw.Draw(picture).ellipse(disc, fill=SAND)

    axis = 890.0
    hip = curve((axis - 88, 50), (axis - 122, 150), (axis - 118, 232))
    side = curve((axis - 118, 232), (axis - 108, 450), (axis - 86, 640))
    hem = curve((axis - 86, 640), (axis - 52, 646), (axis - 20, 640))
    inseam = curve((axis - 20, 640), (axis - 10, 420), (axis, 268))
    leg = [*hip, *side, *hem, *inseam, (axis, 50)]
    left, right = mask_of(leg), mask_of(mirrored(leg, axis))
    whole = ImageChops.lighter(left, right)

    cast_shadow(picture, whole, (10, 14), 0.55)
    picture.paste(denim(INDIGO, weave), (0, 0), whole)
    for middle in (axis - 60, axis + 60):
        fade(picture, (middle - 26, 220, middle + 26, 400), whole)
        fade(picture, (middle - 15, 450, middle + 15, 610), whole)
    shade_edges(picture, left)
    shade_edges(picture, right)

    seam(picture, [(axis, 84), (axis, 268)])
    on_both_sides(picture, [(x + 8, y) for x, y in [*hip[6:], *side]], axis)
    hemline = curve((axis - 84, 622), (axis - 52, 629), (axis - 22, 622))
    seam(picture, hemline)
    seam(picture, mirrored(hemline, axis))
    on_both_sides(picture, [(x, y + 6) for x, y in hemline], axis)
    front_pockets(picture, axis)
    waistband(picture, axis, weave)

    write(picture, (84, 210), "Slim 27", 128, INK)
    write(picture, (90, 352), "acme denim", 38, (120, 96, 78))
    stitch(picture, [(92, 424), (492, 424)], 14, 8)
    return picture


def on_both_sides(picture: Image.Image, line: list[Point], axis: float) -> None:
    stitch(picture, line, 7, 4)
    stitch(picture, mirrored(line, axis), 7, 4)


def front_pockets(picture: Image.Image, axis: float) -> None:
    opening = curve((axis - 54, 82), (axis - 60, 134), (axis - 110, 150))
    for edge in (opening, mirrored(opening, axis)):
        seam(picture, edge)
        for inset in (5, 10):
            stitch(picture, [(x, y + inset) for x, y in edge], 7, 4)
    bend = curve((axis + 30, 176), (axis + 26, 222), (axis + 3, 236))
    fly: list[Point] = [(axis + 30, 84), (axis + 30, 176), *bend]
    stitch(picture, fly, 7, 4)
    stitch(picture, [(x - 6, y) for x, y in fly[:-6]], 7, 4)
    for x, y in ((54, 102), (105, 152)):
        rivet(picture, (axis - x, y), 4.2)
        rivet(picture, (axis + x, y), 4.2)


def waistband(picture: Image.Image, axis: float, weave: Image.Image) -> None:
    top = curve((axis - 89, 46), (axis, 56), (axis + 89, 46))
    bottom = curve((axis + 95, 80), (axis, 90), (axis - 95, 80))
    band = mask_of([*top, *bottom])
    picture.paste(denim((32, 50, 92), weave), (0, 0), band)
    shade_edges(picture, band, 5)
    for drop in (5, 28):
        stitch(picture, [(x, y + drop) for x, y in top], 8, 4)
    for x in (axis - 68, axis - 32, axis + 56):
        loop = mask_of([(x, 46), (x + 12, 46), (x + 12, 92), (x, 92)])
        cast_shadow(picture, loop, (1, 2), 0.5)
        picture.paste(denim(INDIGO, weave), (0, 0), loop)
        for inset in (3, 9):
            stitch(picture, [(x + inset, 50), (x + inset, 88)], 6, 4)
    rivet(picture, (axis + 7, 71), 9)


def pocket() -> Image.Image:
    """The story: the back pocket from near by."""
    weave = twill()
    picture = denim(INDIGO, weave)
    yoke = curve((0, 96), (420, 150), (1200, 60))
    seam(picture, yoke)
    for drop in (10, 20):
        stitch(picture, [(x, y + drop) for x, y in yoke], 13, 7)

    corners = [(250.0, 200.0), (610.0, 176.0), (640.0, 470.0), (452.0, 590.0), (270.0, 494.0)]
    shape = mask_of(corners)
    cast_shadow(picture, shape, (8, 14), 0.85)
    picture.paste(denim((46, 68, 118), weave), (0, 0), shape)
    fade(picture, (330, 270, 560, 520), shape)
    shade_edges(picture, shape, 12)
    seam(picture, [*corners, corners[0]])

    middle = (sum(x for x, _ in corners) / 5, sum(y for _, y in corners) / 5)
    for share in (0.945, 0.895):
        inner = [
            (middle[0] + (x - middle[0]) * share, middle[1] + (y - middle[1]) * share)
            for x, y in corners
        ]
        stitch(picture, [*inner[1:], inner[0]], 12, 6)
    opening = [(258.0, 232.0), (612.0, 208.0)]
    seam(picture, opening)
    stitch(picture, [(x, y + 9) for x, y in opening], 12, 6)
    for drop in (0, 15, 30):
        stitch(picture, [(292, 300 + drop), (450, 384 + drop), (600, 279 + drop)], 12, 6)
    rivet(picture, (270, 218), 12)
    rivet(picture, (594, 197), 12)

    tab = mask_of([(632, 390), (660, 387), (664, 436), (637, 439)])
    cast_shadow(picture, tab, (2, 3), 0.5)
    picture.paste(CREAM, (0, 0), tab)
    label(picture, (770, 240, 1110, 420), 62)
    return picture


def save(picture: Image.Image, name: str) -> None:
    MEDIA.mkdir(parents=True, exist_ok=True)
    small = picture.resize(SIZE, Image.Resampling.LANCZOS)
    small.save(MEDIA / name, quality=84, optimize=True, subsampling="4:2:0")


if __name__ == "__main__":
    save(jeans(), "slim27.jpg")
    save(pocket(), "pocket.jpg")
