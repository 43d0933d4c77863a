"""The words that label a mention, in four languages; runner.yaml adds to them.

A star at the end of a word stands for any ending: Latvian and Russian words have many. How a word
is found is said in `labels`.
"""

from typing import Final

COMPLAINTS: Final = {
    "lv": "saplīs*, salūz*, bojāt*, kavēj*, nestrādā*, slikt*, sūdz*, vīlies, vīlusies, neatbild*, "
    "nesaņēm*, naudu atpakaļ, atgriezt naudu, krāpnie*, brāķ*",
    "es": "roto, rota, rotos, rotas, defectuos*, dañad*, estropead*, retras*, queja, reclamación, "
    "decepcionad*, estafa, reembolso, no funciona, no llega, no ha llegado, nadie responde",
    "ru": "сломал*, порвал*, брак, бракован*, задерж*, опозда*, жалоб*, ужасн*, обман*, не пришел, "
    "не пришло, не пришла, не работает, не отвечает*, верните деньги, возврат денег, разочарован*",
    "en": "broken, damaged, defective, faulty, late, delayed, complaint, disappointed, "
    "unacceptable, scam, refund, not working, doesn't work, never arrived, hasn't arrived, "
    "no reply, worst",
}
QUESTIONS: Final = {
    "lv": "?, cik, kad, kāpēc, kādēļ, vai ir, vai var, vai jums",
    "es": "?, ¿, cuánto, cuándo, dónde, por qué, cómo puedo, tenéis",
    "ru": "?, сколько, когда, почему, есть ли, можно ли, как заказать",
    "en": "?, how much, how do, how can, when will, where can, do you have, is there",
}
PRAISE: Final = {
    "lv": "paldies, lielisk*, brīnišķīg*, super, skaist*, iesaku, ļoti labi",
    "es": "gracias, genial*, excelente*, me encanta*, maravillos*, recomiendo, precioso*",
    "ru": "спасибо, отличн*, прекрасн*, супер, рекомендую, обожаю",
    "en": "thanks, thank you, love it, love them, love my, awesome, beautiful, recommend",
}
