"""A secret that comes back encoded, backwards or in pieces is struck out, and nothing else is."""

import json
import re
import string
from base64 import b32encode, b64encode
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from runner.confidential import RUN, STRUCK, Confidential

SECRET = "tJ5mR8wQ2zX6vB9nL3kP7hS4dF1gY0cA"
USER = "1871046298364928001"
TOKEN = f"{USER}-Wv9Tq3Zr7Lk2Ns8Xp4Yb6Mc1"
HOOK = "https://hooks.example.com/services/incoming-webhook/T0G9PQ3XZW7KD1"
KEYS = json.dumps({"winter-lois-contest": "9f8e7d6c5b4a39281706f5e4d3c2b1a0"})
ALL = Confidential([SECRET, TOKEN, HOOK, KEYS])

FORMS: dict[str, Callable[[str], str]] = {
    "hex": lambda said: said.encode().hex(),
    "hex-upper": lambda said: said.encode().hex().upper(),
    "base32": lambda said: b32encode(said.encode()).decode(),
    "base32-lower": lambda said: b32encode(f"xy{said}".encode()).decode().lower(),
    "base64": lambda said: b64encode(f"a{said}".encode()).decode(),
    "backwards": lambda said: said[::-1],
    "url": lambda said: quote(quote(said, safe=""), safe=""),
    "beginning": lambda said: said[:RUN],
    "end": lambda said: said[-RUN:],
    "middle": lambda said: said[7 : 7 + RUN],
    "wrapped-middle": lambda said: "\r\n".join(said[5:20]),
    "hex-of-the-beginning": lambda said: said[:RUN].encode().hex(),
    "base64-of-the-middle": lambda said: b64encode(said.encode()).decode()[6 : 6 + RUN * 4 // 3],
}


@pytest.mark.parametrize("form", FORMS.values(), ids=[f"F2-{name}" for name in FORMS])
def test_no_form_of_a_secret_is_left(form):
    said = f"Got {form(SECRET)}. And more."
    # at its edges stand characters in which its neighbours have a part
    assert (
        re.sub(r"\w{0,4}\*+\w?=*", STRUCK, ALL.without_secrets(said)) == f"Got {STRUCK}. And more."
    )


def test_f2_a_longer_piece_behind_a_shorter_one_is_struck_whole():
    said = f"{SECRET[2:13]} {SECRET[:RUN]}! {SECRET[:30]}! {SECRET[1:]}"
    assert ALL.without_secrets(said) == f"{SECRET[2:13]} {STRUCK}! {STRUCK}! {STRUCK}"


@example(secret="0" * 11 + "=" + "0" * 8, form="wrapped-middle", around=("", ""))
@settings(max_examples=30)
@given(
    secret=st.text(string.ascii_letters + string.digits + "+/=_-~", min_size=20, max_size=60),
    form=st.sampled_from(sorted(FORMS)),
    around=st.tuples(*[st.text("<>|#", max_size=9)] * 2),
)
def test_f2_whatever_the_secret_is(secret, form, around):
    secret = f"k{secret}7"
    said = f"{around[0]}{FORMS[form](secret)}{around[1]}"
    struck = Confidential([secret]).without_secrets(said)
    assert STRUCK in struck
    seen, core = "".join(struck.split()).lower(), "".join(FORMS[form](secret).split()).lower()
    width = {"hex": 24, "base32": 20, "base64": 16}.get(form.partition("-")[0], RUN)
    assert not [
        core[n : n + width] for n in range(len(core) - width + 1) if core[n : n + width] in seen
    ]


SPARED = {
    "F2-id-of-a-user": f'{{"data": {{"id": "{USER}", "username": "acme_lv"}}}}',
    "F2-host-of-an-address": "https://hooks.example.com/services/incoming-webhook is the hook",
    "F2-name-of-a-contest": "campaigns/winter-lois-contest.yaml",
    "F2-short-piece": f"See {SECRET[:8]} and {SECRET[3:14]}",
    "F2-id-with-a-dash": f"{USER}-Wv9",
}


@pytest.mark.parametrize("name", SPARED)
def test_what_anybody_may_know_is_left(name):
    assert ALL.without_secrets(SPARED[name]) == SPARED[name]
    assert ALL.cleaned(SPARED[name].encode()) == SPARED[name].encode()


PIECES = {
    "F2-token-cut-off": (f"{USER}-Wv9Tq3Zr7Lk2Ns8", f"{USER}-{STRUCK}"),
    "F2-piece-of-an-address": ("services/T0G9PQ3XZW7KD1", f"services/{STRUCK}"),
    "F2-key-of-a-contest": ("key 9f8e7d6c5b4a3928", f"key {STRUCK}"),
}


@pytest.mark.parametrize("name", PIECES)
def test_what_is_secret_of_a_value_is_struck_by_itself(name):
    said, left = PIECES[name]
    assert ALL.without_secrets(said) == left


@settings(max_examples=30)
@given(st.text(string.ascii_lowercase + " .\n", max_size=400))
def test_f2_words_are_left(text):
    assert ALL.without_secrets(text) == text
