"""`redaktion/`: Sveltia CMS, configured from the field table.  Only with `wissen build --with-cms`."""
