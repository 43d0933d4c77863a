"""What a tool, another format or a hurry leaves in a text."""

import pytest

from runner.problems import Problem, Severity
from tests.unit.rules.building import a_file, a_medium, a_part, a_post, an_occurrence, found

FILE = a_file({"tip": {"text": "x"}})


def leftovers(text: str, alt: str = "Zila jaka uz pakaramā") -> tuple[Problem, ...]:
    part = a_part(text, media=(a_medium(alt=alt),))
    return found(a_post(an_occurrence(FILE, "tip"), part), rule="text-leftovers")


LEFT = {
    "C7-newline": (r"One\nTwo", r"\n"),
    "C7-tab": (r"One\t two", r"\t"),
    "C7-escape": (r"Caf\u00e9", r"\u00e9"),
    "C7-hex": (r"Caf\xe9", r"\xe9"),
    "C7-entity": ("Denim &amp; Co", "&amp;"),
    "C7-entity-number": ("It&#39;s here", "&#39;"),
    "C7-nbsp": ("5&nbsp;€", "&nbsp;"),
    "C7-break": ("Hi<br>there", "<br>"),
    "C7-tag": ('<a href="https://acme.lv">here</a>', '<a href="https://acme.lv">'),
    "C7-bold": ("This is **bold** now", "**bold**"),
    "C7-link": ("[a](https://acme.lv/x)", "[a](https://acme.lv/x)"),
    "C7-heading": ("# News", "#"),
    "C7-emoji": ("Off :rocket: we go", ":rocket:"),
    "C7-brace": ("Sveiks, {vards}!", "{vards}"),
    "C7-percent": ("Hola, %nombre%!", "%nombre%"),
    "C7-bracket": ("Hi [NAME], come in", "[NAME]"),
    "C7-bracket-ru": ("Привет, [имя]!", "[имя]"),
    "C7-todo": ("TODO: write this", "TODO:"),
    "C7-lorem": ("Lorem ipsum dolor", "Lorem ipsum"),
    "C7-mojibake": ("Itâ€™s here", "â€™"),
    "C7-mojibake-lv": ("SveicinÄ\u0081ts", "Ä\u0081"),
    "C7-mojibake-ru": ("РџСЂРёРІРµС‚ всем", "РџСЂРёРІРµС‚"),
    "C7-lost": ("Caf\ufffd", "\ufffd"),
    "C7-scheme": ("See htps://acme.lv", "htps://acme.lv"),
    "C7-one-slash": ("See https:/acme.lv", "https:/acme.lv"),
    "C7-no-colon": ("See http//acme.lv", "http//acme.lv"),
    "C7-space": ("See https:// acme.lv", "https:// acme.lv"),
    "C7-space-within": ("See https://acme. lv/x", "https://acme. lv/x"),
    "C7-cyrillic": ("Slіm 27", "Slіm"),
    "C7-latin": ("Уже скоpо", "скоpо"),
    "C7-bold-in-a-sentence": ("This is __bold__ now", "__bold__"),
    "C7-bold-words": ("__Only today__ at the shop", "__Only today__"),
    "C7-bold-of-a-messenger": ("Only *today* at the shop", "*today*"),
    "C7-bold-sentence-of-a-messenger": ("*Only today!* Come in", "*Only today!*"),
    "C7-italic": ("We _really_ mean it", "_really_"),
    "C7-struck-out": ("Now 20 €, ~~old 30 €~~", "~~old 30 €~~"),
    "C7-heading-in-a-line": ("Look: ## new jeans", "##"),
    "C7-angle": ("Hi <NAME>, come in", "<NAME>"),
    "C7-angle-es": ("Hola, <nombre>", "<nombre>"),
    "C7-angles": ("Hi <<First name>>!", "<<First name>>"),
    "C7-brackets": ("Hi [[name]]!", "[[name]]"),
    "C7-format": ("Hello %s, welcome", "%s"),
    "C7-format-number": ("%1$s, welcome", "%1$s"),
    "C7-format-name": ("%(name)s, welcome", "%(name)s"),
    "C7-format-brace": ("Hello {0}, welcome", "{0}"),
    "C7-dollar-brace": ("Hello ${name}", "${name}"),
    "C7-crosses": ("Only XXX left", "XXX"),
    "C7-crosses-of-a-price": ("Now for €XX only", "€XX"),
    "C7-crosses-of-a-share": ("XX% off", "XX%"),
    "C7-crosses-of-a-date": ("Opening on XX.XX.", "XX.XX"),
    "C7-to-be-confirmed": ("Time: TBC", "TBC"),
    "C7-insert": ("Read more: Insert link here", "Insert link here"),
    "C7-insert-lv": ("Lasi: ievietot saiti šeit", "ievietot saiti šeit"),
    "C7-insert-es": ("Más: insertar enlace aquí", "insertar enlace aquí"),
    "C7-insert-ru": ("Читайте: вставьте ссылку сюда", "вставьте ссылку сюда"),
    "C7-handle": ("Thanks to @your_handle!", "@your_handle"),
    "C7-handle-of-a-partner": ("With @Brand_Name.", "@Brand_Name"),
    "C7-handle-es": ("Gracias, @tu_usuario", "@tu_usuario"),
    "C7-file": ("(photo: John) image.jpg", "image.jpg"),
    "C7-file-of-words": ("Text_final_v2.docx Hello", "Text_final_v2.docx"),
    "C7-folded": ("Tips: - wash cold - dry slowly", ": - wash cold - dry slowly"),
}


@pytest.mark.parametrize("name", LEFT)
def test_each_kind_is_told_with_its_characters(name: str) -> None:
    text, marked = LEFT[name]
    [problem] = leftovers(text)
    assert f"`{marked}`" in problem.message
    assert problem.severity is Severity.WARNING
    assert problem.help


@pytest.mark.parametrize("alt", ["jaka.jpg", "...", "…", "foto", "Image 3", "IMG_1.PNG"])
def test_a_description_that_says_nothing_is_told(alt: str) -> None:
    [problem] = leftovers("Labrīt!", alt)
    assert problem.message.endswith(f"says nothing: `{alt}`")


ORDINARY = [
    "Open 9:00–18:00: see you there at 10:30:15 sharp",
    "100% cotton, 20% off, 5 % elastāns",
    "Riga - Madrid - Paris: where next?",
    "[NEW] Slim 27 and [VIDEO]",
    "SMMщик, VIPы и PR-отдел",
    "Рёрих и её Ёлка",
    "http://acme.lv/a_b, https://x.com/a/status/1 and https://acme.lv/#top",
    "A & B <3, 2*3*4, C++/C#, 3/4, and/or, 24/7",
    "¡¿Qué?! ÁÉÍ — «Север» … 5 €",
    "¡TODO al 20 %!",
    "Mail us: hello@acme.lv",
    "👩‍👩‍👧 ģimene — Ā Č Ē Ģ",
    "— Kas? — Mēs. — Kad?",
    "we're #1",
    "Post your photo here, or leave a link here",
    "XXXL, XL and XX gadsimts, el siglo XX",
    "Save 20 %: 5 %d'eau, 100%",
    "Look at https://acme.lv/img/blue.jpg or acme.lv/a.png",
    "a ~ b, ~20 € and ~~~",
    "i <3 u, 3 < 5 > 2 and <- here ->",
    "Use {} for size and {a, b} for love",
    "The brand is __init__, by name",
    "- wash cold\n- dry slowly\n- never iron",
    "HTTPS/2 and HTTP/3: __init__ your wardrobe",
    "20 %* off, and a gift**. *From 50 €. **While there are any.",
    "5 * 3 * 2, 5*3, ***, * and *",
    "snake_case, _private, @_anna_, @a_b_, #_tag_ and ^_^ -_-",
    "@userland, @handlebars, @your_handles and me@handle.lv",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_hold_nothing(text: str) -> None:
    assert leftovers(text) == ()


def test_an_entity_is_told_once() -> None:  # C7
    proof = a_post(an_occurrence(a_file({"tip": {"text": "x"}}), "tip"), "It&#39;s &#39;today&#39;")
    assert len(found(proof, rule="text-leftovers")) == 1
    assert found(proof, rule="not-a-hashtag") == ()


def test_a_code_of_two_alphabets_is_told_where_it_is_written() -> None:  # C7
    offer = {"code": "SLI\u041c20", "until": "2026-12-10 20:00"}
    file = a_file({"tip": {"text": "x"}}, offer=offer)
    proof = a_post(an_occurrence(file, "tip"), "Now with SLI\u041c20")
    assert found(proof, rule="text-leftovers") == ()
    assert len(found(proof, rule="unclear-offer")) == 1


def test_who_means_it_says_so() -> None:
    file = a_file({"tip": {"text": "x", "ignore": {"text-leftovers": "it is about HTML"}}})
    proof = a_post(an_occurrence(file, "tip"), "Write <br> for a new line")
    assert found(proof, rule="text-leftovers") == ()
