"""X over its API v2: whose credentials, what is sent, and what the answers mean.

It owns requests, time limits and the meaning of each refusal, and is the only room that knows
tweepy. Rendered parts come in; receipts, rejections and doubts (`publish.ports`) go out.
"""
