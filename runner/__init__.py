"""Campaigns as code for X: declared in YAML, reviewed in a pull request, published once, on time."""
