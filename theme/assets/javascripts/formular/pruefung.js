/* The checks within a record: what `wissen check` says of one file, with the same words.
 *
 * check({typ, id, daten, text}) gives [{path, severity, code, message}]; daten is the front matter as
 * it stands in the file (texts, lists, groups), text the body below it.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { said, strip, quoted, slug, nearest, allowed, didYouMean, flow, germanDate, pattern, Complaint } = form.worte;
  const { check: checkValue, isGroup, isId, german } = form.werte;
  const [ERROR, WARNING] = ["Fehler", "Warnung"];
  const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

  /** The fields of a type: those of all records, then its own. */
  function fieldsOf(typ) {
    const table = form.table();
    const fields = [...table.gemeinsam, ...table.typen[typ].felder];
    const last = new Map(fields.map((field) => [field.name, field])); // a type may redefine one
    return [...last.values()];
  }

  const groupOf = (field) => field.gruppe && form.table().gruppen[field.gruppe];

  /** Field name → label of what an author may write. */
  function labels(fields) {
    return new Map(fields.filter((f) => f.wort || f.name === "text").map((f) => [f.name, f.wort || f.name]));
  }

  /** The field that an unknown name stands for, or "". */
  function meantField(name, fields) {
    const clean = name.replace(pattern("unsichtbar"), "");
    const bySlug = new Map([...labels(fields)].map(([field, label]) => [slug(label), field]));
    return bySlug.get(slug(clean)) || nearest(clean, [...labels(fields).keys()]);
  }

  function unknownField(name, fields) {
    if (name.search(pattern("unsichtbar")) >= 0) {
      return said("unsichtbar", { feld: quoted(name.replace(pattern("unsichtbar"), "")) });
    }
    const unknown = said("unbekannt", { feld: quoted(name) });
    if (form.table().berechnet.includes(name)) {
      return unknown + said("berechnet");
    }
    const meant = meantField(name, fields);
    if (meant) {
      return unknown + said("meint", [quoted(meant)]);
    }
    const names = [...labels(fields).keys()];
    const common = new Set(form.table().gemeinsam.map((field) => field.name));
    const own = names.includes("typ") ? [...names.filter((n) => !common.has(n)), ...names.filter((n) => common.has(n))] : names;
    return unknown + allowed(own, 60);
  }

  /** An example in YAML: with the author's own words where a list of them is wanted. */
  function example(field, value, name, inList, listWanted) {
    if (listWanted && typeof value === "string" && !field.gruppe) {
      const lines = strip(value).split("\n").map((line) => line.replace(/^[-* ]+|[-* ]+$/g, ""));
      return form.worte.head(said("schreiben-sie", { feld: name, wert: flow(lines) }), 200);
    }
    const shown = field.beispiel === undefined ? null : field.beispiel;
    if (inList && Array.isArray(shown)) {
      return said("beispiel-eintrag", { wert: flow(shown[0]) });
    }
    const filled = Array.isArray(shown) ? shown.length : shown;
    return filled ? said("beispiel", { feld: name, wert: flow(shown) }) : "";
  }

  const pair = (names, value) => Object.fromEntries(names.map((name, at) => [name, value[at]]));
  // Groups that may be written in a short way of their own.
  const shapes = {
    spanne(value) {
      if (typeof value === "string") {
        const at = value.search(/bis|–|-/);
        const cut = at < 0 ? value.length : at + (value.startsWith("bis", at) ? 3 : 1);
        return { von: at < 0 ? value : value.slice(0, at), bis: at < 0 ? value : value.slice(cut) };
      }
      return Array.isArray(value) && value.length === 2 ? pair(["von", "bis"], value) : value;
    },
    zeitraum(value) {
      let parts = value;
      if (typeof value === "string") {
        const found = /[\s\x1c-\x1f\x85]bis[\s\x1c-\x1f\x85]|[–/]|[\s\x1c-\x1f\x85]-[\s\x1c-\x1f\x85]/.exec(value);
        parts = found ? [value.slice(0, found.index), value.slice(found.index + found[0].length)] : [value];
      }
      return Array.isArray(parts) && (parts.length === 1 || parts.length === 2)
        ? { von: parts[0], bis: parts[parts.length - 1] } : parts;
    },
    kennzahl(value) {
      const keys = isGroup(value) ? Object.keys(value) : [];
      return keys.length === 1 && !form.table().gruppen.Kennzahl.felder.some((f) => f.name === keys[0])
        ? { name: keys[0], wert: value[keys[0]] } : value;
    },
    koordinaten(value) {
      const parts = typeof value === "string" && /^[\p{Nd}\p{No}]/u.test(value)
        ? strip(value).split(/\s*[,;]\s*|\s+/) : value;
      return Array.isArray(parts) && parts.length === 2 ? pair(["lat", "lon"], parts) : parts;
    }
  };
  // What a whole group must fulfil once its fields are right.
  const wholes = {
    Spanne(group) {
      if (group.bis < group.von) {
        throw new Complaint("bereich", said("spanne-verkehrt"));
      }
    }
  };

  /** A group as its fields, if it was written in a short way. */
  function expanded(value, group) {
    const raw = group.form ? shapes[group.form](value) : value;
    return group.kurzform && typeof raw === "string" ? { [group.kurzform]: raw } : raw;
  }

  class Check {
    constructor() {
      this.found = [];
    }

    add(path, code, message, severity) {
      this.found.push({ path, severity: severity || ERROR, code, message });
    }

    /** The values of a group by its fields, or undefined if something is wrong. */
    fields(raw, fields, path) {
      const before = this.found.length;
      const known = new Set(fields.map((field) => field.name));
      const unknown = Object.keys(raw).filter((name) => !known.has(name) && raw[name] !== null);
      const meant = new Set(unknown.map((name) => meantField(name, fields)));
      const result = {};
      for (const field of fields) {
        const value = has(raw, field.name) ? raw[field.name] : null;
        if (value !== null) {
          result[field.name] = this.value(field, value, [...path, field.name]);
        } else if (field.pflicht && field.name !== "typ" && !meant.has(field.name)) {
          const isEmpty = has(raw, field.name);
          this.add(isEmpty ? [...path, field.name] : path, "pflichtfeld",
            said(isEmpty ? "pflicht-leer" : "pflicht-fehlt", { feld: quoted(field.name), wort: field.wort })
            + example(field, raw, field.name, false, false));
          this.found[this.found.length - 1].feld = [...path, field.name];
        }
      }
      unknown.forEach((name) => this.add([...path, name], "unbekanntes-feld", unknownField(name, fields)));
      return this.found.length === before ? result : undefined;
    }

    value(field, value, path) {
      if (!field.liste) {
        return this.single(field, value, path, false);
      }
      if (!Array.isArray(value)) {
        this.add(path, "liste", said("eine-liste") + example(field, value, field.name, false, true));
        return undefined;
      }
      return value.map((item, at) => this.single(field, item, [...path, at], true));
    }

    single(field, value, path, inList) {
      const group = groupOf(field);
      if (group) {
        return this.group(field, group, value, path, inList);
      }
      if (!field.regel) {
        return value; // typ and text, which the file gives
      }
      try {
        return checkValue(field.regel, value);
      } catch (complaint) {
        return this.complain(path, complaint);
      }
    }

    complain(path, complaint) {
      if (!(complaint instanceof Complaint)) {
        throw complaint;
      }
      this.add(path, complaint.code, complaint.message);
      return undefined;
    }

    group(field, group, value, path, inList) {
      const raw = expanded(value, group);
      if (!isGroup(raw)) {
        const name = String(path[path.length - 1]);
        this.add(path, "gruppe", group.schreibweise ? said("schreibweise", { feld: name, beispiel: group.schreibweise })
          : said("eine-gruppe") + example(field, value, field.name, inList, false));
        return undefined;
      }
      const result = this.fields(raw, group.felder, path);
      try {
        if (result && wholes[field.gruppe]) {
          wholes[field.gruppe](result);
        }
      } catch (complaint) {
        return this.complain(path, complaint);
      }
      return result;
    }

    texts(data, path) {
      if (typeof data === "string") {
        form.texte.check(data).forEach((f) => this.found.push({ path, severity: ERROR, code: f.code, message: f.message, at: f.at }));
      } else if (data !== null && typeof data === "object") {
        const steps = Array.isArray(data) ? data.map((value, at) => [at, value]) : Object.entries(data);
        steps.forEach(([step, value]) => this.texts(value, [...path, step]));
      }
    }
  }

  // Rules within a record: generator/records/record_rules.py, by the same names.
  const isEvaluation = (typ) => typ === "bewertung";
  const rules = {
    finished_has_verdict(add, r, typ) {
      if (isEvaluation(typ) && r.pruefstatus === "abgeschlossen") {
        if (r.verdikt === undefined) {
          add(["pruefstatus"], "verdikt-fehlt", said("verdikt-fehlt"));
        }
        if (r.gueltig_bis === undefined) {
          add(["pruefstatus"], "gueltig-bis-fehlt", said("gueltig-bis-fehlt"));
        }
      }
    },
    verdict_has_reason(add, r, typ) {
      if (isEvaluation(typ) && r.verdikt && !r.verdikt_begruendung) {
        add(["verdikt"], "begruendung-fehlt", said("begruendung-fehlt"));
      }
    },
    unfinished_has_no_verdict(add, r, typ) {
      if (isEvaluation(typ) && r.verdikt && ["geplant", "laufend"].includes(r.pruefstatus)) {
        add(["verdikt"], "verdikt-zu-frueh", said("verdikt-zu-frueh", { wert: quoted(r.pruefstatus) }));
      }
    },
    valid_until_follows_state(add, r, typ) {
      if (isEvaluation(typ) && r.gueltig_bis && r.gueltig_bis < r.stand) {
        add(["gueltig_bis"], "gueltig-vor-stand",
          said("gueltig-vor-stand", { bis: germanDate(r.gueltig_bis), stand: germanDate(r.stand) }));
      }
    },
    catalogue_weights_are_100(add, r, typ) {
      const total = typ === "kriterienkatalog" ? r.kriterien.reduce((sum, k) => sum + k.gewicht, 0n) : 100000000n;
      if (total !== 100000000n) {
        add(["kriterien"], "gewichte", said("gewichte", { summe: german(total) }));
      }
    },
    criteria_are_unique(add, r, typ) {
      const ids = isEvaluation(typ) || typ === "kriterienkatalog" ? (r.kriterien || []).map((k) => k.id) : [];
      ids.forEach((id, at) => {
        if (ids.indexOf(id) < at) {
          add(["kriterien", at, "id"], "doppeltes-kriterium", said("doppeltes-kriterium", { wert: quoted(id) }));
        }
      });
    },
    does_not_relate_to_itself(add, r, typ, id) {
      (r.bezug || []).forEach((relation, at) => {
        if (relation.ziel === id) {
          add(["bezug", at, "ziel"], "selbstbezug", said("selbstbezug"));
        }
      });
      if (isEvaluation(typ) && (r.ersetzt || []).includes(id)) {
        add(["ersetzt", r.ersetzt.indexOf(id)], "selbstbezug", said("ersetzt-sich"));
      }
    },
    has_sources(add, r) {
      if (!r.quellen.length) {
        add(["quellen"], "pflichtfeld", said("quelle-fehlt"));
      }
    },
    starts_with_second_level_heading(add, r) {
      for (const match of form.texte.withoutCode(r.text || "").matchAll(pattern("titel"))) {
        add(["text"], "ueberschrift", said("ueberschrift"), WARNING, match.index);
      }
    }
  };

  function checkName(add, id) {
    const ending = ".md";
    if (!isId(id)) {
      const guess = slug(id);
      add([], "dateiname", said("dateiname", {
        wert: quoted(id + ending), vorschlag: guess ? said("dateiname-vorschlag", [guess + ending]) : ""
      }));
    } else if (id.length > 100) {
      add([], "dateiname", said("dateiname-lang"));
    } else if (form.table().vergeben.includes(id)) {
      add([], "dateiname", said("dateiname-vergeben", { wert: quoted(id), endung: ending }));
    }
  }

  const filled = (data) => (Array.isArray(data) ? data.map(filled) : isGroup(data)
    ? Object.fromEntries(Object.entries(data).filter(([, v]) => v !== null).map(([k, v]) => [k, filled(v)])) : data);

  function check(record) {
    const run = new Check();
    const add = run.add.bind(run);
    const raw = { ...record.daten };
    const body = record.text || "";
    checkName(add, record.id);
    if (has(raw, "text") && !record.yml) {
      add(["text"], "text-doppelt", said("text-doppelt"));
    }
    for (const name of ["id", "datei"]) {
      if (has(raw, name) && raw[name] !== null) {
        add([name], "unbekanntes-feld", said("feld-aus-datei", { feld: quoted(name) }));
      }
    }
    const data = { ...raw, typ: record.typ };
    delete data.id;
    delete data.datei;
    if (body) {
      data.text = body;
    } else if (has(data, "text") && data.text !== null && typeof data.text !== "string") {
      add(["text"], "text", said("text-ist-kein-text"));
      data.text = "";
    }
    const valid = run.fields(data, fieldsOf(record.typ), []);
    run.texts(raw, []);
    if (body) {
      run.texts(body, ["text"]);
    }
    if (valid) {
      const more = [];
      form.table().regeln.forEach((name) => rules[name]((path, code, message, severity, at) =>
        more.push({ path, severity: severity || ERROR, code, message, at }), filled(valid), record.typ, record.id));
      run.found.push(...more);
    }
    return run.found;
  }

  /** Whether a solution's category is one of the wiki's: the form knows them all. */
  function checkCategory(record) {
    const value = record.daten.kategorie;
    const known = form.table().kategorien.map((category) => category.id);
    if (record.typ !== "loesung" || typeof value !== "string" || !isId(strip(value)) || !known.length
      || known.includes(strip(value))) {
      return [];
    }
    const message = said("kategorie", {
      wert: quoted(value), meint: didYouMean(value, known), erlaubt: allowed(known)
    });
    return [{ path: ["kategorie"], severity: ERROR, code: "kategorie", message }];
  }

  /** What is wrong with one group by itself. */
  function checkGroup(name, data) {
    const run = new Check();
    const fields = form.table().gruppen[name].felder;
    run.fields(data, fields, []);
    run.texts(data, []);
    return run.found;
  }

  form.pruefung = { check, checkCategory, checkGroup, expanded, fieldsOf, rules };
}(typeof globalThis === "undefined" ? this : globalThis));
