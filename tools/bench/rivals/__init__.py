"""The other generators: their versions are locked here, their sites are as plain as they come.

Each makes one page per record from front matter and Markdown with header, navigation and footer, and
paginated lists per type.  Eleventy and Hugo get no search; stock MkDocs + Material has its own.
"""
