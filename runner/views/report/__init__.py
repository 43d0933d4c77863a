"""What a report shows in any format, in words and tables."""
