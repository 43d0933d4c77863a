"""The commands, one module each; what only one of them needs stands beside it, under its name."""
