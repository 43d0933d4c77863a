"""What a campaign's file comes to, as far as neither the ledger nor the clock decides it.

It owns the compiled campaign, what is wrong in it and what other campaigns have to know of it; and
the dated one, for plans: its times, and its texts, each rendered once. Both are plain data: models
live as long as a file is compiled, or a text that is not known yet is rendered. A campaign's file
and the render assets come in; `plan` picks what is due.

Its words:

compiled campaign: all that a file comes to: what is wrong in it, and what other campaigns have to
    know of it.
dated campaign: a campaign as plans take it: its times, what it declares, and what is known of its
    texts; for a text that is not known its file is read anew.
rehearsal: each text that a post may come to say, tried before it is due.
"""

from runner.compile.compiled import CampaignCompiler, Compilation, CompiledCampaign
from runner.compile.dated import DatedCampaign, ReadAnew, date_campaign
from runner.compile.known_texts import TextRequest
from runner.compile.texts import CampaignTexts, JudgedText

__all__ = [
    "CampaignCompiler",
    "CampaignTexts",
    "Compilation",
    "CompiledCampaign",
    "DatedCampaign",
    "JudgedText",
    "ReadAnew",
    "TextRequest",
    "date_campaign",
]
