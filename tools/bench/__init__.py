"""`make bench`: a corpus of any size, and how long this generator and others take for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

DAY = date(2026, 11, 2)
"""The day for which every benchmark builds; the corpus dates from around it."""
EPOCH = str(int(datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC).timestamp()))
"""`SOURCE_DATE_EPOCH` of every measured command."""
