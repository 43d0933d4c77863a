"""Models → dated occurrences."""
