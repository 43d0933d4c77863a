"""What `runner new` writes into a campaign of each kind."""

from collections.abc import Mapping

from runner.cli.commands.new_files import filled, sample_words
from runner.models.campaign import BaseCampaign
from runner.parsing import parse


def own_keys(kind: str, *, locale: str = "en") -> Mapping[str, object]:
    """What only this kind says, of two weeks in February 2027."""
    names = {"name": kind, "account": "shop", "partner": "lois"}
    days = {"start": "2027-02-01", "end": "2027-02-09"}
    text = filled(f"{kind}.yaml", {**sample_words(locale), **names, **days})
    data = parse(f"campaigns/{kind}.yaml", text.encode()).data
    assert isinstance(data, dict)
    shared = BaseCampaign.model_fields
    return {key: value for key, value in data.items() if key.replace("-", "_") not in shared}
