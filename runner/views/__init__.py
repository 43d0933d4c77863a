"""Show problems, plans and outcomes: values in, text out. Nothing here prints."""
