"""Occurrence + templates → rendered post: strict, sandboxed, bounded."""
