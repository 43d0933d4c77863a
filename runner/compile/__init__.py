"""What a campaign's file comes to, as far as neither the ledger nor the clock decides it.

It owns the compiled campaign: its dates, and what each of its posts says with each of its items,
rendered once however often it is asked for. A timetable and the render assets come in; `plan`
picks what is due, and the rules look at everything.
"""

from runner.compile.compiled import CompiledCampaign, compile_all
from runner.compile.rehearsal import Rehearsal, rehearsals

__all__ = ["CompiledCampaign", "Rehearsal", "compile_all", "rehearsals"]
