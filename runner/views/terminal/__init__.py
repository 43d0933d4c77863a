"""Values as text for a terminal or a log, in colour or without."""
