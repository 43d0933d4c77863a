"""Where the ledger is kept. Both stores satisfy `runner.publish.ports.Ledger`."""
