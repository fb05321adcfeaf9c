"""One file → one checked record, or problems with file, line and column."""
