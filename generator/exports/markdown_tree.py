"""The whole wiki as plain Markdown, for any other generator: headings, tables and ordinary links only.

One page per record at `<folder>/<id>.md`, lists per type, the static pages and the pictures.  Nothing in
it needs this program: values of vocabularies are words, references are links, groups are tables.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.catalogue.catalogue import Catalogue
from generator.catalogue.links import page_url, resolve, with_links
from generator.records.common import Record
from generator.records.evaluation_types import Bewertung
from generator.records.fieldtable import rules_of, vocabulary_of
from generator.records.files import read_page
from generator.records.german import german_date, german_number
from generator.records.messages import nested_model
from generator.records.types import TYPES
from generator.records.value_rules import ReferenceRule, TextRule
from generator.records.vocabulary import GUELTIGKEIT

_HEAD = frozenset({"typ", "titel", "kurzfassung", "intern", "frueher"})


def markdown_tree(catalogue: Catalogue, root: Path) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every file."""
    for record in catalogue.records.values():
        yield f"{record.ordner}/{record.id}.md", _record(record, catalogue).encode()
    for typ, model in TYPES.items():
        some = [r for r in catalogue.records.values() if r.typ == typ]
        if some:
            lines = [f"# {model.mehrzahl}", "", model.beschreibung, ""]
            lines += [f"- [{_inline(r.titel)}]({r.id}.md): {_inline(r.kurzfassung)}" for r in some]
            yield f"{model.ordner}/index.md", ("\n".join(lines) + "\n").encode()
    for page in catalogue.pages:
        source = read_page(root / page, page)
        yield page, (_linked(source.body, page, catalogue).strip() + "\n").encode()
    for asset in catalogue.assets:
        yield asset, (root / asset).read_bytes()
    if "index.md" not in catalogue.pages:
        yield "index.md", _start(catalogue).encode()


def _start(catalogue: Catalogue) -> str:
    lines = [f"# {_inline(catalogue.settings.titel or 'Wissensspeicher')}", ""]
    for typ, model in TYPES.items():
        number = sum(r.typ == typ for r in catalogue.records.values())
        if number:
            lines.append(f"- [{model.mehrzahl}]({model.ordner}/index.md): {number}")
    return "\n".join(lines) + "\n"


def _record(record: Record, catalogue: Catalogue) -> str:
    judged = catalogue.validity(record)
    head = {"title": record.titel, "description": record.kurzfassung, "date": record.stand.isoformat()}  # fmt: skip
    front = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in head.items())
    lines = [f"---\n{front}---\n", f"# {_inline(record.titel)}\n", f"{_inline(record.kurzfassung)}\n"]  # fmt: skip
    until = f"{GUELTIGKEIT.label(judged.state)}, bis {german_date(judged.until)}"
    lines.append(
        f"- **Art:** {record.einzahl}\n- **Kennung:** {record.id}\n- **Gültigkeit:** {until}"
    )
    if judged.successor:
        lines[-1] += f"\n- **Ersetzt durch:** {_link(judged.successor, record, catalogue)}"
    if isinstance(record, Bewertung) and (score := catalogue.score(record)) is not None:
        lines[-1] += f"\n- **Nutzwert:** {german_number(score.total, 2)} von 10"
    sections: list[str] = []
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if info.title is None or name in _HEAD or value in (None, (), {}):
            continue
        group = nested_model(info.annotation)
        rule = next(iter(rules_of(info)), None)
        if isinstance(rule, TextRule) and rule.markdown:
            sections.append(f"## {info.title}\n\n{_linked(str(value), record.datei, catalogue)}\n")
        elif group is not None and isinstance(value, tuple):
            sections.append(f"## {info.title}\n\n{_table(value, group, record, catalogue)}\n")
        else:
            lines[-1] += f"\n- **{info.title}:** {_words(value, info, record, catalogue)}"
    lines[-1] += "\n"
    if record.text.strip():
        sections.append(_linked(record.text, record.datei, catalogue).strip() + "\n")
    return "\n".join([*lines, *sections])


def _words(value: Any, info: Any, record: Record, catalogue: Catalogue) -> str:
    if isinstance(value, tuple):
        return ", ".join(_words(v, info, record, catalogue) for v in value)
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return german_date(value)
    if isinstance(value, Decimal | int):
        return german_number(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{_inline(str(k))}: {_inline(str(v))}" for k, v in value.items())
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        parts = ((fields[n].title, _words(getattr(value, n), fields[n], record, catalogue)) for n in fields if getattr(value, n) is not None)  # fmt: skip
        return ", ".join(f"{label} {text}" for label, text in parts)
    text = str(value)
    if any(isinstance(r, ReferenceRule) for r in rules_of(info)):
        return _link(text, record, catalogue)
    vocabulary = vocabulary_of(info)
    return _inline(vocabulary.label(text) if vocabulary else text)


def _table(entries: tuple[Any, ...], group: Any, record: Record, catalogue: Catalogue) -> str:
    fields = group.model_fields
    names = [n for n in fields if any(getattr(e, n) is not None for e in entries)]
    lines = ["| " + " | ".join(str(fields[n].title) for n in names) + " |", "|" + " --- |" * len(names)]  # fmt: skip
    for entry in entries:
        cells = [
            "" if getattr(entry, n) is None
            else _words(getattr(entry, n), fields[n], record, catalogue)
            for n in names
        ]  # fmt: skip
        lines.append("| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |")  # fmt: skip
    return "\n".join(lines)


def _link(ident: str, record: Record, catalogue: Catalogue) -> str:
    target = catalogue.get(ident)
    if target is None:
        return _inline(ident)
    href = posixpath.relpath(f"{target.ordner}/{target.id}.md", record.ordner)
    return f"[{_inline(target.titel)}]({href})"


def _linked(text: str, datei: str, catalogue: Catalogue) -> str:
    """Markdown with links that lead to the files of this tree."""
    here = posixpath.dirname(datei)
    record = catalogue.records.get(posixpath.splitext(posixpath.basename(datei))[0])
    if record is not None and record.datei == datei:
        here = record.ordner
    files = {page_url(page): page for page in catalogue.pages}

    def change(href: str) -> str | None:
        target = resolve(catalogue, datei, href)
        if target is None or not target.path:
            return None
        path = files.get(target.path) or (
            f"{target.path.rstrip('/')}.md" if target.path.endswith("/") else target.path
        )
        return posixpath.relpath(path, here or ".") + target.anchor

    return with_links(text, change)


def _inline(text: str) -> str:
    """Text that Markdown does not take for anything else."""
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
