"""What a rule across records yields."""

from __future__ import annotations

from typing import TypeAlias

from generator.records.common import Record
from generator.records.problems import Severity
from generator.records.yaml_reader import Path

# Where (record and path in it), how bad, the rule's code, and the German message.
Finding: TypeAlias = tuple[Record, Path, Severity, str, str]
