"""What the law looks at in the words of a contest."""

import pytest

from runner.rules.contest_law import barred_prize, purchase


@pytest.mark.parametrize(
    "prize",
    [
        *("a crate of beers", "two wines", "tequila", "a brandy", "cognac"),
        *("pudele konjaka", "brendijs", "tekila"),
        *("una botella de ron", "coñac"),
        *("бутылка коньяка", "бренди", "текила"),
    ],
)
def test_alcohol_is_barred_by_any_of_its_names(prize: str) -> None:
    assert barred_prize(prize)


@pytest.mark.parametrize("prize", ["a red apple", "konjunktūra", "un balón", "хромые джинсы"])
def test_other_prizes_are_not(prize: str) -> None:
    assert barred_prize(prize) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Buy and win", "Don’t forget the receipt", "No limits: buy a pair", "Purchase to enter"),
        *("Pērc un laimē!", "Nopērc un laimē!", "Lai piedalītos, jāpērk", "Piereģistrē čeku"),
        *("Compra y gana", "No olvides la factura"),
        *("Купите и выиграйте", "Не забудьте чек", "Купи джинсы"),
    ],
)
def test_a_purchase_that_is_asked_for_is_found(text: str) -> None:
    assert purchase(text)


@pytest.mark.parametrize(
    "text",
    [
        *("No need to buy anything", "You don’t have to buy anything", "No purchase necessary"),
        *("Nothing to buy", "Without any purchase", "Purchase is not required"),
        *("Bez pirkuma", "Nekas nav jāpērk", "Nav nepieciešams pirkums", "Pirkums nav vajadzīgs"),
        *(
            "no hay que comprar nada",
            "Sin compra",
            "No tienes que comprar",
            "Sin necesidad de comprar",
        ),
        *("Без покупки", "Покупка не нужна", "Не требуется покупка"),
    ],
)
def test_that_nothing_has_to_be_bought_is_none(text: str) -> None:
    assert purchase(text) is None
