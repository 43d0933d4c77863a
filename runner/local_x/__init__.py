"""A local X: the calls that Campaign Runner makes, answered on loopback as X answers them.

It owns what X does with a request, what it refuses and what its timelines show; it knows nothing
of campaigns, plans or the ledger. `server` starts and stops it. It needs the extra `sandbox`;
nothing here is imported without it.
"""
