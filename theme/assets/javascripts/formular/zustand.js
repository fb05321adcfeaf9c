/* What is being written: a draft of one or several records, kept on this device only.
 *
 * A draft is {nummer, eintraege: [{typ, id, eigeneId, daten, text}], namen, geaendert}. daten holds the
 * fields as they will stand in the file; empty ones are left out when it is checked and written.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { slug } = form.worte;
  const SITE = new URL("../../../", document.currentScript.src).href;
  const KEY = "wissen-formular " + new URL(SITE).pathname;
  const MOST = 20;

  /** All drafts, by number; none if the browser keeps nothing. */
  function all() {
    try {
      return JSON.parse(localStorage.getItem(KEY) || "{}");
    } catch (error) {
      return {};
    }
  }

  /** Keep all drafts; false if the browser does not allow it. */
  function keep(drafts) {
    try {
      if (Object.keys(drafts).length) {
        localStorage.setItem(KEY, JSON.stringify(drafts));
      } else {
        localStorage.removeItem(KEY);
      }
      return true;
    } catch (error) {
      return false;
    }
  }

  function save(draft) {
    const drafts = all();
    draft.geaendert = new Date().toISOString();
    drafts[draft.nummer] = draft;
    const old = Object.values(drafts).sort((a, b) => (a.geaendert < b.geaendert ? 1 : -1)).slice(MOST);
    old.forEach((each) => { delete drafts[each.nummer]; });
    return keep(drafts);
  }

  function forget(number) {
    const drafts = all();
    delete drafts[number];
    keep(drafts);
  }

  /** Drafts, the latest first. */
  const list = () => Object.values(all()).sort((a, b) => (a.geaendert < b.geaendert ? 1 : -1));

  const newDraft = () => ({ nummer: Date.now().toString(36), eintraege: [], namen: {} });

  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  const typeOf = (typ) => form.table().typen[typ];

  /** A new record in the draft, with what nobody should have to type. */
  function add(draft, typ, given) {
    const fields = new Map(form.pruefung.fieldsOf(typ).map((field) => [field.name, field]));
    const daten = { status: "in_pruefung", stand: today(), quellen: [{}] };
    const first = draft.eintraege[0];
    for (const name of ["herausgeber", "verantwortlich", "vertraulichkeit", "kontakt"]) {
      if (first && first.daten[name]) {
        daten[name] = first.daten[name]; // of the same hands
      }
    }
    for (const [name, value] of Object.entries(given || {})) {
      if (fields.has(name)) {
        daten[name] = value;
      }
    }
    const entry = { typ, id: "", eigeneId: false, daten, text: "" };
    draft.eintraege.push(entry);
    nameIt(draft, entry);
    return entry;
  }

  /** Give a record the id that follows from its title, and tell those who refer to it. */
  function nameIt(draft, entry) {
    if (entry.eigeneId) {
      return;
    }
    const wanted = slug(entry.daten.titel || "") || "neu-" + entry.typ;
    const taken = new Set(draft.eintraege.filter((other) => other !== entry).map((other) => other.id));
    let id = wanted;
    for (let number = 2; taken.has(id); number += 1) {
      id = wanted + "-" + number;
    }
    rename(draft, entry, id);
  }

  function rename(draft, entry, id) {
    const old = entry.id;
    entry.id = id;
    if (old && old !== id) {
      draft.eintraege.forEach((other) => refer(form.pruefung.fieldsOf(other.typ), other.daten, old, id));
    }
  }

  /** Let every reference to an id of this draft follow its new name. */
  function refer(fields, data, old, id) {
    for (const field of fields) {
      const value = data[field.name];
      const swap = (item) => (item === old ? id : item);
      if (value === undefined || value === null) {
        continue;
      }
      if (field.gruppe) {
        const groups = field.liste ? value : [value];
        groups.filter(form.werte.isGroup).forEach((group) => refer(form.table().gruppen[field.gruppe].felder, group, old, id));
      } else if (field.regel && field.regel.art === "verweis") {
        data[field.name] = Array.isArray(value) ? value.map(swap) : swap(value);
      }
    }
  }

  /** Data without empty fields; entries of lists stay where they are. */
  function filled(value) {
    if (Array.isArray(value)) {
      return value.map(filled);
    }
    if (value === null || typeof value !== "object") {
      return value;
    }
    const rest = {};
    for (const [name, inner] of Object.entries(value)) {
      const kept = filled(inner);
      const isEmpty = kept === null || kept === undefined || kept === ""
        || (typeof kept === "object" && !Array.isArray(kept) && Object.keys(kept).length === 0)
        || (Array.isArray(kept) && kept.length === 0);
      if (!isEmpty) {
        rest[name] = kept;
      }
    }
    return rest;
  }

  /** The record as it will stand in its file. */
  const record = (entry) => ({
    typ: entry.typ, id: entry.id, daten: filled(entry.daten), text: form.yaml.clean(entry.text).replace(/^\n+|\s+$/g, "")
  });

  /** Everything that is wrong with a record, the invisible characters first. */
  function problems(entry) {
    const plain = record(entry);
    const found = [];
    const seek = (value, path) => {
      if (typeof value === "string") {
        if (form.yaml.clean(value).search(form.worte.pattern("steuerzeichen")) >= 0) {
          found.push({ path, severity: "Fehler", code: "zeichen", message: form.worte.said("steuerzeichen") });
        }
      } else if (value !== null && typeof value === "object") {
        Object.entries(value).forEach(([step, inner]) => seek(inner, [...path, Array.isArray(value) ? Number(step) : step]));
      }
    };
    seek(plain.daten, []);
    seek(plain.text, ["text"]);
    return [...found, ...form.pruefung.check(plain), ...form.pruefung.checkCategory(plain)];
  }

  form.zustand = {
    site: SITE, all, save, forget, list, clear: () => keep({}), newDraft, add, nameIt, rename, record, problems, typeOf, filled
  };
}(typeof globalThis === "undefined" ? this : globalThis));
