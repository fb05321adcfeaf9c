"""Tests of the finished site: files, links, contract, leaks, reproducibility."""
