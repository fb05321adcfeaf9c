/* Results as a table, and as a file for a spreadsheet. */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
  const COLUMNS = 2;

  /** The labels of a document in a facet. */
  function labels(facet, document_) {
    return facet.sets[facet.codes[document_]].map((number) => facet.labels[number]);
  }

  /** A cell for a spreadsheet: always in quotes, and never a formula (CSV injection). */
  function cell(text) {
    const said = String(text === undefined || text === null ? "" : text);
    return "\"" + (FORMULA.test(said) ? "'" + said : said).replace(/"/g, "\"\"") + "\"";
  }

  /** Rows of cells as German spreadsheets read them: semicolons, and a mark for UTF-8 first. */
  function csv(rows) {
    return "\ufeff" + rows.map((row) => row.map(cell).join(";") + "\r\n").join("");
  }

  /** Let the browser save a table. */
  function save(name, rows) {
    const link = suche.treffer.link(URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv" })), "");
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** An id in an address; that of a record of another wiki is “wiki:id” and lies in a folder of that wiki. */
  const inPath = (id) => id.replace(":", "/");

  /** All columns of some documents, in their order: [[heading, …], [cell, …], …]. */
  async function rows(index, lists, facets, documents) {
    await lists.complete(facets);
    const deadlines = await lists.deadlines();
    const typs = [...new Set(documents.map((document_) => lists.typOf(document_)))];
    const told = new Map();
    await Promise.all(typs.map(async (typ) => {
      const those = documents.filter((document_) => lists.typOf(document_) === typ);
      const kind = await lists.kind(typ);
      const names = await lists.names(typ, those);
      const sample = await index.card(kind.first); // all of a kind are addressed alike
      const place = new RegExp("^(.*/|)" + inPath(sample.id) + "((?:\\.html)?(?:/.*)?)$");
      those.forEach((document_, at) => {
        const address = sample.url.replace(place, (_, before, after) => before + inPath(names[at].id) + after);
        told.set(document_, {
          id: names[at].id,
          title: names[at].title,
          stand: kind.stand[document_ - kind.first],
          address: suche.address(address)
        });
      });
    }));
    const german = (day) => day.split("-").reverse().join(".");
    const shown = facets.filter((facet) => facet.name !== "jahr");
    const head = ["Titel", ...shown.map((facet) => facet.label), "Gilt bis", "Stand", "Adresse", "Kennung"];
    return [head, ...documents.map((document_) => {
      const one = told.get(document_);
      return [one.title, ...shown.map((facet) => labels(facet, document_).join(", ")),
        german(deadlines[document_]), german(one.stand), one.address, one.id];
    })];
  }

  /** Those facets of a kind that are columns of its table. */
  function columns(own) {
    return (own || []).slice(0, COLUMNS);
  }

  /** A table of results. own: the facets of their kind, or null if they are of several kinds. */
  function table(documents, cards, items, own, order, onOrder) {
    const isMixed = own === null;
    const extra = columns(own);
    const head = make("tr", "", heading("Titel", "titel", isMixed ? null : order, onOrder),
      isMixed ? heading("Art") : null,
      heading("Ergebnis und Gültigkeit", "frist", order, onOrder),
      ...extra.map((facet) => heading(facet.label)),
      heading("Organisation"), heading("Stand", "neu", order, onOrder));
    const body = make("tbody", "", ...items.map((item, at) => {
      const card = cards[at].card;
      const row = make("tr", "", data("", "ws-ganz", item.title, " ", item.choose),
        isMixed ? data("Art", "", card.typ || "") : null,
        data("", "ws-ganz", item.marks),
        ...extra.map((facet) => data(facet.label, "", labels(facet, documents[at]).join(", ") || "–")),
        data("Organisation", "", card.organisation || "–"), data("Stand", "", card.datum || "–"));
      row.dataset.recordId = cards[at].id;
      suche.treffer.fit(row, cards[at]);
      return row;
    }));
    return make("div", "ws-rolle", make("table", "ws-tabelle",
      make("caption", "ws-unsichtbar", "Treffer"), make("thead", "", head), body));
  }

  function heading(text, name, order, onOrder) {
    const element = make("th", "");
    element.scope = "col";
    if (!name || order === null) {
      element.append(text);
      return element;
    }
    const button = make("button", "ws-ordnen", text);
    button.type = "button";
    button.addEventListener("click", () => onOrder(order === name ? "" : name));
    if (order === name) {
      element.setAttribute("aria-sort", name === "neu" ? "descending" : "ascending");
    }
    element.append(button);
    return element;
  }

  function data(label, className, ...children) {
    const element = make("td", className, ...children);
    if (label) {
      element.dataset.kopf = label;
    }
    return element;
  }

  suche.tabelle = { table: table, columns: columns, rows: rows, save: save, csv: csv };
}(typeof globalThis === "undefined" ? this : globalThis));
