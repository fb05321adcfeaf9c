/* "Das gibt es schon": what the wiki already has on what is being written, and the criteria of a
 * catalogue that an evaluation uses. */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, fill, button, aside, still } = form.bau;
  const PAUSE = 600;
  const SHOWN = 3;
  const CONSIDERED = 12;
  const WORDS = { bewertung: ["titel", "gegenstand", "bedarf"], begriff: ["titel"] };
  const NEAR = { bewertung: ["bewertung", "loesung", "ag-ergebnis"] };

  /** What a record is about, in the words typed so far. */
  function topic(entry) {
    const names = WORDS[entry.typ] || ["titel"];
    return names.map((name) => entry.daten[name]).filter((text) => typeof text === "string").join(" ").slice(0, 200);
  }

  class Known {
    constructor() {
      this.place = make("div", { class: "ws-formular__schon", role: "status" });
      this.asked = 0;
      this.last = "";
    }

    later(entry) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(entry).catch(() => { /* a hint, no more */ }), PAUSE);
    }

    async ask(entry) {
      const query = topic(entry);
      const key = entry.typ + " " + query;
      if (key === this.last) {
        return;
      }
      this.last = key;
      this.asked += 1;
      const mine = this.asked;
      let cards = [];
      if (query.length > 5) {
        const engine = await root.wissenSuche.engine();
        const answer = await engine.search(query);
        const hits = answer.isVague ? [] : answer.hits.slice(0, CONSIDERED);
        const near = NEAR[entry.typ] || [entry.typ];
        cards = (await Promise.all(hits.map((hit) => engine.index.card(hit.document)))).filter((card) => near.includes(card.typ));
      }
      if (mine === this.asked) {
        still(() => this.show(cards.slice(0, SHOWN), entry));
      }
    }

    show(cards, entry) {
      if (!cards.length) {
        this.place.replaceChildren();
        return;
      }
      const items = cards.map((card) => {
        const labels = card.card;
        const state = [labels.typ, labels.verdikt, labels.gueltigkeit, labels.organisation].filter(Boolean).join(", ");
        return make("li", {}, aside(root.wissenSuche.address(card.url), card.title), " ", make("span", { class: "ws-leise" }, state));
      });
      const advice = entry.typ === "bewertung"
        ? "Passt etwas davon? Dann schließen Sie sich an, übernehmen Sie das Ergebnis oder tragen Sie die ältere Bewertung unter „Ersetzt“ ein."
        : "Ist es dasselbe? Dann ergänzen Sie besser den vorhandenen Eintrag.";
      fill(this.place, make("p", {}, make("strong", {}, "Das gibt es vielleicht schon:")), make("ul", {}, items), make("p", {}, advice));
    }
  }

  const loading = new Map();

  /** The criteria of a catalogue; null if there is no such catalogue. */
  function catalogue(id) {
    const name = "katalog " + id;
    if (!loading.has(id)) {
      loading.set(id, new Promise((resolve) => {
        const done = () => resolve(form.kept.get(name) || null);
        const script = make("script", { src: form.zustand.site + "daten/formular/kataloge/" + encodeURIComponent(id) + ".js", onload: done, onerror: done });
        document.head.append(script);
      }));
    }
    return loading.get(id);
  }

  const sum = (rows) => rows.reduce((total, row) => total + (Number(String(row.gewicht || "").replace(",", ".")) || 0), 0);

  /** Beside the criteria of an evaluation: take them from its catalogue, and what they add up to. */
  function offer(field, data, path, page) {
    if (field.gruppe === "Katalogkriterium" && data.kriterien.length) {
      return make("p", { class: "ws-formular__hilfe" }, "Summe der Gewichte: " + sum(data.kriterien).toLocaleString("de-DE") + " von 100.");
    }
    if (field.gruppe !== "Kriterium") {
      return null;
    }
    const place = make("div", {});
    const id = data.kriterienkatalog;
    if (!id || !form.werte.isId(id)) {
      place.append(make("p", { class: "ws-formular__hilfe" }, "Mit einem Kriterienkatalog (Feld darüber) lassen sich die Kriterien mit einem Klick eintragen."));
      return place;
    }
    catalogue(id).then((found) => {
      if (!found) {
        return;
      }
      const missing = found.kriterien.filter((k) => !(data.kriterien || []).some((row) => row.id === k.id));
      if (missing.length) {
        place.append(button(missing.length + " Kriterien aus „" + found.titel + "“ eintragen", () => {
          data.kriterien = [...data.kriterien, ...missing.map((k) => ({ id: k.id, gewicht: k.gewicht }))];
          const musts = data.ausschlusskriterien || (data.ausschlusskriterien = []);
          found.ausschlusskriterien.filter((text) => !musts.some((row) => row.text === text)).forEach((text) => musts.push({ text }));
          page.draw();
          page.changed(path);
          page.focus([...path, 0, "punkte"]);
        }));
      }
      const names = found.kriterien.map((k) => make("li", {}, make("code", {}, k.id), ": " + k.name + " (" + k.gewicht.replace(".", ",") + " %)" + (k.hilfe ? ", " + k.hilfe : "")));
      place.append(make("details", {}, make("summary", {}, "Was die Kriterien bedeuten"), make("ul", {}, names)));
    });
    return place;
  }

  form.hinweise = { Known };
  form.kataloge = { offer, catalogue };
}(typeof globalThis === "undefined" ? this : globalThis));
