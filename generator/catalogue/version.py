"""The version of a record: a short fingerprint of what it says, so that a quotation can be checked.

Fields of the intercommunal build only (`intern`) and the place of the file do not count: the same
statements have the same version in every build.
"""

from __future__ import annotations

from hashlib import sha256

from generator.records.common import Record

LENGTH = 10
_BESIDE = {"intern", "datei"}


def version(record: Record) -> str:
    """Ten hexadecimal digits.  `record` is a plain record, not one that notes its reads."""
    written = record.model_dump_json(exclude=_BESIDE)
    return sha256(written.encode()).hexdigest()[:LENGTH]
