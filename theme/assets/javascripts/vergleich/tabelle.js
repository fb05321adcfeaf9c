/* The comparison as a table: one column per record, one row per statement, rows that differ marked. */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const Bruch = vergleich.Bruch;
  const { make, button, mark, validity } = vergleich.bau;
  const NONE = "keine Angabe";

  /** A cell: `text` is what is compared, `parts` what is shown. */
  function cell(text, ...parts) {
    return { text: text, parts: parts.length ? parts : [text] };
  }

  function small(text) {
    return make("span", "ws-vgl__klein", null, text);
  }

  function row(label, cells, extra) {
    return Object.assign({ label: label, cells: cells.map((c) => c || cell("", NONE)) }, extra);
  }

  function results(records, state) {
    const rows = [];
    if (records.some((record) => record.urteil)) {
      rows.push(row("Ergebnis", records.map((record) =>
        record.urteil && cell(record.urteil[1], mark(record.urteil[0], record.urteil[1])))));
    }
    rows.push(row("Gültigkeit", records.map((record) => {
      const [value, words] = validity(record);
      return cell(value, mark(value, words));
    })));
    rows.push(row("Stand", records.map((record) => cell(record.stand))));
    if (records.some((record) => record.gegenstand)) {
      rows.push(row("Gegenstand", records.map((record) =>
        record.gegenstand && cell(record.gegenstand))));
    }
    if (state.groups.length) {
      const moved = state.groups.some((group) => group.own || !group.common);
      if (moved) {
        rows.push(row("Nutzwert, wie veröffentlicht", records.map((record) => {
          const value = record.kriterien && vergleich.reihung.published(record);
          return value ? cell(value.german(2, true), value.german(2, true) + " von 10") : cell("keine Punkte");
        })));
      }
      rows.push(row(!moved ? "Nutzwert, Rang" : state.groups.some((group) => group.own)
        ? "Nutzwert mit Ihren Gewichten, Rang" : "Nutzwert mit gleichen Gewichten, Rang",
      records.map((record) => rank(record, state.groups))));
    }
    return { title: "Ergebnis", rows: rows };
  }

  function rank(record, groups) {
    const group = groups.find((each) => each.members.some((member) => member.id === record.id));
    if (!group) {
      return cell("keine Punkte");
    }
    const place = group.places.find((each) => each.id === record.id);
    if (!place) {
      return cell("nicht im Rang", vergleich.reihung.unmet(record).length
        ? "nicht im Rang: Ausschlusskriterium nicht erfüllt" : "nicht im Rang");
    }
    const value = place.value.german(2, true);
    const where = group.places.length > 1 ? ", Rang " + place.rank : "";
    return cell(value + where, make("strong", "", null, value), where);
  }

  function exclusions(records) {
    const texts = [...new Set(records.flatMap((record) => (record.ausschluss || []).map((a) => a[0])))];
    return { title: "Ausschlusskriterien", rows: texts.map((text) => row(text, records.map((record) => {
      const found = (record.ausschluss || []).find((each) => each[0] === text);
      if (!found) {
        return cell("", "nicht geprüft");
      }
      const word = found[1] ? "Erfüllt" : "Nicht erfüllt";
      return cell(word, make("span", "ws-i " + (found[1] ? "ws-erfuellt" : "ws-verfehlt"), null, word),
        small(found[2]));
    }))) };
  }

  /** One part for each catalogue: points with reasons, and what each contributes under the weights. */
  function criteria(records, groups) {
    return groups.map((group) => {
      const total = vergleich.nutzwert.sum(group.weights);
      return {
        title: (group.title.startsWith("Kriterien") ? "" : "Kriterien: ") + group.title,
        rows: group.criteria.map((criterion, index) => {
          const share = total.sign() ? group.weights[index].over(total) : Bruch.ZERO;
          const percent = share.times(Bruch.read("100"));
          const cells = records.map((record) => {
            const found = group.members.includes(record) &&
              record.kriterien.find((each) => each[0] === criterion.id);
            if (!found) {
              return cell("", "keine Punkte");
            }
            const points = Bruch.read(found[3]);
            return cell(points.german(2), make("strong", "", null, points.german(2) + " von 10"),
              make("span", "ws-vgl__rechnung", null, "× " + percent.german(1) + " % = " +
                points.times(share).german(2, true)), small(found[4]));
          });
          return row(criterion.name, cells, { note: "Gewicht " + percent.german(1) + " %" });
        }),
      };
    });
  }

  function costs(records, own) {
    const rows = [];
    if (!records.some((record) => record.kosten)) {
      return { title: "Kosten", rows: rows };
    }
    for (const [name, label] of [["einmalig", "Einmalig"], ["laufend", "Im Jahr"]]) {
      if (!records.some((record) => record.kosten && record.kosten[name])) {
        continue;
      }
      const amounts = (record) => record.kosten && record.kosten[name];
      rows.push(row(label + ", veröffentlicht", records.map((record) =>
        amounts(record) && cell(vergleich.kosten.euros(amounts(record))))));
      if (own.einwohner || own.arbeitsplaetze) {
        rows.push(row(label + ", für Ihre Größe", records.map((record) => {
          if (!amounts(record)) {
            return null;
          }
          const told = vergleich.kosten.scaled(record.kosten, amounts(record), own);
          return cell(told.text, told.working ? make("strong", "", null, told.text) : told.text,
            told.working ? small(told.working) : null);
        }), { note: "linear gerechnet" }));
      }
    }
    rows.push(row("Bezugsgröße", records.map((record) =>
      record.kosten && record.kosten.bezug && cell(record.kosten.bezug))));
    rows.push(row("Woher die Zahlen kommen", records.map((record) =>
      record.kosten && record.kosten.basis && cell(record.kosten.basis))));
    return { title: "Kosten", rows: rows };
  }

  /** The further statements, by the headings and labels that the records bring. */
  function statements(records) {
    const parts = new Map();
    records.forEach((record, column) => {
      for (const [head, label, text] of record.angaben) {
        const rows = parts.get(head) || parts.set(head, new Map()).get(head);
        const cells = rows.get(label) || rows.set(label, new Array(records.length).fill(null)).get(label);
        cells[column] = cell(text);
      }
    });
    return [...parts].map(([title, rows]) =>
      ({ title: title, rows: [...rows].map(([label, cells]) => row(label, cells)) }));
  }

  function differs(line) {
    return new Set(line.cells.map((each) => each.text)).size > 1;
  }

  function columnHead(record, state, remove) {
    const link = make("a", "ws-titel", { href: state.address(record) }, record.titel);
    return make("th", "", { scope: "col" },
      make("span", "ws-vgl__art", null, record.art), link,
      record.typ === "bewertung" ? make("a", "ws-vgl__weg", { href: state.address(record) + "?" +
        ["vorlage", ...vergleich.adresse.choices(state)].join("&") }, "Als Vorlage") : null,
      state.records.length > 1 ? button("entfernen", () => remove(record.id), "ws-vgl__weg",
        { "aria-label": record.titel + " aus dem Vergleich entfernen" }) : null);
  }

  function line(each, records, alone) {
    const other = !alone && differs(each);
    const head = make("th", "", { scope: "row" }, other ? make("span", "ws-vgl__zeichen", null,
      make("span", "", { "aria-hidden": "true" }, "≠ "),
      make("span", "ws-unsichtbar", null, "unterschiedlich: ")) : null, each.label,
    each.note ? make("span", "ws-vgl__klein", null, each.note) : null);
    return make("tr", other ? "ws-vgl__anders" : "ws-vgl__gleich", { "data-unterschied": String(other), "data-angabe": each.label }, head,
      each.cells.map((found, column) => make("td", "", { "data-kopf": records[column].kurz + ": " },
        make("div", "ws-vgl__zelle", null, found.parts))));
  }

  /** The whole table. `remove(id)` is called when a column shall go. */
  function build(state, remove) {
    const records = state.records;
    const parts = [results(records, state), vergleich.passung.part(records), exclusions(records),
      ...criteria(records, state.groups), costs(records, vergleich.kosten.size(state.own)),
      ...statements(records).map((part) => Object.assign(part, { further: true }))].filter((part) => part.rows.length);
    const alike = new Set(records.map((record) => record.art)).size === 1;
    const table = make("table", "ws-vgl ws-vgl--" + records.length + (alike ? " ws-vgl--gleichartig" : ""), null,
      make("caption", "ws-unsichtbar", null, "Vergleich von " + records.map((r) => r.titel).join("; ")),
      make("thead", "", null, make("tr", "", null,
        make("td", "", null, make("span", "ws-unsichtbar", null, "Angabe")),
        records.map((record) => columnHead(record, state, remove)))),
      parts.map((part) => make("tbody", "",
        part.further ? { "data-weiteres": "" } : null,
        make("tr", "ws-vgl__teil", null,
          make("th", "", { scope: "rowgroup", colspan: String(records.length + 1) }, part.title)),
        part.rows.map((each) => line(each, records, records.length < 2)))));
    return table;
  }

  vergleich.tabelle = { build: build };
}(typeof globalThis === "undefined" ? this : globalThis));
