"""YAML files into models, every mistake with its place. The only room that knows YAML.

It does no reading of its own: bytes come in, data and problems go out.
"""

from runner.parsing.dialect import Parsed, parse
from runner.parsing.intake import take_in
from runner.parsing.levels import Data
from runner.parsing.unseen import unseen_in
from runner.parsing.validation import validate

__all__ = ["Data", "Parsed", "parse", "take_in", "unseen_in", "validate"]
