"""YAML files into models, every problem with its place. The only room that knows YAML.

It owns our dialect of YAML, the map from data back to the file, and the words for what a model
refuses. `parse` takes bytes and gives data with problems; `validate` takes data and a model, and
gives the model's value or problems. It reads no file itself, and knows pydantic's models in
general, none of ours.
"""

from runner.parsing.data import Data, Parsed
from runner.parsing.diagnosis import hidden_characters_in
from runner.parsing.parser import decode, parse
from runner.parsing.validation import validate

__all__ = ["Data", "Parsed", "decode", "hidden_characters_in", "parse", "validate"]
