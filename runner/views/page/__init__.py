"""A plan as one self-contained HTML file: sums, calendar, and each post as X will show it."""
