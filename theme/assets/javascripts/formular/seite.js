/* The form page: choose a type, fill in, check, give out.
 *
 * <div id="ws-formular"> gets data-formular "wahl", "offen", "fertig" or "uebernahme".
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, fill, button, tell, idOf, still } = form.bau;
  const { zustand } = form;
  const SAVE = 500;
  const LATE = ["handlungsfeld", "schlagworte", "auch_gesucht_als", "bezug"];
  const OFFICE = ["kontakt", "naechste_pruefung", "frueher", "lizenz", "intern"];
  const GUARD = ["personenbezug", "telefonnummer", "vergabe"];

  class Page {
    constructor(place) {
      this.place = place;
      this.known = new form.hinweise.Known();
      this.status = make("p", { class: "ws-unsichtbar", role: "status" });
    }

    // Beginning

    start() {
      const parameters = new URLSearchParams(location.search);
      const adopted = parameters.get("uebernahme");
      if (adopted) {
        const adoption = new form.uebernahme.Adoption(this.place, adopted);
        if (adoption.isKnown) {
          this.place.dataset.formular = "uebernahme";
          adoption.start();
          return;
        }
      }
      const typ = parameters.get("typ");
      if (Object.prototype.hasOwnProperty.call(form.table().typen, typ || "")) {
        this.open(zustand.newDraft(), typ, this.given(typ, parameters));
      } else {
        this.choose();
      }
    }

    /** What the address fills in: texts, words of a list, ids. */
    given(typ, parameters) {
      const found = {};
      for (const field of form.pruefung.fieldsOf(typ)) {
        const values = parameters.getAll(field.name).map((value) => value.slice(0, 2000)).filter(Boolean);
        if (values.length && field.regel && !["angaben", "alles"].includes(field.regel.art)) {
          found[field.name] = field.liste ? values : values[0];
        }
      }
      return found;
    }

    choose() {
      this.place.dataset.formular = "wahl";
      const types = Object.entries(form.table().typen);
      const announce = button("Eine Prüfung ankündigen", () => this.open(zustand.newDraft(), "bewertung", { pruefstatus: "geplant" }), { class: "ws-knopf ws-knopf--voll" });
      const kinds = types.map(([typ, model]) => make("li", {},
        button(model.einzahl, () => this.open(zustand.newDraft(), typ, {}), { "data-typ": typ }), make("span", {}, model.hilfe)));
      fill(this.place, this.status, this.drafts(),
        make("section", {}, make("h2", { tabindex: "-1", id: "f-wahl" }, "Was möchten Sie beitragen?"),
          make("p", {}, announce, " ", make("span", { class: "ws-leise" }, "Der wichtigste Beitrag: Andere können sich anschließen, statt doppelt zu prüfen.")),
          make("ul", { class: "ws-formular__arten ws-glatt" }, kinds)));
    }

    /** Drafts on this device. */
    drafts() {
      const list = zustand.list();
      if (!list.length) {
        return null;
      }
      const items = list.map((draft) => {
        const title = draft.eintraege.map((entry) => entry.daten.titel || zustand.typeOf(entry.typ).einzahl + " ohne Titel").join(", ");
        const day = new Date(draft.geaendert).toLocaleString("de-DE", { dateStyle: "medium", timeStyle: "short" });
        return make("li", {}, button("Weiterschreiben", () => this.open(draft), { "aria-label": "Weiterschreiben: " + title }), " ",
          button("Löschen", () => {
            zustand.forget(draft.nummer);
            this.choose();
            this.announce("Der Entwurf „" + title + "“ ist gelöscht.");
            document.getElementById("f-wahl").focus();
          }, { "aria-label": "Entwurf löschen: " + title }), " ", title, " ", make("span", { class: "ws-leise" }, day));
      });
      return make("section", { class: "ws-formular__entwuerfe" }, make("h2", {}, "Ihre Entwürfe auf diesem Gerät"),
        make("ul", { class: "ws-glatt" }, items),
        make("p", { class: "ws-klein" }, "Entwürfe liegen nur in diesem Browser auf diesem Gerät. Niemand sonst sieht sie, und nichts wird übertragen. An einem gemeinsam genutzten Rechner löschen Sie sie bitte. ",
          button("Alle Entwürfe löschen", () => { zustand.clear(); this.choose(); this.announce("Alle Entwürfe sind gelöscht."); })));
    }

    open(draft, typ, given) {
      this.draft = draft;
      this.touched = new Set();
      this.shownAll = false;
      if (typ) {
        zustand.add(draft, typ, given);
      }
      this.entry = draft.eintraege[0];
      this.place.dataset.formular = "offen";
      this.frame();
      this.draw();
      this.known.later(this.entry);
      document.getElementById("f-kopf").focus();
    }

    // Parts that stay

    frame() {
      this.tabs = make("div", {});
      this.summary = make("div", { class: "ws-formular__fehlerliste", tabindex: "-1" });
      this.body = make("div", {});
      this.result = make("div", {});
      this.more = make("select", { id: "f-dazu", "aria-label": "Art des weiteren Eintrags" }, Object.entries(form.table().typen)
        .map(([typ, model]) => make("option", { value: typ }, model.einzahl)));
      const extra = make("p", { class: "ws-formular__dazu" }, make("label", { for: "f-dazu" }, "Gehört noch ein Eintrag dazu, zum Beispiel die Lösung oder ihr Anbieter? "),
        this.more, " ", button("Dazunehmen", () => this.addEntry(this.more.value)));
      fill(this.place, this.status, this.tabs, this.summary,
        make("form", { novalidate: true, autocomplete: "off", onsubmit: (event) => { event.preventDefault(); this.finish(); } },
          this.body, extra,
          make("p", { class: "ws-formular__knoepfe" }, make("button", { type: "submit", class: "ws-knopf ws-knopf--voll" }, "Prüfen und fertigstellen"), " ",
            button("Andere Art wählen", () => this.choose())),
          make("p", { class: "ws-klein ws-leise" }, "Was Sie schreiben, bleibt als Entwurf in diesem Browser auf diesem Gerät. Nichts wird übertragen, bis Sie es selbst weitergeben.")),
        this.result);
    }

    drawTabs() {
      const entries = this.draft.eintraege;
      const title = (entry) => zustand.typeOf(entry.typ).einzahl + (entry.daten.titel ? ": " + entry.daten.titel : "");
      if (entries.length < 2) {
        fill(this.tabs, make("h2", { id: "f-kopf", tabindex: "-1" }, zustand.typeOf(this.entry.typ).einzahl));
        return;
      }
      fill(this.tabs, make("h2", { id: "f-kopf", tabindex: "-1" }, title(this.entry)),
        make("nav", { "aria-label": "Einträge in diesem Antrag" }, make("ol", { class: "ws-formular__reiter ws-glatt" }, entries.map((entry) =>
          make("li", {}, button(title(entry), () => this.go(entry), entry === this.entry ? { "aria-current": "true" } : {}))))),
        make("p", {}, button("Diesen Eintrag weglassen", () => {
          this.draft.eintraege = entries.filter((entry) => entry !== this.entry);
          this.announce("Der Eintrag ist weggelassen.");
          this.go(this.draft.eintraege[0]);
        })));
    }

    go(entry) {
      this.entry = entry;
      this.draw();
      this.save();
      document.getElementById("f-kopf").focus();
    }

    addEntry(typ) {
      this.go(zustand.add(this.draft, typ, {}));
    }

    // Fields

    draw() {
      const { entry } = this;
      const model = zustand.typeOf(entry.typ);
      const common = new Set(form.table().gemeinsam.map((field) => field.name));
      const fields = form.pruefung.fieldsOf(entry.typ).filter((field) => field.regel || field.gruppe);
      const own = fields.filter((field) => !common.has(field.name));
      const wanted = new Set(Object.values(model.gefragt).flatMap((values) => Object.values(values).flat()));
      const isMain = (field) => field.pflicht || wanted.has(field.name);
      const make_ = (list) => form.felder.fields(list, entry.daten, [], this);
      const named = (names) => fields.filter((field) => names.includes(field.name));
      const isOpen = new Map([...this.body.querySelectorAll("details[data-teil]")].map((part) => [part.dataset.teil, part.open]));
      const part = (name, text, list, ...more) => (list.length || more.length ? make("details", { class: "ws-formular__teil", "data-teil": name, open: isOpen.has(name) ? isOpen.get(name) : name === "finden" },
        make("summary", {}, text), make_(list), more) : null);
      const head = ["titel", "kurzfassung"];
      const text = { name: "text", wort: "Ausführlicher Text", hilfe: "Alles, was in kein Feld passt. Überschriften beginnen mit „## “." };
      const area = form.felder.area(text, entry, ["text"], this, 8, null, null);
      this.drawTabs();
      fill(this.body,
        make("p", { class: "ws-einleitung" }, model.hilfe, " Felder mit „Pflicht“ braucht der Eintrag, alles andere darf fehlen."),
        make_(named(head)), this.known.place,
        make_(own.filter(isMain)),
        make_(fields.filter((field) => common.has(field.name) && field.pflicht && !head.includes(field.name))),
        part("eigene", "Weitere Angaben: " + model.einzahl, own.filter((field) => !isMain(field))),
        part("finden", "Damit andere es finden: Schlagworte und Zusammenhänge", named(LATE)),
        part("stelle", "Kontakt, Prüfdatum, Lizenz", named(OFFICE), this.idField()),
        part("text", "Ausführlicher Text", [], form.bau.single(text, ["text"], area, false)));
      this.refresh();
    }

    idField() {
      const { entry } = this;
      const control = make("input", { type: "text", autocomplete: "off", spellcheck: "false" });
      control.value = entry.id;
      this.idControl = control;
      control.addEventListener("change", () => {
        entry.eigeneId = control.value.trim() !== "";
        zustand.rename(this.draft, entry, control.value.trim());
        zustand.nameIt(this.draft, entry);
        control.value = entry.id;
        this.changed(["id"]);
      });
      return form.bau.single({ name: "id", wort: "Kennung", hilfe: "Name der Datei und Ende der Adresse. Sie folgt aus dem Titel und bleibt für immer gleich." }, ["id"], control, false);
    }

    isNeeded(path) {
      const rules = zustand.typeOf(this.entry.typ).gefragt;
      return path.length === 1 && Object.entries(rules).some(([name, values]) => (values[this.entry.daten[name]] || []).includes(path[0]));
    }

    nameOf(id) {
      const inDraft = this.draft.eintraege.find((entry) => entry.id === id);
      return (inDraft && (inDraft.daten.titel || inDraft.id)) || this.draft.namen[id] || "";
    }

    typed(path) {
      if (path[0] === "titel") {
        zustand.nameIt(this.draft, this.entry);
        this.idControl.value = this.entry.id;
      }
      this.known.later(this.entry);
      this.save();
      if (this.shownAll || this.touched.has(this.key(path))) {
        this.soon();
      }
    }

    changed(path) {
      this.touched.add(this.key(path));
      this.save();
      this.result.replaceChildren();
      this.place.dataset.formular = "offen";
      still(() => this.follow(path));
    }

    /** What follows from a field that was left; it may move the page. */
    follow(path) {
      const name = path[0];
      if (path.length === 1 && (name in zustand.typeOf(this.entry.typ).gefragt || name === "kriterienkatalog")) {
        const focused = document.activeElement && document.activeElement.id;
        this.draw();
        if (focused) {
          document.getElementById(focused)?.focus();
        }
        return;
      }
      if (name === "titel") {
        this.drawTabs();
      }
      this.refresh();
    }

    soon() {
      clearTimeout(this.refreshing);
      this.refreshing = setTimeout(() => still(() => this.refresh()), 200);
    }

    key(path) {
      return this.draft.eintraege.indexOf(this.entry) + " " + path.join(" ");
    }

    save() {
      clearTimeout(this.saving);
      this.saving = setTimeout(() => zustand.save(this.draft), SAVE);
    }

    announce(text) {
      this.status.textContent = text;
    }

    focus(path) {
      const target = document.getElementById(idOf(path)) || document.getElementById(idOf(path) + "-feld");
      if (target) {
        target.closest("details:not([open])")?.setAttribute("open", "");
        target.focus();
      }
    }

    // Checking

    /** The box of the field that a finding belongs to: its own, or that of the group around it. */
    boxOf(finding) {
      const path = (finding.feld || finding.path).length || finding.code !== "dateiname" ? finding.feld || finding.path : ["id"];
      const boxes = new Map([...this.body.querySelectorAll("[data-pfad]")].map((box) => [box.dataset.pfad, box]));
      for (let size = path.length; size > 0; size -= 1) {
        const box = boxes.get(JSON.stringify(path.slice(0, size)));
        if (box) {
          return box;
        }
      }
      return null;
    }

    refresh() {
      const byBox = new Map();
      for (const finding of zustand.problems(this.entry)) {
        const box = this.boxOf(finding);
        if (box) {
          byBox.set(box, [...(byBox.get(box) || []), finding]);
        }
      }
      for (const box of this.body.querySelectorAll("[data-pfad]")) {
        const path = JSON.parse(box.dataset.pfad);
        const found = byBox.get(box) || [];
        const isShown = this.shownAll || [...this.touched].some((key) => (key + " ").startsWith(this.key(path) + " "));
        tell(box, isShown ? found : found.filter((f) => GUARD.includes(f.code)));
        const wanted = Object.values(zustand.typeOf(this.entry.typ).gefragt).some((values) => Object.values(values).flat().includes(path[0]));
        if (wanted && path.length === 1) {
          box.hidden = !this.isNeeded(path) && !this.entry.daten[path[0]] && !found.length;
        }
      }
    }

    finish() {
      this.shownAll = true;
      const wrong = this.draft.eintraege.map((entry) => [entry, zustand.problems(entry).filter((f) => f.severity === "Fehler")]);
      const first = wrong.find(([, found]) => found.length);
      zustand.save(this.draft);
      if (first) {
        if (first[0] !== this.entry) {
          this.entry = first[0];
          this.draw();
        }
        this.refresh();
        this.place.dataset.formular = "offen";
        this.result.replaceChildren();
        this.tellAll(wrong);
        return;
      }
      this.refresh();
      this.summary.replaceChildren();
      this.place.dataset.formular = "fertig";
      fill(this.result, form.ausgabe.result(this.draft.eintraege),
        make("p", {}, button("Entwurf von diesem Gerät löschen", () => {
          clearTimeout(this.saving);
          zustand.forget(this.draft.nummer);
          this.choose();
          this.announce("Der Entwurf ist gelöscht.");
          document.getElementById("f-wahl").focus();
        })));
      document.getElementById("f-fertig").focus();
    }

    /** All errors with links to their fields; nothing is given out while there are any. */
    tellAll(wrong) {
      const items = wrong.flatMap(([entry, found]) => this.inOrder(entry, found).map((finding) => {
        const name = this.labelOf(entry, finding);
        const link = make("a", { href: "#", onclick: (event) => {
          event.preventDefault();
          if (entry !== this.entry) {
            this.entry = entry;
            this.draw();
          }
          const box = this.boxOf(finding);
          if (box) {
            box.closest("details:not([open])")?.setAttribute("open", "");
            this.focus(JSON.parse(box.dataset.pfad));
          }
        } }, name);
        return make("li", {}, this.draft.eintraege.length > 1 ? zustand.typeOf(entry.typ).einzahl + ", " : null, link, ": " + finding.message);
      }));
      const isGuarded = wrong.some(([, found]) => found.some((f) => GUARD.includes(f.code)));
      fill(this.summary, make("h2", {}, items.length === 1 ? "Eine Stelle ist noch zu klären" : items.length + " Stellen sind noch zu klären"),
        make("ul", {}, items),
        isGuarded ? make("p", {}, "Warum so streng? Was einmal in einem Repository steht, bleibt in dessen Geschichte, auch wenn es gelöscht wird. Namen, persönliche Adressen und Telefonnummern gehen dort niemanden etwas an, und Angaben aus Vergabeverfahren sind vertraulich (§ 5 VgV). Darum gibt das Formular nichts heraus, solange so etwas darin steht.") : null);
      this.summary.focus();
    }

    /** As the fields stand on the page; of the shown record only. */
    inOrder(entry, found) {
      const boxes = [...this.body.querySelectorAll("[data-pfad]")];
      const at = (finding) => boxes.indexOf(this.boxOf(finding));
      return entry === this.entry ? [...found].sort((a, b) => at(a) - at(b)) : found;
    }

    labelOf(entry, finding) {
      const path = finding.feld || finding.path;
      if (!path.length) {
        return finding.code === "dateiname" ? "Kennung" : "Eintrag";
      }
      const field = form.pruefung.fieldsOf(entry.typ).find((each) => each.name === path[0]);
      const words = [(field && field.wort) || (path[0] === "text" ? "Ausführlicher Text" : path[0])];
      let group = field && field.gruppe && form.table().gruppen[field.gruppe];
      for (const step of path.slice(1)) {
        const inner = group && group.felder.find((each) => each.name === step);
        words.push(typeof step === "number" ? String(step + 1) : (inner && inner.wort) || step);
        group = inner && inner.gruppe ? form.table().gruppen[inner.gruppe] : group;
      }
      return words.join(", ");
    }
  }

  const place = document.getElementById("ws-formular");
  if (place) {
    root.addEventListener("pagehide", () => { if (page.draft && page.saving) { zustand.save(page.draft); } });
    const page = new Page(place);
    page.start();
  }
}(typeof globalThis === "undefined" ? this : globalThis));
