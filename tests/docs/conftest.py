"""A project of its own beside a local X, as the acceptance tests have it."""

from tests.acceptance.conftest import desktop

__all__ = ["desktop"]
