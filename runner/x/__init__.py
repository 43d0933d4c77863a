"""X over its API v2: whose credentials, what is sent, and what the answers mean."""
