"""Links: those within a finished site, and those to sources elsewhere."""
