"""The catalogue for machines: JSON API, JSON Schemas, CSV, sitemap."""
