import pytest

from runner.text import URL_WEIGHT, Entity, cashtags, entities, hashtags, links, mentions, weigh


def texts(found):
    return [entity.text for entity in found]


def test_finds_everything_clickable_from_left_to_right():
    assert entities("$TSLA un @uznemums: #Rīga https://x.com/a") == (
        Entity("cashtag", 0, 5, "$TSLA"),
        Entity("mention", 9, 18, "@uznemums"),
        Entity("hashtag", 20, 25, "#Rīga"),
        Entity("url", 26, 41, "https://x.com/a"),
    )


def test_counts_positions_in_code_points_of_the_composed_text():
    (tag,) = entities("a\u0304 😀 #b")
    assert (tag.start, tag.end) == (4, 6)


def test_finds_nothing_in_plain_prose():
    assert entities("Plain prose. With 3.5 kg, 50% off & more: 10:30!") == ()


def test_takes_no_tag_out_of_a_link():
    text = "https://x.com/@name/#tag"
    assert texts(entities(text)) == [text]
    assert hashtags(text) == mentions(text) == ()


def test_takes_no_link_out_of_a_hashtag_though_x_counts_one():
    assert texts(entities("#Rīga.lv")) == ["#Rīga"]
    assert weigh("#Rīga.lv") == len("#Rī") + URL_WEIGHT


def test_takes_no_link_out_of_a_mention():
    assert texts(entities("@name.com")) == ["@name"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com.", "https://example.com"),
        ("see HTTP://Example.COM:8080/A?b=c#d, now", "HTTP://Example.COM:8080/A?b=c#d"),
        (
            "(https://en.wikipedia.org/wiki/Riga_(city))",
            "https://en.wikipedia.org/wiki/Riga_(city)",
        ),
        ("https://example.com/a_(b_(c)_d)!", "https://example.com/a_(b_(c)_d)"),
        ("https://example.com/?q=a!", "https://example.com/?q=a"),
        ("https://example.com/Русские_слова…", "https://example.com/Русские_слова"),
        ("https://rīga.lv/ziņas", "https://rīga.lv/ziņas"),
        ("https://例え.みんな/", "https://例え.みんな/"),
        ("https://xn--e1afmkfd.xn--p1ai", "https://xn--e1afmkfd.xn--p1ai"),
        ("https://t.co/abc123/more", "https://t.co/abc123"),
        ("„example.lv”", "example.lv"),
        ("example.co.uk/a?b", "example.co.uk/a?b"),
        ("これはexample.comです", "example.com"),
        ("日本語。example.jp/新", "example.jp/"),
        ("رابط example.com هنا", "example.com"),
        ("\u2066\u202aexample.com\u202c\u2069", "example.com"),
        ("under_score.example.com", "score.example.com"),
    ],
)
def test_links_an_address_without_the_punctuation_around_it(text, found):
    assert texts(links(text)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "name@example.com",
        "#example.com",
        "$example.com",
        "a_b.com",
        "-example.com",
        "/example.com",
        "example.notatld",
        "example.com-and-more",
        "example.com@place",
        "http://localhost",
        "http://192.168.0.1",
        "ftp:/example.com",
        "пример.рф",
        "https://" + "a" * 64 + ".com",
        "https://t.co/" + "a" * 41,
        "https://example.com/" + "a" * 4096,
    ],
)
def test_does_not_link_what_x_does_not_link(text):
    assert links(text) == ()


def test_links_bare_domains_up_to_their_port_or_query():
    assert texts(links("example.com:80 example.com?a=b")) == ["example.com", "example.com"]


@pytest.mark.parametrize(
    "tag",
    [
        "#Ziemassvētki",
        "#зима2026",
        "#mañana",
        "#新作",
        "＃新作",
        "#트위터",
        "#שלום",
        "#می\u200cخواهم",
        "#हिन्दी",
        "#il·lusió",
        "#1st",
        "#a_b",
    ],
)
def test_finds_hashtags_of_any_script(tag):
    assert texts(hashtags(f"Lūk, {tag}! {tag}")) == [tag, tag]


@pytest.mark.parametrize(
    "text", ["#2026", "#_", "a#b", "日本#タグ", "&#b", "#a#b", "#http://x.com", "# a", "#️⃣", "##"]
)
def test_finds_no_hashtag_without_a_letter_or_within_a_word(text):
    assert hashtags(text) == ()


def test_finds_a_hashtag_right_after_an_emoji():
    assert texts(hashtags("✌️#mierā ❤️‍🔥#uguns")) == ["#mierā", "#uguns"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Paldies @uznemums!", ["@uznemums"]),
        ("の@nameに", ["@name"]),
        ("(@a) ＠b", ["@a", "＠b"]),
        (".@a", ["@a"]),
        ("RT@a RT: @b", ["@a", "@b"]),
        ("@name/list-of_2", ["@name/list-of_2"]),
        ("@name/2nd", ["@name"]),
        ("@" + "a" * 21, ["@" + "a" * 20]),
        ("a@b", []),
        ("@a@b", []),
        ("_@a", []),
        ("@ā", []),
        ("@aā", []),
        ("@http://x.com", []),
    ],
)
def test_finds_mentions_that_no_word_touches(text, found):
    assert texts(mentions(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$TSLA $brk.b, $A_bc.", ["$TSLA", "$brk.b", "$A_bc"]),
        ("$TSLA. $TSLA_", ["$TSLA", "$TSLA"]),
        ("$100 $A1 $TOOLONGS a$B $ā US$", []),
    ],
)
def test_finds_cashtags_of_six_letters_after_a_space(text, found):
    assert texts(cashtags(text)) == found
