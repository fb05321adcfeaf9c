"""The commands of `wissen`, one module each; `generator/cli.py` puts them together."""
