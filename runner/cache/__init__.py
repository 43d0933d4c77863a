"""What was found out before and holds still, kept in `.runner/cache`.

It owns the files there and decides whether they may be believed: they hold data only, signed with a
key of their user, and whatever is odd about a line is as if it were not there. Nothing that
publishes reads it. This face is empty: `last_answer` is asked before anything else, and may not
wait for what others import.

Its word:

basis: a digest of all that a campaign rests on beside its file.
"""
