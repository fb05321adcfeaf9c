/* From a row of the field table to controls: one function per kind of value.
 *
 * Each gets the field, the group of values that it belongs to, its path and the page; it reads from
 * and writes into the group and calls page.changed(path) after every change.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, button, single, several, idOf } = form.bau;
  const SHORT = 160;
  const MOST_RADIOS = 7;

  function input(field, data, path, page, attributes) {
    const control = make("input", { type: "text", autocomplete: "off", ...attributes });
    control.value = data[field.name] || "";
    control.addEventListener("input", () => {
      data[field.name] = control.value;
      page.typed(path);
    });
    control.addEventListener("change", () => page.changed(path));
    return control;
  }

  function area(field, data, path, page, rows, read, write) {
    const control = make("textarea", { rows: String(rows), spellcheck: "true" });
    control.value = read ? read(data[field.name]) : data[field.name] || "";
    control.addEventListener("input", () => {
      data[field.name] = write ? write(control.value) : control.value;
      page.typed(path);
    });
    control.addEventListener("change", () => page.changed(path));
    return control;
  }

  function counter(control, limit) {
    const shown = make("span", { class: "ws-formular__zaehler ws-leise", "aria-hidden": "true" });
    const count = () => { shown.textContent = form.worte.length(form.worte.squeeze(control.value)) + " von " + limit + " Zeichen"; };
    control.addEventListener("input", count);
    count();
    return shown;
  }

  const lines = (value) => (Array.isArray(value) ? value.join("\n") : value || "");
  const entries = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

  const kinds = {
    text(field, data, path, page, need) {
      const rule = field.regel;
      if (rule.grenze <= SHORT) {
        return single(field, path, input(field, data, path, page, {}), need);
      }
      const control = area(field, data, path, page, rule.markdown ? 4 : 2, null,
        rule.markdown ? null : (text) => text.replace(/\s*\n\s*/g, " "));
      const more = rule.markdown ? make("p", { class: "ws-formular__hilfe ws-leise" }, "Eine Leerzeile trennt Absätze, „- “ macht eine Liste, **zwei Sterne** heben hervor.")
        : rule.grenze <= 300 ? counter(control, rule.grenze) : null;
      return single(field, path, control, need, more);
    },

    wort(field, data, path, page, need) {
      const list = form.table().vokabulare[field.regel.vokabular];
      if (list.offen) {
        const control = input(field, data, path, page, { list: idOf(path) + "-liste" });
        return single({ ...field, hilfe: (field.hilfe || "") + " Vorschläge kommen beim Tippen." }, path, control, need,
          make("datalist", { id: idOf(path) + "-liste" }, list.worte.map(([value, word]) => make("option", { value }, word))));
      }
      const choose = (value) => {
        data[field.name] = value;
        page.changed(path);
      };
      const isExplained = list.worte.some((term) => term[2]);
      if (isExplained && list.worte.length <= MOST_RADIOS && path.length <= 2) {
        return several({ ...field, ohneBeispiel: true }, path, need, choices("radio", list.worte, path, (value) => data[field.name] === value, choose));
      }
      const control = make("select", { onchange: (event) => choose(event.target.value) },
        make("option", { value: "" }, need ? "Bitte wählen" : "Keine Angabe"),
        list.worte.map(([value, word]) => make("option", { value, selected: data[field.name] === value }, word)));
      return single({ ...field, ohneBeispiel: true }, path, control, need);
    },

    janein(field, data, path, page, need) {
      return kinds.auswahl({ ...field, ohneBeispiel: true }, data, path, page, need, [["ja", "Ja"], ["nein", "Nein"]]);
    },

    auswahl(field, data, path, page, need, options) {
      const control = make("select", {
        onchange: (event) => {
          data[field.name] = event.target.value;
          page.changed(path);
        }
      }, make("option", { value: "" }, need ? "Bitte wählen" : "Keine Angabe"),
      options.map(([value, word]) => make("option", { value, selected: data[field.name] === value }, word)));
      return single(field, path, control, need);
    },

    datum(field, data, path, page, need) {
      return single({ ...field, ohneBeispiel: true }, path, input(field, data, path, page, { type: "date", class: "ws-formular__kurz" }), need);
    },

    zeitpunkt(field, data, path, page, need) {
      const written = { ...field, hilfe: (field.hilfe || "") + " Jahr, Monat oder Tag: JJJJ, JJJJ-MM oder JJJJ-MM-TT." };
      return single(written, path, input(field, data, path, page, { class: "ws-formular__kurz" }), need);
    },

    zahl(field, data, path, page, need) {
      return single(field, path, input(field, data, path, page, { inputmode: "decimal", class: "ws-formular__kurz" }), need);
    },

    muster(field, data, path, page, need) {
      const known = form.table().kategorien;
      if (field.name === "kategorie" && known.length) {
        return kinds.auswahl({ ...field, ohneBeispiel: true }, data, path, page, need, known.map((c) => [c.id, c.name]));
      }
      const mode = { weblink: "url", kontakt: "email" }[field.regel.code] || "text";
      return single(field, path, input(field, data, path, page, { inputmode: mode, spellcheck: "false" }), need);
    },

    verweis(field, data, path, page, need) {
      return form.verweise.control(field, data, path, page, need);
    },

    angaben(field, data, path, page) {
      const group = data[field.name] || (data[field.name] = {});
      const rows = field.regel.bekannt.map(([name, word]) => kinds.text(
        { name, wort: word, regel: { grenze: SHORT } }, group, [...path, name], page, false));
      return several({ ...field, ohneBeispiel: true }, path, false, make("div", { class: "ws-formular__gruppe" }, rows));
    },

    /** Free data of the own house: lines of the form "name: Wert". */
    alles(field, data, path, page) {
      const read = (value) => Object.entries(value || {}).map(([name, inner]) => name + ": " + inner).join("\n");
      const write = (text) => Object.fromEntries(entries(text).map((line) => {
        const at = line.indexOf(":");
        return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }));
      const control = area(field, data, path, page, 2, read, write);
      return single({ ...field, hilfe: field.hilfe + " Eine Zeile je Angabe: name: Wert." }, path, control, false);
    }
  };

  /** Radio buttons or checkboxes with their meaning. */
  function choices(type, terms, path, isChosen, onChange) {
    return terms.map(([value, word, meaning], at) => {
      const id = idOf(path) + "-" + at;
      const control = make("input", {
        type, id, name: idOf(path), value, checked: isChosen(value),
        onchange: (event) => onChange(value, event.target.checked)
      });
      return make("div", { class: "ws-formular__wahl" }, control,
        make("label", { for: id }, word, meaning ? make("span", { class: "ws-leise" }, " " + meaning) : null));
    });
  }

  const lists = {
    wort(field, data, path, page, need) {
      const list = form.table().vokabulare[field.regel.vokabular];
      const chosen = () => data[field.name] || [];
      return several({ ...field, ohneBeispiel: true }, path, need, choices("checkbox", list.worte, path, (value) => chosen().includes(value),
        (value, on) => {
          data[field.name] = on ? [...chosen(), value] : chosen().filter((other) => other !== value);
          page.changed(path);
        }));
    },
    verweis(field, data, path, page, need) {
      return form.verweise.control(field, data, path, page, need);
    }
  };

  /** Any texts: one line each. */
  function textLines(field, data, path, page, need) {
    const control = area(field, data, path, page, 2, lines, entries);
    return single({ ...field, hilfe: field.hilfe + " Eine Zeile je Angabe." }, path, control, need);
  }

  function group(field, data, path, page, need) {
    const described = form.table().gruppen[field.gruppe];
    const values = data[field.name] || (data[field.name] = {});
    return several({ ...field, ohneBeispiel: true }, path, need,
      make("div", { class: "ws-formular__gruppe" }, fields(described.felder, values, path, page)));
  }

  /** A group that may stand there several times. */
  function rows(field, data, path, page, need) {
    const described = form.table().gruppen[field.gruppe];
    const list = data[field.name] || (data[field.name] = []);
    const name = (at) => (field.wort || field.name) + " " + (at + 1);
    const boxes = list.map((values, at) => make("fieldset", { class: "ws-formular__zeile" },
      make("legend", {}, name(at)),
      make("div", { class: "ws-formular__gruppe" }, fields(described.felder, values, [...path, at], page)),
      button("Entfernen", () => {
        list.splice(at, 1);
        page.draw();
        page.changed(path);
        page.focus(path);
      }, { "aria-label": name(at) + " entfernen" })));
    const add = button(list.length ? "Weitere Angabe" : "Angabe hinzufügen", () => {
      list.push({});
      page.draw();
      page.focus([...path, list.length - 1, described.felder[0].name]);
    }, { "aria-label": (field.wort || field.name) + (list.length ? ": weitere Angabe" : ": Angabe hinzufügen") });
    return several({ ...field, ohneBeispiel: true }, path, need, boxes, form.kataloge.offer(field, data, path, page),
      make("p", {}, add));
  }

  function draw(field, data, path, page) {
    const need = Boolean(field.pflicht) || page.isNeeded(path);
    if (field.gruppe) {
      return (field.liste ? rows : group)(field, data, path, page, need);
    }
    const kind = field.regel.art;
    if (field.liste) {
      return (lists[kind] || textLines)(field, data, path, page, need);
    }
    return kinds[kind](field, data, path, page, need);
  }

  const fields = (list, data, path, page) => list.filter((field) => field.regel || field.gruppe)
    .map((field) => draw(field, data, [...path, field.name], page));

  form.felder = { draw, fields, area };
}(typeof globalThis === "undefined" ? this : globalThis));
