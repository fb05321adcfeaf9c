/* Queries without a hit: kept in this browser only, for the reader to hand on if they like. */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const KEY = "wissen-nulltreffer";
  const MOST = 200;

  /** The kept queries, newest first: [{anfrage, tag}]. */
  function all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept : [];
    } catch (error) {
      return [];
    }
  }

  function keep(entries) {
    try {
      localStorage.setItem(KEY, JSON.stringify(entries.slice(0, MOST)));
    } catch (error) {
      // Storage may be switched off; then nothing is kept.
    }
  }

  /** Remember a query, once. */
  function note(query) {
    const others = all().filter((entry) => entry.anfrage !== query);
    keep([{ anfrage: query, tag: new Date().toISOString().slice(0, 10) }, ...others]);
  }

  /** Offer the kept queries as a table file. */
  function save() {
    const cell = (text) => "\"" + String(text).replace(/^([=+\-@\t])/, "'$1").replace(/"/g, "\"\"") + "\"";
    const lines = all().map((entry) => cell(entry.tag) + ";" + cell(entry.anfrage));
    const blob = new Blob(["\ufeffTag;Suchanfrage ohne Treffer\r\n" + lines.join("\r\n") + "\r\n"],
      { type: "text/csv" });
    const link = suche.treffer.link(URL.createObjectURL(blob), "");
    link.download = "suchanfragen-ohne-treffer.csv";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function button(text, action) {
    const element = suche.treffer.make("button", "ws-knopf", text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  /** What to do when nothing was found. */
  function panel(query, withoutFilters, onClear) {
    const make = suche.treffer.make;
    const box = make("div", "ws-suche__leer");
    if (withoutFilters > 0) {
      box.append(make("p", "", "Mit dieser Eingrenzung gibt es keinen Treffer, ohne sie "
        + withoutFilters.toLocaleString("de-DE") + "."),
      button("Eingrenzung aufheben", onClear));
      return box;
    }
    const announce = suche.treffer.link(suche.address("mitmachen/"), "Kündigen Sie Ihre Prüfung an");
    box.append(
      make("p", "", "Zu „" + query + "“ gibt es noch keinen Eintrag."),
      make("ul", "",
        make("li", "", "Versuchen Sie ein allgemeineres Wort oder die Sache statt des Produktnamens."),
        make("li", "", announce, ": Andere mit demselben Bedarf schließen sich an, statt doppelt zu prüfen.")));
    const kept = all().length;
    if (kept > 0) {
      const row = make("p", "ws-suche__merkliste",
        "Dieser Browser hat sich " + (kept === 1 ? "eine Anfrage" : kept + " Anfragen")
        + " ohne Treffer gemerkt, nur auf diesem Gerät. Die Redaktion freut sich über die Liste. ");
      row.append(button("Liste speichern", save), " ", button("Liste löschen", () => {
        keep([]);
        row.remove();
      }));
      box.append(row);
    }
    return box;
  }

  suche.nulltreffer = { note: note, panel: panel, all: all };
}(typeof globalThis === "undefined" ? this : globalThis));
