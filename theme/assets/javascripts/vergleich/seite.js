/* The comparison page: reads its address, shows what it says, and writes back what the reader chooses. */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const { make, button } = vergleich.bau;
  const { read, written, SIZES } = vergleich.adresse;
  const QUIET = 700;

  function keep(state) {
    try {
      history.replaceState(null, "", written(state));
    } catch (refused) { /* the page works without */ }
  }

  function view(place, state) {
    const say = make("p", "ws-unsichtbar", { role: "status" });
    const tableBox = make("div", "ws-rolle", { "aria-label": "Vergleichstabelle, seitlich rollbar" });
    const panels = [];
    const paper = make("p", "ws-nur-druck ws-vgl__papier");
    const missing = make("p", "ws-nur-druck ws-vgl__papier ws-vgl__fehlt");
    const toolbox = tools(state, () => refresh(""));
    let later = 0;

    function judge() {
      vergleich.reihung.naming(state.records);
      state.groups = vergleich.reihung.groups(state.records, state.wishes);
    }

    function showTable() {
      tableBox.replaceChildren(vergleich.tabelle.build(state, remove));
      tableBox.classList.toggle("ws-vgl__rolle--nur", state.only);
      paper.textContent = state.groups.map((group) => group.title + ", " +
        (group.own ? "eigene Gewichte" : group.common ? "veröffentlichte Gewichte" : "Gewichte des Katalogs") +
        ". " + vergleich.gewichte.spoken(group)).join(" ");
      root.dispatchEvent(new Event("resize")); // rahmen.js: a box that scrolls can be reached by keyboard
    }

    function refresh(key) {
      judge();
      panels.forEach((panel) => panel.update(state));
      showTable();
      keep(state);
      const group = state.groups.find((each) => each.key === key);
      if (group) {
        clearTimeout(later);
        later = setTimeout(() => { say.textContent = vergleich.gewichte.spoken(group); }, QUIET);
      }
    }

    function remove(id) {
      state.records = state.records.filter((record) => record.id !== id);
      judge();
      keep(state);
      view(place, state);
      place.querySelector("h2, table").scrollIntoView({ block: "nearest" });
      place.querySelector("a, button, input").focus();
    }

    judge();
    keep(state);
    state.groups.forEach((group) => panels.push(vergleich.gewichte.panel(state, group.key, (wish) => {
      state.wishes[group.key] = wish;
      refresh(group.key);
    })));
    showTable();
    place.replaceChildren(...[...remarks(state), ...panels.map((panel) => panel.element),
      toolbox.element, paper, tableBox, missing, say].filter(Boolean));
    state.chosen = () => { // another municipality, here or in another tab
      toolbox.update();
      refresh("");
    };
  }

  function remarks(state) {
    const said = [];
    if (state.missing.length) {
      said.push("Nicht gefunden: " + state.missing.join(", ") + ". Vielleicht hat der Eintrag eine neue Adresse.");
    }
    if (state.more) {
      said.push("Mehr als fünf lassen sich nicht gut nebeneinander zeigen; die ersten fünf stehen hier.");
    }
    if (state.records.length === 1) {
      said.push("Erst ein Eintrag: Merken Sie auf einer Bewertung oder Lösung weitere zum Vergleich vor.");
    }
    if (state.groups.length > 1) {
      said.push("Die Bewertungen folgen verschiedenen Kriterienkatalogen. Ihre Nutzwerte lassen sich nicht " +
        "gegeneinander reihen; jeder Katalog hat hier seine eigene Rangfolge.");
    }
    return said.map((text) => make("div", "ws-hinweis", null, make("p", "", null, text)));
  }

  function tools(state, changed) {
    const costs = state.records.filter((record) => record.kosten && record.kosten.groesse);
    const units = SIZES.filter((name) => costs.some((record) => record.kosten.groesse[0] === name));
    const fields = units.map((name) => {
      const input = make("input", "ws-gew__zahl ws-vgl__groesse", { type: "number", min: "1", max: "999999999",
        step: "1", inputmode: "numeric", id: "ws-vgl-" + name });
      input.addEventListener("input", () => {
        state.own[name] = /^[1-9]\d{0,8}$/.test(input.value) ? input.value : "";
        state.own.touched = true;
        whose();
        changed();
      });
      return [make("label", "", { for: "ws-vgl-" + name }, vergleich.kosten.UNITS[name].label), input];
    });
    const source = make("span", "");
    const municipality = make("div", "ws-vgl__wahl");

    function whose() {
      const size = vergleich.kosten.size(state.own);
      source.textContent = size.of ? "Eingetragen ist die Einwohnerzahl von " + size.of + ". " : "";
      return size;
    }

    function update() {
      const size = whose();
      units.forEach((name, at) => {
        if (document.activeElement !== fields[at][1]) {
          fields[at][1].value = size[name];
        }
      });
      municipality.replaceChildren(vergleich.passung.note(state.choosing));
    }

    update();
    const only = make("input", "", { type: "checkbox", checked: state.only });
    only.addEventListener("change", () => { state.only = only.checked; changed(); });
    const element = make("div", "ws-vgl__werkzeuge", null,
      state.records.length > 1 ? make("label", "ws-vgl__nur", null, only, " Nur Unterschiede zeigen") : null,
      units.length ? make("fieldset", "ws-vgl__eigene", null,
        make("legend", "", null, "Kosten auf Ihre Größe umrechnen"), fields.flat(),
        make("p", "ws-klein ws-leise", null, source, "Nur eine Größenordnung: linear gerechnet. Grundbeträge, Staffelpreise und " +
          "einmalige Kosten wachsen meist nicht im gleichen Maß.")) : null,
      button("Drucken", () => root.print(), "ws-knopf"), municipality);
    return { element: element, update: update };
  }

  async function start(place) {
    const wish = read(root.location.search);
    if (!wish.ids.length) {
      return;
    }
    const found = await vergleich.daten.all(wish.ids, place.dataset.daten);
    const state = Object.assign(wish, found, {
      choosing: place.dataset.kommuneWahl,
      address: (record) => place.dataset.eintrag.replace(":ordner", record.ordner).replace(":id", record.id),
    });
    if (!found.records.length) {
      state.groups = [];
      place.replaceChildren(...remarks(state));
    } else {
      document.getElementById("ws-vergleich-fertig").hidden = true;
      view(place, state);
      document.addEventListener("wissen-kommune", () => state.chosen());
    }
    place.dataset.vergleich = "fertig";
  }

  const place = document.getElementById("ws-vergleich");
  if (place) {
    root.addEventListener("beforeprint", () => {
      if (place.querySelector("table")) {
        vergleich.papier.fit(place);
      }
    });
    root.addEventListener("afterprint", () => {
      vergleich.papier.back(place);
    });
    addEventListener("DOMContentLoaded", () => start(place)); // when all other scripts are there
  }
}(typeof globalThis === "undefined" ? this : globalThis));
