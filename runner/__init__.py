"""Campaigns as code for X: YAML, reviewed in a pull request, published once, on time."""

__version__ = "0.1.0"
"""As in pyproject.toml. It stands here too because on GitHub the runner is started from its source,
which no installer has seen."""
