"""What a campaign's file comes to, as far as neither the ledger nor the clock decides it.

It owns the dated campaign, whose posts are rendered once however often they are asked for, and the
compiled one: what is wrong in it and what other campaigns have to know of it, as plain data. A
campaign's file and the render assets come in; `plan` picks what is due.
"""

from runner.compile.compiled import CampaignCompiler, CompiledCampaign
from runner.compile.dated import DatedCampaign, Dating, date_all

__all__ = [
    "CampaignCompiler",
    "CompiledCampaign",
    "DatedCampaign",
    "Dating",
    "date_all",
]
