"""The CMS in Chromium, over the folder of the example county as a local repository.

The browser's own private file system stands in for the folder that a person would choose.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.checking import check_content
from generator.records.problems import Severity
from generator.records.types import TYPES
from tests.browser.server import served
from tests.browser.watch import Watch, watch
from tests.helpers import DAY
from tests.site.sites import COUNTY

RECORDS = {
    f"content/{p.relative_to(COUNTY).as_posix()}": p.read_text(encoding="utf-8")
    for p in sorted(COUNTY.rglob("*"))
    if p.suffix in (".md", ".yml")
}
_FOLDER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
_FILL = """async (files) => {
  const root = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    let folder = root;
    const parts = path.split("/");
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const writer = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await writer.write(text);
    await writer.close();
  }
  await root.getDirectoryHandle(".git", { create: true });
}"""
_READ = """async () => {
  const found = {};
  async function read(folder, below) {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await read(handle, `${below}${name}/`);
      else found[below + name] = await (await handle.getFile()).text();
    }
  }
  await read(await navigator.storage.getDirectory(), "");
  return found;
}"""


@pytest.fixture
def editor(browser: Browser, editor_site: Path) -> Iterator[Watch]:
    """The page as it starts.  Whatever it asks of others, and all that its policy stops, is a fault."""
    with served(editor_site, "frame-ancestors 'none'") as address:
        context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 1000})
        context.set_default_timeout(20_000)
        context.add_init_script(_FOLDER)
        editing = watch(context, address)
        try:
            editing.open("redaktion/index.html")
            editing.page.evaluate(_FILL, RECORDS)
            yield editing
            editing.settle("redaktion/")
        finally:
            context.close()
    own = f"request to blob:{address.split('/unter/')[0]}/"  # what the page has made itself
    assert [f for f in editing.faults if own not in f] == []


def sign_in(editor: Watch) -> Page:
    page = editor.page
    page.get_by_role("button", name="Mit lokalem Repository arbeiten").click()
    expect(page.get_by_role("treeitem", name="Projekte")).to_be_visible(timeout=20_000)
    return page


def open_record(page: Page, collection: str, title: str) -> None:
    page.get_by_role("treeitem", name=collection).first.click()
    page.get_by_role("row", name=title).get_by_text(title, exact=True).click()
    expect(page.get_by_role("textbox", name="Titel").first).to_be_visible()


def scrolled_to(page: Page, field: str) -> Locator:
    """A field further down; the CMS makes those in sight only."""
    found = page.locator(f"[data-key-path='{field}']")
    page.mouse.move(600, 600)
    for _ in range(40):
        if found.count():
            break
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(100)
    found.scroll_into_view_if_needed()
    return found


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("row").first).to_be_visible(timeout=20_000)


def written(page: Page, before: dict[str, str]) -> dict[str, str]:
    """The files that are not as they were."""
    files: dict[str, str] = page.evaluate(_READ)
    assert before.keys() <= files.keys()
    return {path: text for path, text in files.items() if before.get(path) != text}


def errors(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """What `wissen check` finds in the county with these files."""
    for path, text in {**RECORDS, **files}.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    found = check_content(tmp_path / "content", DAY).problems
    return [str(p) for p in found if p.severity is Severity.ERROR]


def changed_lines(path: str, text: str) -> list[str]:
    lines = difflib.ndiff(RECORDS[path].splitlines(), text.splitlines())
    return [line for line in lines if line[:1] in "+-"]


def test_starts_in_german_and_offers_the_folder_only(editor: Watch) -> None:
    buttons = editor.page.locator("button:visible")
    expect(buttons).to_have_count(1)  # the county has no repository, so nowhere to sign in
    expect(buttons).to_have_text("Mit lokalem Repository arbeiten")


def test_lists_every_record_of_every_type(editor: Watch) -> None:
    page = sign_in(editor)
    for model in TYPES.values():
        number = sum(p.startswith(f"content/{model.ordner}/") and p.endswith(".md") for p in RECORDS)  # fmt: skip
        item = page.get_by_role("treeitem", name=model.mehrzahl).first
        expect(item).to_contain_text(str(number))
    expect(page.get_by_role("treeitem", name="Best Practices (.yml)")).to_contain_text("1")


def test_a_changed_field_is_all_that_changes(editor: Watch, tmp_path: Path) -> None:
    page = sign_in(editor)
    open_record(page, "Bewertungen", "Abholbox für Ausweise")
    page.get_by_role("textbox", name="Titel").first.fill("Abholbox für Ausweise und Pässe")
    save(page)
    path = "content/bewertungen/abholbox-fuer-ausweise.md"
    found = written(page, RECORDS)
    assert list(found) == [path]
    assert changed_lines(path, found[path]) == [
        "- titel: Abholbox für Ausweise",
        "+ titel: Abholbox für Ausweise und Pässe",
    ]
    assert errors(tmp_path, found) == []


def test_every_type_can_be_saved(editor: Watch, tmp_path: Path) -> None:
    page = sign_in(editor)
    changed = {}
    for model in TYPES.values():
        path = next(p for p in RECORDS if p.startswith(f"content/{model.ordner}/") and p.endswith(".md"))  # fmt: skip
        title = next(line for line in RECORDS[path].splitlines() if line.startswith("titel: "))
        open_record(page, model.mehrzahl, title.removeprefix("titel: "))
        summary = page.get_by_role("textbox", name="Kurz gesagt").first
        summary.fill("Kurz und neu.")
        save(page)
        changed[path] = "kurzfassung: Kurz und neu."
    found = written(page, RECORDS)
    assert found.keys() == changed.keys()
    for path, line in changed.items():
        lines = changed_lines(path, found[path])
        assert [text for text in lines if text.startswith("+")] == [f"+ {line}"], path
    assert errors(tmp_path, found) == []


def test_groups_keep_what_was_not_touched(editor: Watch, tmp_path: Path) -> None:
    page = sign_in(editor)
    open_record(page, "Bewertungen", "Abholbox für Ausweise")
    yearly = scrolled_to(page, "kosten.laufend_jahr")
    yearly.scroll_into_view_if_needed()
    yearly.locator("[data-key-path$='.bis'] input").fill("1950.50")
    save(page)
    path = "content/bewertungen/abholbox-fuer-ausweise.md"
    found = written(page, RECORDS)
    assert changed_lines(path, found[path]) == ["-     bis: 1800", "+     bis: 1950.5"]
    assert errors(tmp_path, found) == []


def test_personal_data_is_stopped_before_it_is_written(editor: Watch) -> None:
    page = sign_in(editor)
    open_record(page, "Bewertungen", "Abholbox für Ausweise")
    page.get_by_role("textbox", name="Bedarf").first.fill(
        "Bei Fragen hilft Frau Müller, Tel. 02551 69-1234."
    )
    page.get_by_role("button", name="Speichern").click()
    told = page.locator("#ws-wacht")
    expect(told).to_contain_text("Noch nicht gespeichert")
    expect(told).to_contain_text("Bedarf")
    told.get_by_role("button").click()
    expect(told).to_have_count(0)
    assert written(page, RECORDS) == {}


def test_a_new_record_passes_the_check(editor: Watch, tmp_path: Path) -> None:
    page = sign_in(editor)
    page.get_by_role("treeitem", name="Glossar").click()
    page.get_by_role("button", name="Neuen Eintrag anlegen").click()
    page.get_by_role("textbox", name="Titel").first.fill("Aktenplan")
    page.get_by_role("textbox", name="Kurz gesagt").first.fill("Ordnung für alle Akten.")
    page.get_by_role("radio", name="Entwurf").click()
    scrolled_to(page, "stand").get_by_role("button", name="Heute").click()
    scrolled_to(page, "herausgeber").get_by_role("combobox").click()
    page.get_by_role("option", name="Musterkreis", exact=True).click()
    scrolled_to(page, "verantwortlich").get_by_role("textbox").fill("Hauptamt")
    scrolled_to(page, "vertraulichkeit").get_by_role("radio", name="Öffentlich").click()
    definition = scrolled_to(page, "definition")
    definition.locator("textarea:visible, [contenteditable=true]:visible").first.click()
    page.keyboard.type("Ein Aktenplan sagt, wohin jede Akte gehört.")
    sources = scrolled_to(page, "quellen")
    sources.get_by_role("button", name=re.compile("Quellen.*hinzufügen")).click()
    scrolled_to(page, "quellen.0.titel").get_by_role("textbox").fill("Eigene Erfahrung")
    scrolled_to(page, "quellen.0.art").get_by_role("combobox").click()
    page.get_by_role("option", name="Erfahrungsbericht").click()
    save(page)
    found = written(page, RECORDS)
    assert list(found) == ["content/glossar/aktenplan.md"]
    assert "urfassung" not in found["content/glossar/aktenplan.md"]
    assert errors(tmp_path, found) == []
