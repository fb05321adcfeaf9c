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
  async function save() {
    await suche.parts("tabelle");
    suche.tabelle.save("suchanfragen-ohne-treffer.csv", [["Tag", "Suchanfrage ohne Treffer"],
      ...all().map((entry) => [entry.tag, entry.anfrage])]);
  }

  function button(text, action) {
    const element = suche.treffer.make("button", "ws-knopf", text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  /** What the page advises (theme/wissen/suche.html); a mail says what was looked for. */
  function advice(query) {
    const template = document.getElementById("ws-suche-rat");
    const copy = template ? document.importNode(template.content, true)
      : document.createDocumentFragment();
    for (const link of copy.querySelectorAll("a")) {
      if (link.protocol === "mailto:") {
        link.href += "?subject=" + encodeURIComponent("Wissensspeicher: " + query);
      } else {
        const address = new URL(suche.address(link.href));
        const name = "ankuendigen" in link.dataset ? "bedarf" : "geprueft" in link.dataset ? "q" : "";
        if (name) {
          address.searchParams.set(name, query);
        }
        link.href = address.href;
      }
    }
    return copy;
  }

  /** Hits, but none that was meant: say so, and lead on. */
  function doubt(query) {
    const make = suche.treffer.make;
    const rest = advice(query);
    const box = make("p", "ws-suche__vage ws-hinweis ws-hinweis--achtung");
    const text = make("span", "", make("strong", "", "Vielleicht gibt es zu „" + query + "“ noch nichts."),
      " Diese Treffer sind nur entfernt ähnlich.");
    const announce = rest.querySelector("[data-ankuendigen]");
    const ask = rest.querySelector("[data-fragen]");
    if (announce) {
      announce.textContent = "Prüfung ankündigen";
      text.append(" ", announce);
    }
    if (ask) {
      ask.textContent = "Redaktion fragen";
      text.append(" ", ask);
    }
    box.append(text);
    return box;
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
    box.append(make("h2", "", "Zu „" + query + "“ gibt es noch keinen Eintrag"), advice(query));
    const kept = all().length;
    if (kept > 0) {
      const row = make("p", "ws-suche__merkliste",
        "Dieser Browser hat sich " + (kept === 1 ? "eine Anfrage" : kept + " Anfragen")
        + " ohne Treffer gemerkt, nur auf diesem Gerät. Die Redaktion freut sich über die Liste. ");
      row.append(button("Liste speichern", save), button("Liste löschen", () => {
        keep([]);
        row.remove();
      }));
      box.append(row);
    }
    return box;
  }

  suche.nulltreffer = { note: note, panel: panel, doubt: doubt, advice: advice, all: all };
}(typeof globalThis === "undefined" ? this : globalThis));
