"""What our dialect of YAML refuses, and what its parser gives up on, for people who only write.

It owns the messages of these errors and where they point to. Text and offsets into it come in,
problems go out. It knows no model and no data, only text.
"""
