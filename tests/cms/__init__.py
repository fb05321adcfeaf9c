"""The CMS at redaktion/: its configuration, its way with files, and what it does in Chromium."""
