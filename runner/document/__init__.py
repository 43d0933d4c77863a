"""YAML files into models, every mistake with its place. The only room that knows YAML.

It does no reading of its own: bytes come in, data and problems go out.
"""

from runner.document.dialect import Parsed, parse
from runner.document.intake import take_in
from runner.document.levels import Data
from runner.document.unseen import unseen_in
from runner.document.validation import validate

__all__ = ["Data", "Parsed", "parse", "take_in", "unseen_in", "validate"]
