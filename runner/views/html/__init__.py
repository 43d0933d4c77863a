"""Pages: the preview of a plan as one self-contained HTML file, and posts as X shows them."""
