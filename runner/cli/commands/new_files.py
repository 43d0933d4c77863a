"""The files that `runner new` writes: skeletons, filled in with values, with words in the language
of the account that posts them; and the one that says who has to approve what."""

import os
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Final

from runner.cli.context import CommandContext
from runner.cli.options import writing
from runner.problems import BadUsage

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks for the file; it takes the first that is there
(https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
read 2026-11-29)."""
_OWNER: Final = re.compile(
    r"@[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:/[a-z0-9][a-z0-9._-]*)?|[^\s@#]+@[^\s@#]+\.[^\s@#]+",
    re.ASCII,
)
_EXAMPLE: Final = "runner new codeowners --owner @acme/marketing --engineer @acme/platform"
_PROGRAM: Final = (
    "the program, and what it is installed and started from (runner/,\n"
    "# bin/, action.yml, pyproject.toml, uv.lock, .gitattributes),"
)
"""What the file names beside the campaigns where the program is in the same repository."""
ENGLISH: Final = {
    "prize": "three pairs of skinny jeans",
    "category": "jeans",
    "ask": "Which colour of {{ product.name }} would you wear?",
    "options": "Indigo, Black, Washed",
    "cold": "Wash jeans cold and inside out. The colour stays.",
    "rest": "Let jeans rest a day between wears. The cotton recovers its shape.",
    "hang": "Hang jeans by the waistband to dry, away from the sun.",
    "story": "What we learned from {{ partner.name }}: denim lasts longer inside out.",
    "mills": "A mill visit worth ten minutes of your day.",
    "indigo": "Indigo sits on the thread and never soaks in. That is why jeans fade so well.",
}
LATVIAN: Final = {
    "prize": "trīs pāri džinsu",
    "category": "džinsi",
    "ask": "Kuras krāsas {{ product.name }} tu valkātu?",
    "options": "Indigo, Melna, Gaiša",
    "cold": "Mazgā džinsus aukstā ūdenī un uz kreisās puses. Krāsa paliks.",
    "rest": "Ļauj džinsiem dienu atpūsties. Kokvilna atgūst formu.",
    "hang": "Žāvē džinsus aiz jostas un ēnā.",
    "story": "Ko uzzinājām no {{ partner.name }}: uz kreisās puses mazgāts denims kalpo ilgāk.",
    "mills": "Šis ieskats austuvē ir desmit minūšu vērts.",
    "indigo": "Indigo paliek pavediena virspusē un neiesūcas. Tāpēc džinsi tik skaisti izbalē.",
}
SPANISH: Final = {
    "prize": "tres pares de vaqueros",
    "category": "vaqueros",
    "ask": "¿De qué color llevarías {{ product.name }}?",
    "options": "Índigo, Negro, Lavado",
    "cold": "Lava los vaqueros en frío y del revés. El color se queda.",
    "rest": "Deja descansar los vaqueros un día entre usos. El algodón recupera su forma.",
    "hang": "Cuelga los vaqueros por la cintura para secarlos, lejos del sol.",
    "story": "Lo que aprendimos de {{ partner.name }}: del revés, el denim dura más.",
    "mills": "Una visita a la fábrica que vale diez minutos de tu día.",
    "indigo": "El índigo cubre el hilo y nunca lo empapa. Por eso los vaqueros envejecen tan bien.",
}
RUSSIAN: Final = {
    "prize": "три пары джинсов",
    "category": "джинсы",
    "ask": "В каком цвете вы носили бы {{ product.name }}?",
    "options": "Индиго, Чёрный, Светлый",
    "cold": "Стирайте джинсы в холодной воде, вывернув наизнанку. Цвет сохранится.",
    "rest": "Давайте джинсам день отдыха. Хлопок вернёт форму.",
    "hang": "Сушите джинсы за пояс и подальше от солнца.",
    "story": "Что мы узнали от {{ partner.name }}: наизнанку деним служит дольше.",
    "mills": "Экскурсия на фабрику, которая стоит десяти минут.",
    "indigo": "Индиго ложится на нить и не впитывается. Поэтому джинсы так красиво выцветают.",
}
WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"en": ENGLISH, "lv": LATVIAN, "es": SPANISH, "ru": RUSSIAN}
)


def write_filled(
    context: CommandContext, path: Path, skeleton: str, values: dict[str, str]
) -> None:
    """Writes a new file: the skeleton with the values filled in. Raises BadUsage where it can't."""
    write_new(context, path, filled(skeleton, values))


def filled(skeleton: str, values: dict[str, str]) -> str:
    """The text of a skeleton with its values."""
    text = (files("runner.cli") / "skeletons" / skeleton).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def write_new(context: CommandContext, path: Path, text: str) -> None:
    """Writes a file that is not there yet, and says so. Raises BadUsage where it can't."""
    name = Path(os.path.relpath(path, context.root)).as_posix()
    with writing(name):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    context.say(f"wrote {name}")


def new_codeowners(
    context: CommandContext, *, owners: Sequence[str], engineers: Sequence[str]
) -> int:
    """Writes a CODEOWNERS file: `owners` for the words, `engineers` for all else. Raises BadUsage
    where one is there, or an owner can't be one."""
    _check("--owner", owners)
    _check("--engineer", engineers)
    top = context.repository
    for place in PLACES:
        if (top / place).exists():
            raise BadUsage(f"{place} is already there", help="add to it what it lacks, by hand")
    below = context.root.relative_to(top).as_posix()
    values = {
        "owners": " ".join(owners),
        "engineers": " ".join(engineers),
        "below": "" if below == "." else f"{below}/",
        "program": _PROGRAM if _holds_the_program(top) else ".gitattributes,",
    }
    write_filled(context, top / PLACES[0], "CODEOWNERS", values)
    context.say(
        "Next: give each of them the right to write, and require the review of code owners in a "
        "ruleset of the default branch"
    )
    return 0


def _check(option: str, named: Sequence[str]) -> None:
    if not named:
        raise BadUsage(f"nobody is named with {option}", help=_EXAMPLE)
    for each in named:
        if not _OWNER.fullmatch(each):
            raise BadUsage(
                f"`{each}` can't be an owner",
                help="write a person as @name, a team as @organisation/team, or an e-mail address",
            )


def _holds_the_program(top: Path) -> bool:
    return (top / "action.yml").is_file() and (top / "runner").is_dir()


def sample_words(locale: str) -> Mapping[str, str]:
    """The words by their place in a skeleton; English where a language has none of its own."""
    return WORDS.get(locale.partition("-")[0], ENGLISH)
