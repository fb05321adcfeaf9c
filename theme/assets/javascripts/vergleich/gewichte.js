/* The ranking of a group and the weights that the reader may move.
 *
 * The fields stay while the reader types; only what follows from them is written anew (`update`).
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const { Bruch, nutzwert } = vergleich;
  const { make, button, mark } = vergleich.bau;
  const HUNDRED = new Bruch(100n);

  function percent(share, places) {
    return share.times(HUNDRED).german(places) + " %";
  }

  function name(group, id) {
    return group.members.find((record) => record.id === id).kurz;
  }

  /** "1. …; 2. …" for the live region. */
  function spoken(group) {
    if (group.members.length === 1 && group.places.length) {
      return "Nutzwert " + group.places[0].value.german(2, true) + " von 10.";
    }
    const told = group.places.map((place) =>
      "Rang " + place.rank + ": " + name(group, place.id) + " mit " + place.value.german(2, true));
    if (!told.length) {
      return "So lässt sich nichts reihen.";
    }
    const order = (places) => places.map((place) => place.id + place.rank).join();
    const changed = group.own && order(group.places) !== order(group.before);
    return told.join("; ") + "." + (changed ? " Die Reihenfolge ist anders als veröffentlicht." : "");
  }

  function move(group, place) {
    const before = group.before.find((each) => each.id === place.id);
    if (!group.own || !before || before.rank === place.rank) {
      return null;
    }
    const word = before.rank > place.rank ? "↑ vorher" : "↓ vorher";
    return make("span", "ws-vgl__bewegung", null, word + " Rang " + before.rank);
  }

  function places(group, address) {
    const list = make("ol", "ws-rang ws-glatt");
    for (const place of group.places) {
      const record = group.members.find((each) => each.id === place.id);
      const bar = make("span", "ws-rang__balken", { "aria-hidden": "true" }, make("span"));
      bar.firstChild.style.width = place.value.times(new Bruch(10n)).plain(2) + "%";
      list.append(make("li", "", { "data-rang": String(place.rank), "data-id": place.id },
        make("span", "ws-rang__platz", null, place.rank + "."),
        make("span", "", null, make("a", "", { href: address(record) }, record.titel), " ",
          mark(record.urteil[0], record.urteil[1]), " ", vergleich.passung.against(record), " ",
          move(group, place)),
        make("span", "ws-rang__wert", null, make("strong", "", null, place.value.german(2, true)), " von 10"),
        bar));
    }
    return list;
  }

  function unranked(group, address) {
    const out = group.members.filter((record) => !group.places.some((place) => place.id === record.id));
    if (!out.length || !group.candidates.length) {
      return null;
    }
    return make("div", "ws-rang__ohne", null,
      make("p", "", null, make("strong", "", null, "Nicht im Rang:")),
      make("ul", "", null, out.map((record) => {
        const value = nutzwert.value(group.weights,
          group.candidates.find((each) => each.id === record.id).points);
        return make("li", "", { "data-ohne-rang": record.id },
          make("a", "", { href: address(record) }, record.titel), " ",
          vergleich.reihung.unmet(record).length && value
            ? "(rechnerisch " + value.german(2, true) + ")" : null, ". ",
          vergleich.reihung.reason(record, group));
      })));
  }

  /** Where the first place changes with one criterion, with a button to see it. */
  function turning(group, index, go) {
    const turns = group.turns.filter((turn) => turn.index === index);
    if (group.places.length < 2) {
      return "";
    }
    if (group.places[1].rank === 1) {
      return "Gleichstand auf Platz 1";
    }
    if (!turns.length) {
      return "nie";
    }
    return turns.map((turn) => make("div", "ws-kipp", { "data-kipp": group.criteria[index].id },
      (turn.above ? "über " : "unter ") + percent(turn.share, 1) + ": " + name(group, turn.winner) + " vorn ",
      button("ausprobieren", () => go(index, turn), "ws-vgl__weg", { "aria-label":
        "Ausprobieren: " + group.criteria[index].name + (turn.above ? " über " : " unter ") +
        percent(turn.share, 1) })));
  }

  /** Weights that bring a criterion just beyond a turning point, in whole tenths if possible. */
  function beyond(group, index, turn) {
    const total = nutzwert.sum(group.weights);
    const rest = total.minus(group.weights[index]);
    const one = new Bruch(1n);
    for (const places of [0, 1, 2, 4, 8]) {
      const step = new Bruch(1n, 10n ** BigInt(places));
      const exact = turn.share.times(rest).over(one.minus(turn.share));
      let weight = exact.rounded(places, turn.above ? "up" : "down");
      if (weight.compare(exact) === 0) {
        weight = turn.above ? weight.plus(step) : weight.minus(step);
      }
      const weights = group.weights.map((each, i) => (i === index ? weight : each));
      if (weight.compare(HUNDRED) > 0) { // then make the others smaller
        const factor = HUNDRED.over(weight);
        weights.forEach((each, i) => { weights[i] = each.times(factor).rounded(places); });
      }
      const now = nutzwert.ranking(weights, group.candidates);
      if (weight.sign() >= 0 && now[0].id === turn.winner && now[1].rank > 1) {
        return weights;
      }
    }
    return null;
  }

  /** The panel of one group. `change(weights)` gets texts by criterion; {} means as published. */
  function panel(state, key, change) {
    let group = state.groups.find((each) => each.key === key);
    const ranks = make("div", "ws-rang__stand");
    const rule = make("p", "ws-klein ws-leise");
    const notes = make("div");
    const fields = new Map();
    const shares = new Map();
    const turnCells = new Map();

    function texts(weights) {
      const wish = {};
      group.criteria.forEach((criterion, i) => { wish[criterion.id] = weights[i].plain(8); });
      return wish;
    }

    function set(index, text, source) {
      const number = Bruch.read(text);
      const [field, slider] = fields.get(group.criteria[index].id);
      const valid = number && number.sign() >= 0 && number.compare(HUNDRED) <= 0;
      if (!valid) {
        field.setAttribute("aria-invalid", "true");
        return;
      }
      field.removeAttribute("aria-invalid");
      (source === field ? slider : field).value = number.plain(8);
      change(texts(group.weights.map((each, i) => (i === index ? number : each))));
    }

    function go(index, turn) {
      const weights = beyond(group, index, turn);
      if (weights) {
        change(texts(weights));
        fields.get(group.criteria[index].id)[0].focus();
      }
    }

    function controls(criterion, index) {
      const field = make("input", "ws-gew__zahl", { type: "number", min: "0", max: "100", step: "any",
        inputmode: "decimal", "aria-label": "Gewicht " + criterion.name });
      const slider = make("input", "ws-gew__regler", { type: "range", min: "0", max: "100", step: "1",
        "aria-label": "Regler für das Gewicht " + criterion.name });
      field.addEventListener("input", () => set(index, field.value, field));
      slider.addEventListener("input", () => set(index, slider.value, slider));
      fields.set(criterion.id, [field, slider]);
      shares.set(criterion.id, make("td", "ws-zahl", { "data-kopf": "Anteil" }));
      turnCells.set(criterion.id, make("td", "ws-ganz", { "data-kopf": "Platz 1 wechselt" }));
      return make("tr", "", { "data-kriterium": criterion.id },
        make("th", "ws-ganz", { scope: "row" }, criterion.name),
        make("td", "ws-ganz", null, make("div", "ws-gew", null, field, slider)),
        make("td", "ws-zahl", { "data-kopf": "veröffentlicht" }, group.normal[index].german(2)),
        shares.get(criterion.id), group.members.length > 1 ? turnCells.get(criterion.id) : null);
    }

    const several = group.members.length > 1;
    const heads = ["Kriterium", "Gewicht", "Veröffentlicht", "Anteil", ...(several ? ["Platz 1 wechselt"] : [])];
    const reset = button("Veröffentlichte Gewichte", () => change({}), "ws-knopf ws-vgl__zurueck");
    const table = make("table", "ws-tabelle ws-gewichte", null,
      make("caption", "ws-unsichtbar", null, "Gewichte der Kriterien"),
      make("thead", "", null, make("tr", "", null, heads.map((text, i) =>
        make("th", i === 2 || i === 3 ? "ws-zahl" : "", { scope: "col" }, text)))),
      make("tbody", "", null, group.criteria.map(controls)));
    const details = make("details", "ws-vgl__gewichte", { open: group.own },
      make("summary", "", null, "Gewichte verändern"), notes, table,
      make("p", "", null, reset), rule);

    function update(now) {
      group = now.groups.find((each) => each.key === key);
      const total = nutzwert.sum(group.weights);
      ranks.replaceChildren(...[
        group.places.length ? places(group, now.address) : make("p", "", null, total.sign()
          ? "Niemand kommt in die Wertung." : "Alle Gewichte sind null: So lässt sich nichts reihen."),
        unranked(group, now.address)].filter(Boolean));
      notes.replaceChildren(...[
        group.common ? null : "Die Bewertungen verwenden verschiedene Gewichte. Verglichen wird mit denen des Katalogs.",
        total.compare(HUNDRED) === 0 ? null : "Die Gewichte ergeben zusammen " + total.german(2) +
          "; gerechnet wird mit ihrem Anteil daran.",
      ].filter(Boolean).map((text) => make("p", "ws-klein", null, text)));
      rule.textContent = several ? "„Platz 1 wechselt“ sagt, bei welchem Anteil dieses Kriteriums eine andere " +
        "Lösung nach vorn käme. Die anderen Kriterien behalten dabei ihr Verhältnis zueinander. Exakt gerechnet, " +
        "auf eine Stelle gerundet." : "";
      group.criteria.forEach((criterion, i) => {
        const [field, slider] = fields.get(criterion.id);
        const text = group.weights[i].plain(8);
        const shown = Bruch.read(field.value);
        if (!shown || shown.compare(group.weights[i]) !== 0) {
          field.value = text;
          field.removeAttribute("aria-invalid");
        }
        slider.value = text;
        shares.get(criterion.id).textContent = total.sign()
          ? percent(group.weights[i].over(total), 1) : "–";
        turnCells.get(criterion.id).replaceChildren(...[turning(group, i, go)].flat());
      });
      reset.disabled = !group.own;
    }

    const element = make("section", "ws-rangfolge", { "data-katalog": key },
      make("h2", "", null, several ? "Rangfolge" : "Nutzwert", make("span", "ws-vgl__art", null, group.title)),
      ranks, details);
    update(state);
    return { element: element, update: update };
  }

  vergleich.gewichte = { panel: panel, spoken: spoken };
}(typeof globalThis === "undefined" ? this : globalThis));
