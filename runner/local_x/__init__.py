"""A local X: the calls that Campaign Runner makes, answered on loopback as X answers them.

`server` starts and stops it. It needs the extra `sandbox`; nothing here is imported without it.
"""
