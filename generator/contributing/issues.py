"""Answers of an issue form or a description template → a submission.

GitHub writes „### Heading“ and the answer below for each field of a form; the templates for GitLab have the
same headings.  Headings are those of the field table, so both are read the same way.
"""

from __future__ import annotations

import re
from typing import Any

from generator.contributing.excel_import import in_values
from generator.contributing.importing import Submission
from generator.contributing.notation import parse
from generator.records.problems import did_you_mean
from generator.records.types import TYPES
from generator.records.value_rules import slug

MOST = 256 * 1024
_HEADING = re.compile(r"^#{2,4}[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"<!--\s*wissen:([a-z-]+)\s*-->")
_EMPTY = ("_No response_", "_Keine Antwort_", "Keine Angabe", "None", "")
TYPE_HEADING = "Art des Eintrags"
BODY_HEADING = "Text"


class CannotReadIssue(Exception):
    """This text holds no answers; the German reason."""


def read_issue(text: str) -> Submission:
    """The record that an issue describes."""
    if len(text) > MOST:
        raise CannotReadIssue("Der Text ist zu lang. Bitte höchstens 256 KB.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    answers = _answers(text)
    typ = _typ(text, answers)
    if typ is None:
        raise CannotReadIssue(
            f"Aus dem Text geht nicht hervor, um welche Art von Eintrag es geht. Es fehlt der Abschnitt „### {TYPE_HEADING}“. "
            f"Erlaubt: {', '.join(TYPES)}."
        )
    model = TYPES[typ]
    names = {slug(str(i.title)): n for n, i in model.model_fields.items() if i.title and n != "typ"}
    names |= {slug(n): n for n in names.values()}
    found = Submission(typ, {}, lambda name: _place(name, typ))
    for heading, answer in answers:
        key = slug(re.sub(r"\*$", "", heading))
        if key in (slug(TYPE_HEADING), "hinweise", "datenschutz-und-vergabe") or answer in _EMPTY:
            continue
        if key == slug(BODY_HEADING):
            found.body = answer
        elif key == "kennung":
            found.ident = answer
        elif key in names:
            info = model.model_fields[names[key]]
            found.values[names[key]] = in_values(parse(answer, info), info)
        else:
            near = did_you_mean(heading, [str(model.model_fields[n].title) for n in names.values()])
            found.complaints.append((heading, f"Diesen Abschnitt gibt es bei „{model.einzahl}“ nicht.{near}"))  # fmt: skip
    if not found.values:
        raise CannotReadIssue("Es ist noch keine Frage beantwortet.")
    return found


def _answers(text: str) -> list[tuple[str, str]]:
    """(heading, answer) of each section; what is in the free text below „### Text“ stays together."""
    text = _without_comments(text)
    matches = [*_HEADING.finditer(text)]
    found = []
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        if slug(match[1]) == slug(BODY_HEADING):
            found.append((match[1], _fenced(text[match.end() :])))
            break
        found.append((match[1], _fenced(text[match.end() : end])))
    return found


def _without_comments(text: str) -> str:
    """Without the hints of the template.  One pass: a text may open thousands of comments and close none."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _fenced(answer: str) -> str:
    """The answer without the fence that GitHub puts around rendered fields."""
    answer = answer.strip()
    fence = re.fullmatch(r"```[a-z]*\n(.*)\n```", answer, re.S)
    return (fence[1] if fence else answer).strip("\n")


def _typ(text: str, answers: list[tuple[str, str]]) -> str | None:
    mark = _MARK.search(text)
    said: Any = mark[1] if mark else next((a for h, a in answers if slug(h) == slug(TYPE_HEADING)), "")  # fmt: skip
    wanted = slug(str(said))
    for typ, model in TYPES.items():
        if wanted in (typ, slug(model.einzahl), slug(model.mehrzahl)):
            return typ
    return None


def _place(name: str, typ: str) -> str:
    info = TYPES[typ].model_fields.get(name)
    label = {"id": "Kennung", "text": BODY_HEADING}.get(name) or (info.title if info else name)
    return f"Abschnitt „{label}“" if label else "Formular"
