/* "Übernommen!": who took over a result tells it; gives the lines for the record's file. */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, fill, button, aside, tell, idOf } = form.bau;

  class Adoption {
    /** path: the file of the record below the content folder. */
    constructor(place, path) {
      const [folder] = path.split("/");
      this.place = place;
      this.file = path;
      this.id = path.split("/").pop().replace(/\.(?:md|ya?ml)$/, "");
      this.typ = Object.keys(form.table().typen).find((typ) => form.zustand.typeOf(typ).ordner === folder);
      this.draft = { eintraege: [], namen: {} };
      this.data = {};
      this.title = this.id;
      this.field = { name: "nachnutzung", wort: "Übernahme", gruppe: "Nachnutzung", hilfe: "" };
    }

    get isKnown() {
      const typed = this.typ && form.pruefung.fieldsOf(this.typ).some((field) => field.gruppe === "Nachnutzung");
      return Boolean(typed) && form.werte.isId(this.id) && !/(?:^|\/)\.\.?(?:\/|$)/.test(this.file);
    }

    // What the controls ask of a page.
    isNeeded() { return false; }
    nameOf(id) { return this.draft.namen[id] || ""; }
    typed() {}
    announce() {}
    drawTabs() {}
    changed(path) { this.show(false, path); }
    focus(path) { document.getElementById(idOf(path))?.focus(); }

    start() {
      this.result = make("div", {});
      this.head = make("h2", {}, "Sie haben „" + this.title + "“ übernommen?");
      const described = form.table().gruppen.Nachnutzung;
      fill(this.place, this.head,
        make("p", {}, "Schön! Ein paar Angaben genügen. Andere sehen daran, ob sich die Übernahme lohnt. Bitte nur Organisationen nennen, keine Personen."),
        make("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.show(true); } },
          form.felder.fields(described.felder, this.data, [], this),
          make("p", { class: "ws-formular__knoepfe" }, make("button", { type: "submit", class: "ws-knopf ws-knopf--voll" }, "Zeilen für den Eintrag erzeugen"))),
        this.result);
      form.verweise.lookup([this.typ], this.id).then((card) => {
        if (card) {
          this.title = card.title;
          this.head.textContent = "Sie haben „" + card.title + "“ übernommen?";
        }
      }, () => {});
    }

    show(all, path) {
      const found = form.pruefung.checkGroup("Nachnutzung", form.zustand.filled(this.data));
      for (const box of this.place.querySelectorAll("[data-pfad]")) {
        const here = JSON.parse(box.dataset.pfad);
        const mine = found.filter((f) => (f.feld || f.path)[0] === here[0]);
        if (all || (path && path[0] === here[0])) {
          box.dataset.beruehrt = "ja";
        }
        tell(box, box.dataset.beruehrt ? mine : []);
      }
      this.result.replaceChildren();
      if (!all) {
        return;
      }
      if (found.length) {
        this.focus((found[0].feld || found[0].path).slice(0, 1));
        return;
      }
      this.give();
    }

    give() {
      const item = form.yaml.fields({ nachnutzung: [form.zustand.filled(this.data)] });
      const site = form.ausgabe.forge();
      const said = make("p", { role: "status" });
      const edit = site ? aside(site.edit(this.file), "Eintrag auf " + site.name + " bearbeiten") : form.ausgabe.mail("Übernommen: " + this.title, this.file + "\n\n" + item);
      if (edit) {
        edit.className = "ws-knopf ws-knopf--voll";
      }
      const heading = make("h2", { tabindex: "-1" }, "Diese Zeilen gehören in den Eintrag");
      fill(this.result, make("section", { class: "ws-formular__fertig" }, heading,
        make("pre", { tabindex: "0", "aria-label": "Zeilen für den Eintrag" }, make("code", {}, item)),
        make("p", {}, "Fügen Sie sie in ", make("code", {}, this.file), " über der zweiten Zeile ", make("code", {}, "---"), " ein. Steht dort schon ",
          make("code", {}, "nachnutzung:"), ", dann nur die Zeilen ab dem Strich, darunter. Ohne Schreibrecht wird daraus von selbst ein Änderungsvorschlag."),
        make("p", { class: "ws-formular__knoepfe" }, edit, form.ausgabe.copyButton(item, "Zeilen kopieren", said)), said));
      heading.focus();
    }
  }

  form.uebernahme = { Adoption };
}(typeof globalThis === "undefined" ? this : globalThis));
