"""Values as lines for a terminal or a log."""
