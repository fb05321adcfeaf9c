/* The decision paper: the page of an evaluation laid out anew as an administrative paper on A4.
 *
 * What the page says is moved, not copied, so it stays true; what only the own administration knows are
 * fields. Weights and the own size may come with the address, as on the comparison page.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const { Bruch } = vergleich;
  const { make, button, mark, validity } = vergleich.bau;
  const NOTES = { geplant: "Diese Prüfung ist erst geplant.", laufend: "Diese Prüfung läuft noch.",
    abgebrochen: "Diese Prüfung wurde abgebrochen." };
  const TECHNICAL = ["Datenschutz", "Informationssicherheit", "Barrierefreiheit"];

  function field(name) {
    return make("label", "ws-vl__feld", null, make("span", "", null, name),
      make("input", "", { autocomplete: "off" }));
  }

  function fields(...names) {
    return make("div", "ws-vl__felder", null, names.map(field));
  }

  /** Parts of the evaluation's page, without heading or with a smaller one; a part is taken once. */
  function taker(page) {
    return (selector, heading) => {
      const found = page.querySelector(selector);
      if (!found) {
        return null;
      }
      found.remove();
      found.querySelectorAll("h2, .ws-balken").forEach((idle) => idle.remove());
      if (heading) {
        found.prepend(make("h3", "", null, heading));
      }
      return found;
    };
  }

  function pairs(rows) {
    const kept = rows.filter(([, value]) => value);
    return kept.length ? make("dl", "ws-paare", null, kept.map(([name, value]) =>
      [make("dt", "", null, name), make("dd", "", null, value)])) : null;
  }

  function statement(record, label) {
    return (record.angaben.find((each) => each[1] === label) || [])[2];
  }

  function amount(record, name, own) {
    const amounts = record.kosten && record.kosten[name];
    if (!amounts) {
      return "nicht bekannt";
    }
    const text = vergleich.kosten.euros(amounts);
    const told = own.einwohner || own.arbeitsplaetze ? vergleich.kosten.scaled(record.kosten, amounts, own) : null;
    return told && told.working ? text + "; für " + (own.of || "die eigene Größe") + " " + told.text + " (" + told.working + ")" : text;
  }

  function place(record, group) {
    const found = group && group.places.find((each) => each.id === record.id);
    if (found) {
      return found.value.german(2, true) + ", Rang " + found.rank;
    }
    return group && group.members.includes(record)
      ? "nicht im Rang: " + vergleich.reihung.reason(record, group) : "nicht vergleichbar";
  }

  function options(state, group) {
    const { record, records } = state;
    const heads = ["Möglichkeit", "Ergebnis", ...(group ? ["Nutzwert, Rang"] : []), "Kosten im Jahr"];
    const line = (each) => make("tr", "", null,
      make("td", "ws-ganz", null, make("strong", "", null, each.kurz), each === record ? " (diese Vorlage)" : null),
      make("td", "", null, mark(each.urteil[0], each.urteil[1])),
      group ? make("td", "ws-ganz", { "data-kopf": "Nutzwert:" }, place(each, group)) : null,
      make("td", "ws-ganz", { "data-kopf": "Kosten im Jahr:" }, amount(each, "laufend", state.size),
        each.kosten && each.kosten.bezug ? make("span", "ws-leise", null, " (" + each.kosten.bezug + ")") : null));
    return make("table", "ws-tabelle", null, make("caption", "ws-unsichtbar", null, "Geprüfte Möglichkeiten"),
      make("thead", "", null, make("tr", "", null, heads.map((text) => make("th", "", { scope: "col" }, text)))),
      make("tbody", "", null, records.map(line), make("tr", "", null,
        make("td", "ws-ganz", null, "Nichts ändern"), make("td", "", null, "nicht bewertet"),
        group ? make("td") : null, make("td", "ws-ganz", null, field("Heutige Kosten")))));
  }

  /** Which weights were used, and what it takes to change the first place. */
  function sensitivity(group) {
    if (!group || group.places.length < 2) {
      return [];
    }
    const total = vergleich.nutzwert.sum(group.weights);
    const percent = (share) => share.times(new Bruch(100n)).german(1) + "\u00a0%";
    const said = [make("p", "", null, (group.own ? "Gereiht mit eigenen Gewichten: " + group.criteria.map((each, i) =>
      each.name + " " + percent(group.weights[i].over(total))).join(", ") + ". "
      : group.common ? "Gereiht mit den veröffentlichten Gewichten. " : "Gereiht mit den Gewichten des Katalogs. ") +
      (group.turns.length ? "Platz 1 wechselt, wenn ein einzelnes Kriterium anders wiegt:" : ""))];
    const winners = [...new Set(group.turns.map((turn) => turn.winner))];
    if (winners.length) {
      said.push(make("ul", "", null, winners.map((id) => make("li", "", null,
        group.members.find((each) => each.id === id).kurz + " läge vorn: " + group.turns
          .filter((turn) => turn.winner === id).map((turn) => group.criteria[turn.index].name +
            (turn.above ? " über " : " unter ") + percent(turn.share) + " (jetzt " +
            percent(group.weights[turn.index].over(total)) + ")").join("; ") + "."))));
    }
    return said;
  }

  function warning(record) {
    const [value, words] = validity(record);
    const text = NOTES[record.urteil[0]] || (value === "abgelaufen" || value === "ersetzt"
      ? words + ". Vor einem Beschluss bitte prüfen, ob das Ergebnis noch stimmt." : "");
    return text ? make("div", "ws-hinweis ws-hinweis--achtung", null, make("p", "", null, text)) : null;
  }

  function address() {
    return root.location.protocol === "file:" ? "" : ", " + root.location.origin + root.location.pathname;
  }

  /** [title, parts] of the numbered sections; those without content are left out. */
  function sections(state, take) {
    const { record } = state;
    const group = state.groups.find((each) => each.members.includes(record));
    const proposal = make("div", "ws-vl__text", { contenteditable: "true", role: "textbox", "aria-multiline": "true",
      "aria-label": "Vorschlag zum Beschluss, bitte anpassen" }, record.vorschlag);
    const again = take("[data-teil=wiedervorlage]");
    const facts = take("[data-teil=eckdaten]");
    if (facts && again) {
      [...facts.querySelectorAll("dt")].filter((dt) => !dt.nextElementSibling ||
        dt.nextElementSibling.localName !== "dd").forEach((dt) => dt.remove());
    }
    const technical = record.angaben.filter((each) => TECHNICAL.includes(each[0]) && !each[2].includes("://"));
    return [
      ["Vorschlag", [proposal, make("p", "ws-vl__hilfe ws-klein ws-leise", null,
        "Der Text folgt aus dem Ergebnis der Bewertung und lässt sich hier ändern.")]],
      ["Sachverhalt", [make("p", "", null, statement(record, "Bedarf")), facts,
        take("[data-teil=bedingungen]", "Rahmenbedingungen"), take("[data-teil=annahmen]", "Annahmen")]],
      ["Ergebnis und Begründung", [take(".ws-urteil"), take("[data-teil=ausschluss]", "Ausschlusskriterien"), take("[data-teil=kriterien]", "Kriterien und Punkte, wie veröffentlicht")]],
      ["Geprüfte Möglichkeiten", [options(state, group), ...sensitivity(group), state.records.length < 2
        ? make("p", "", null, "Andere Lösungen für diesen Bedarf sind in diesem Wiki nicht abschließend geprüft.") : null]],
      ["Kosten", [pairs([["Einmalig", amount(record, "einmalig", state.size)],
        ["Im Jahr", amount(record, "laufend", state.size)], ["Bezugsgröße", record.kosten && record.kosten.bezug],
        ["Grundlage", record.kosten && record.kosten.basis]]),
      fields("Eigene Kosten einmalig", "Eigene Kosten im Jahr", "Haushaltsstelle", "Mittel stehen bereit")]],
      ["Datenschutz, Sicherheit, Barrierefreiheit", [pairs(technical.map((each) =>
        [each[1], each[2]])), fields("Stellungnahme Datenschutz", "Beteiligung Personalrat")]],
      ["Abweichende Voten", [take("[data-teil=voten]") || make("p", "", null, "Keine bekannt.")]],
      ["Gültigkeit und Wiedervorlage", [make("p", "", null, validity(record)[1] + "." +
        (again ? " Neu zu prüfen, wenn:" : "")), again ? make("div", "", null, [...again.childNodes]) : null,
      take("[data-teil=nutzung]", "Wer hat das Ergebnis übernommen?")]],
      ["Quellen und Fassung", [take(".ws-quellen"), pairs([["Fassung", record.fassung + ", Stand " + record.stand],
        ["Zitiervorschlag", record.zitat + address() + "."], ["Auskunft", record.auskunft]])]],
    ];
  }

  function paper(state, take) {
    const { record } = state;
    const built = sections(state, take).map(([title, parts], number) =>
      make("section", "", null, make("h2", "", null, number + 1 + ". " + title), parts));
    return make("div", "ws-vl", { "data-vorlage": record.id },
      make("div", "ws-vl__hilfe ws-hinweis", null, make("p", "", null,
        "Füllen Sie die Felder aus, passen Sie den Vorschlag an und drucken Sie die Seite oder speichern Sie sie beim " +
        "Drucken als PDF. Ihre Eingaben bleiben auf dieser Seite und werden nicht gespeichert. ",
        make("a", "", { href: root.location.pathname }, "Zurück zur Bewertung"))),
      make("header", "ws-vl__kopf", null,
        fields("Körperschaft", "Vorlage Nr.", "Gremium", "Sitzung am", "Federführung", "Aktenzeichen"),
        make("p", "ws-vl__art", null, "Entscheidungsvorlage"),
        make("h1", "", null, make("span", "ws-vl__betreff", null, "Betreff: "),
          statement(record, "Einsatzzweck") + ": " + record.gegenstand)),
      warning(record), built,
      make("div", "ws-vl__schluss", null, fields("Ort, Datum", "Unterschrift")),
      make("p", "ws-vl__hilfe", null, button("Drucken oder als PDF speichern", () => root.print())));
  }

  async function start(pattern) {
    const page = document.querySelector("[data-record-id]");
    const wish = vergleich.adresse.read(root.location.search);
    const [record] = (await vergleich.daten.all([page.dataset.recordId], pattern)).records;
    if (!record) {
      return;
    }
    const others = (await vergleich.daten.all(record.andere, pattern)).records;
    const state = Object.assign(wish, { record: record, records: [record, ...others] });
    state.size = vergleich.kosten.size(state.own);
    vergleich.reihung.naming(state.records);
    state.groups = vergleich.reihung.groups(state.records, state.wishes);
    page.replaceChildren(paper(state, taker(page)));
    document.title = "Entscheidungsvorlage: " + document.title;
  }

  vergleich.vorlage = { start: start };
}(typeof globalThis === "undefined" ? this : globalThis));
