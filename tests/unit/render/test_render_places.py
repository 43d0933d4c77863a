"""A mistake in a template is found at its line and column in the file that people edit."""

import pytest

from runner.models import CAMPAIGN, CampaignFile
from runner.parsing import parse, validate
from tests.unit.render.building import show

HEAD = """\
kind: contest
account: shop
prize: jeans
opens: 2026-12-01 10:00
closes: 2026-12-08 20:00
entry: {how: reply}
posts:
  hello:
    at: 2026-12-05 11:00
"""
WRITTEN = {
    "in a block": "    text: |\n      Balva:\n\n      šī → {{ priez }}!\n",
    "in a folded block": "    text: >\n      Balva:\n      šī {{ priez }}!\n\n      un vēl\n",
    "in quotes": '    text: "a {{ priez }}"\n',
    "in quotes with escapes": '    text: "\\u0101\\t {{ priez }}"\n',
    "plain": "    text: Balva ir {{ priez }}\n",
    "in a language": "    text:\n      es: a\n      lv: |\n        a\n        b {{ priez }}\n",
    "in a part": "    thread:\n      - a\n      - text: |\n          b\n          {{ priez }}\n",
    "when it runs": "    text: |\n      a\n      {{ entry.priez }}\n",
    "in a filter": "    text: |\n      a {{ prize\n      | priez }}\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_a_mistake_is_marked_where_it_is_written(text: str) -> None:
    written = HEAD + text
    parsed = parse("campaigns/winter.yaml", written.encode())
    campaign, problems = validate(parsed, CAMPAIGN)
    assert campaign, problems
    file = CampaignFile(id="winter", path="campaigns/winter.yaml", campaign=campaign)
    _, [problem] = show(file)
    span = parsed.source.locate(problem.place)
    line = written.splitlines()[span.line - 1]
    assert line[span.column - 1 :].startswith("priez"), (span, problem)
