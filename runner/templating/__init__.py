"""Our dialect of Jinja: strict, sandboxed, bounded; text and a context in, text or errors out.

It owns the template engine, its filters, what templates may look at, and how much work they may
do. It knows nothing of campaigns, posts or files: `render/` brings those as a context.
"""
