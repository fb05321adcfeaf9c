"""Comparing evaluations and moving weights: the working, its twin in the browser, the pages."""
