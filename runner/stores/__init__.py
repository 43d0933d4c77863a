"""Where the ledger is kept. Both stores satisfy `runner.apply.ports.Ledger`."""
