"""How long it takes to count and to read a text as X does: `python scripts/bench_text.py`.

Prints microseconds: of texts that people write, and of hostile ones as they double in length. Time
that doubles with the length is linear; time that grows fourfold would be quadratic.
"""

import sys
from collections.abc import Callable, Iterator
from timeit import repeat

from runner.text import entities, links, weigh, weigh_as_published

ORDINARY = {
    "plain ASCII": "The winter sale starts at 9:00, and all of it is in the newsletter: sign up! ",
    "Latvian, with a link and emoji": (
        "Ziemas akcija sākas rīt plkst. 9:00! Piesakies līdz 24. decembrim un laimē balvas 🎁❤️ "
        "Vairāk: https://example.lv/akcija?utm_source=x #Ziemassvētki @uznemums"
    ),
    "Russian, with a link": (
        "Последний шанс! Разыгрываем: три пары джинсов. Заявки принимаем до 9 февраля, 20:00. "
        "https://example.lv/akcija"
    ),
    "Spanish, no link": (
        "¡Últimas horas! Slim 27: 20\u00a0% de descuento con el código SLIM20, solo hasta las 20."
    ),
    "Japanese, with a link": "新作ジーンズ「Slim 27」が登場。詳しくはhttps://example.jp/slim27をご覧ください。",
    "emoji": "🎁🎉❤️👩‍🚀🇱🇻👍🏽🔥✨😍👨‍👩‍👧‍👦 Konkurss! 🎁🎉❤️👩‍🚀🇱🇻👍🏽🔥✨😍 #džinsi",
}
# fmt: off
HOSTILE = (
    "a.", "@", "#", "(", "-", "_", ".", "$A\t", "http://", "a-", "a_b.co.", "a.co/(",
    "a.co/(b.co/x)!", "a.co/!", "a.co?(", "a.co:", ".co日", "日", "日.", "日a.", "é.", "a.日.",
    "a.xn--", "http://a.co/x)", "http://t.co/", "#a", "rt@", "@a/b-", "👩\u200d", "👩🏻", "🇦",
    "1\ufe0f", "\u0316\u0301", "a.vermö", "👩\u200d❤️", "🏴\U000e0067", "\u200d", "ᄀ\u1161",
    "http://日", "日x.lv", "é.lv日/", "b.com✌️🏻.рф/",
)
# fmt: on
FUNCTIONS = (weigh, weigh_as_published, links, entities)
LENGTHS = (2_500, 5_000, 10_000, 20_000)


def microseconds(function: Callable[[str], object], text: str, *, number: int = 100) -> float:
    """The best of several runs, which is the one that was disturbed the least."""
    return min(repeat(lambda: function(text), number=number, repeat=15)) / number * 1e6


def hostile(piece: str, length: int) -> str:
    return (piece * length)[:length] + ".com"


def growth(function: Callable[[str], object], piece: str) -> list[float]:
    """Microseconds as the text doubles."""
    return [microseconds(function, hostile(piece, length), number=1) for length in LENGTHS]


def report() -> Iterator[str]:
    header = "".join(f"{function.__name__:>20}" for function in FUNCTIONS)
    yield f"{'microseconds':<34}{header}"
    for name, text in ORDINARY.items():
        times = "".join(f"{microseconds(function, text):>20.1f}" for function in FUNCTIONS)
        yield f"{name:<34}{times}"
    yield f"\n{'hostile: microseconds by length':<34}" + "".join(f"{n:>12,}" for n in LENGTHS)
    for piece in HOSTILE:
        times = "".join(f"{time:>12,.0f}" for time in growth(weigh, piece))
        yield f"{piece!a:<34}{times}"


if __name__ == "__main__":
    for line in report():
        sys.stdout.write(line + "\n")
