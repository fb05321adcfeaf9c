"""Hostile content: a clear problem, or harmless text on every page."""
