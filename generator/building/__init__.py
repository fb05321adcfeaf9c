"""From a checked catalogue to the files of the site: whole, in parallel, or only what has changed."""
