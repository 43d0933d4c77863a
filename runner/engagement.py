"""What people do with a post, and how much each of it counts."""

from typing import Final

WEIGHTS: Final = {"replies": 5.0, "quotes": 5.0, "shares": 2.0, "reposts": 1.0, "likes": 0.5}
"""In a score: as X's own published code weighs them, so that what brings a post before others
counts before what is done in passing."""
