"""Do a plan through ports."""
