"""What the campaigns of `runner new` say, in the language of the account that posts them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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


def sample_words(locale: str) -> Mapping[str, str]:
    """The words by their place in a skeleton; English where a language has none of its own."""
    return WORDS.get(locale.partition("-")[0], ENGLISH)
