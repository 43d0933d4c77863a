"""Shows problems, plans, changes and outcomes: values in, text out; a folder for each format.

What all formats share (listings, phrases, what keeps a text from hiding anything) stands beside
the folders. Nothing here prints, and nothing decides.
"""
