import pytest

from runner.problems import Refused
from runner.x.auth import Credentials, credentials, presence, variables

SHOP = {
    "X_SHOP_API_KEY": "shop key",
    "X_SHOP_API_SECRET": "shop secret",
    "X_SHOP_ACCESS_TOKEN": "shop token",
    "X_SHOP_ACCESS_SECRET": "shop token secret",
}
PLAIN = {name.replace("_SHOP", ""): value.replace("shop", "plain") for name, value in SHOP.items()}
WHO = Credentials(
    api_key="shop key",
    api_secret="shop secret",
    access_token="shop token",
    access_secret="shop token secret",
)


@pytest.mark.parametrize("only", [True, False])
def test_the_accounts_own_four_are_taken(only: bool) -> None:
    assert credentials("shop", SHOP | PLAIN, only_account=only) == WHO


def test_an_account_id_becomes_the_prefix_in_capitals_with_underscores() -> None:
    assert variables("lv-shop-2")[0] == "X_LV_SHOP_2_API_KEY"


def test_the_four_without_a_name_serve_the_only_account() -> None:
    assert credentials("shop", PLAIN, only_account=True).api_key == "plain key"


def test_the_four_without_a_name_serve_nobody_where_there_are_more_accounts() -> None:
    with pytest.raises(Refused, match="X_SHOP_API_KEY"):
        credentials("shop", PLAIN, only_account=False)


@pytest.mark.parametrize("only", [True, False])
@pytest.mark.parametrize("absent", sorted(SHOP))
@pytest.mark.parametrize("empty", [None, "", "  ", "\n"])
def test_a_missing_or_empty_variable_is_named_and_never_taken_from_the_other_set(
    absent: str, empty: str | None, only: bool
) -> None:
    environ = SHOP | PLAIN
    if empty is None:
        del environ[absent]
    else:
        environ[absent] = empty
    with pytest.raises(Refused) as caught:
        credentials("shop", environ, only_account=only)
    others = set(SHOP) - {absent}
    assert caught.value.message.endswith(f"set {absent}")
    assert not any(other in caught.value.message for other in others)


def test_credentials_that_are_missing_stop_with_exit_code_4_and_say_where_to_set_them() -> None:
    with pytest.raises(Refused) as caught:
        credentials("shop", {}, only_account=True)
    assert caught.value.exit_code == 4
    assert ", ".join(SHOP) in caught.value.message
    assert "secrets" in str(caught.value.help)


def test_no_value_stands_in_the_complaint() -> None:
    environ = {**SHOP, "X_SHOP_ACCESS_SECRET": ""}
    with pytest.raises(Refused) as caught:
        credentials("shop", environ, only_account=True)
    said = f"{caught.value!r}{caught.value}{caught.value.help}"
    assert not any(value and value in said for value in environ.values())


def test_printing_credentials_shows_nothing_of_them() -> None:
    shown = f"{WHO!r} {WHO} {[WHO]}"
    assert "shop" not in shown
    assert "Credentials" in shown


def test_the_newline_that_a_paste_left_behind_is_no_part_of_a_secret() -> None:
    pasted = {name: f" {value}\n" for name, value in SHOP.items()}
    assert credentials("shop", pasted, only_account=False) == WHO


def test_presence_tells_names_only() -> None:
    found = presence("shop", {**SHOP, "X_SHOP_API_KEY": " "}, only_account=False)
    assert found.missing == ("X_SHOP_API_KEY",)
    assert found.present == tuple(SHOP)[1:]
    assert not found.complete
    assert presence("shop", SHOP, only_account=False).complete


@pytest.mark.parametrize(
    ("environ", "names"),
    [({}, tuple(SHOP)), (PLAIN, tuple(PLAIN)), ({"X_API_KEY": "plain key"}, tuple(PLAIN))],
)
def test_presence_speaks_of_the_set_that_was_begun(
    environ: dict[str, str], names: tuple[str, ...]
) -> None:
    found = presence("shop", environ, only_account=True)
    assert set(found.present + found.missing) == set(names)
