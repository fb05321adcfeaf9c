"""Catalogue → pages: what is on each page, and its HTML inside the shell."""
