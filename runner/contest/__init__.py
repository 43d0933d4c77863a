"""A contest that anyone can check: keys, tickets, the list of entries, the draw, its verdict.

It knows what is signed, hashed and ranked, byte for byte (docs/reference/contest-proof.md), and
neither X nor files nor the clock: charters come in, and posts and signatures through `ports`;
lists, places and a verdict go out. Its libraries come with the extra `contest`, so that only the
commands of contests import it.
"""
