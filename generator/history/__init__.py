"""What changed in each record and when, read from git where the content lies in a git work tree."""
