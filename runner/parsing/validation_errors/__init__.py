"""What a model refuses: pydantic's errors as mistakes, their root causes, and the message of each.

It owns the words of these errors. Errors, parsed data and the model's schema come in, messages go
out. It knows pydantic's core schema, and nothing of any one model.
"""
