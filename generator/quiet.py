"""Importing this module silences Material's end-of-life banner (it ends on 2027-05-05).

We know, and have planned for it (see the design's chapter on portability); in every build's output the
banner would only worry the people who publish.  `mkdocs.yml` names `NOTICE`, so that MkDocs imports this
before it loads the theme.
"""

import os

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
NOTICE = ""
