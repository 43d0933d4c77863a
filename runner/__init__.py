"""Campaigns as code for X: YAML, reviewed in a pull request, published once, on time."""
