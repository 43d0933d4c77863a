"""Where the ledger is kept: a folder, or branches of the remote.

It owns the layout of the ledger's files, and reading and writing them so that nothing is lost or
told twice. Both stores satisfy `runner.publish.ports.Ledger`; what lines mean is for `ledger`.
"""
