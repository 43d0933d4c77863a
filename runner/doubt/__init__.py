"""An attempt + the timeline → posted, absent, unclear. Pure."""

from runner.doubt.shown import Shown

__all__ = ["Shown"]
