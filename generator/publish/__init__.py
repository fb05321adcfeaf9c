"""From the finished site to where it is read: folder, releases, SFTP, WebDAV, ZIP.

`manifest.py` says what a site holds, `plan.py` what must be done in which order (both pure), `inplace.py`
does it on a `Store` (`store.py`; `folder.py`, `sftp.py`, `webdav.py` are the stores), `releases.py` and
`archive.py` make something new and put it in the place of the old at once.
"""
