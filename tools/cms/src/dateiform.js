// A record's file, read and written: `wissen-md` and `wissen-yml` for Sveltia.
//
// Reading: every scalar stays the text that it is in the file, short ways of writing become the groups
// they stand for.  Writing: only what was changed is written anew, into the file as it was read; comments,
// the order of the fields, line breaks, ways of writing and fields unknown to the CMS stay.  For that the
// head of the file travels along in the hidden field `urfassung`.  New records are written by the web form's
// own writer.
import { Document, YAMLMap, isMap, isSeq, parseDocument, visit } from "yaml";

const HEAD = /^---[ \t]*\n([\s\S]*?\n?)(?:---|\.\.\.)[ \t]*(?:\n|$)([\s\S]*)$/;
const HIDDEN = ["urfassung"];
const BODY = "text";

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => value === null || value === undefined || value === ""
  || (Array.isArray(value) ? !value.length : isGroup(value) && !Object.keys(value).length);

/** YAML as texts, lists and groups. */
function parsed(head) {
  const document = parseDocument(head, { schema: "failsafe", keepSourceTokens: true, version: "1.2" });
  let plainText = true; // aliases would be lost
  visit(document, { Alias: () => { plainText = false; } });
  if (document.errors.length || !plainText || !isMap(document.contents) || document.contents.flow) {
    throw new Error("Der Kopf dieser Datei ist nicht lesbar; bitte mit „wissen check“ prüfen.");
  }
  return document;
}

const nameOf = (pair) => String(pair.key.value ?? pair.key);
const NULLS = new Set(["", "~", "null"]);
/** What `wissen check` takes for nothing: a plain ~ or null, or nothing at all. */
function plain(node) {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map((pair) => [nameOf(pair), plain(pair.value)]));
  }
  if (isSeq(node)) {
    return node.items.map(plain);
  }
  const value = node?.value ?? "";
  return node?.type === "PLAIN" && NULLS.has(value) ? null : String(value);
}

/** The dialect of one record type: what the field table says of its values. */
export class Dialect {
  constructor(form) {
    this.form = form;
  }

  fields(typ) {
    return this.form.table().typen[typ] ? this.form.pruefung.fieldsOf(typ) : [];
  }

  /** A record's data in the one way that the CMS edits them. */
  record(data, typ) {
    return this.group(data, this.fields(typ));
  }

  group(data, fields) {
    const known = new Map(fields.map((field) => [field.name, field]));
    const result = {};
    for (const [name, value] of Object.entries(data)) {
      const tidy = known.has(name) ? this.field(value, known.get(name)) : value;
      if (!isEmpty(tidy)) {
        result[name] = tidy;
      }
    }
    return result;
  }

  field(value, field) {
    if (value === null || value === undefined) {
      return undefined;
    }
    if (!field.liste) {
      return this.single(value, field);
    }
    return (Array.isArray(value) ? value : [value]).filter((item) => !isEmpty(item)).map((item) => this.single(item, field));
  }

  single(value, field) {
    if (field.gruppe) {
      const group = this.form.pruefung.expanded(value, this.form.table().gruppen[field.gruppe]);
      return isGroup(group) ? this.group(group, this.form.table().gruppen[field.gruppe].felder) : group;
    }
    const kind = field.regel?.art;
    if (kind === "angaben" && isGroup(value)) {
      return Object.fromEntries(Object.entries(value).filter(([, v]) => !isEmpty(v))
        .map(([key, v]) => [key, Array.isArray(v) ? v.join(", ") : v]));
    }
    if (typeof value !== "string") {
      return value;
    }
    if (kind === "janein") {
      return /^(?:ja|true|wahr)$/i.test(value.trim()) ? "ja" : /^(?:nein|false|falsch)$/i.test(value.trim()) ? "nein" : value;
    }
    if (kind === "zahl") {
      return value.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2");
    }
    return field.regel?.markdown ? value.replace(/\s+$/, "") : value.trim().replace(/\s+/g, " ");
  }
}

/** Whether two values mean the same. */
function same(one, other) {
  if (isEmpty(one) || isEmpty(other)) {
    return isEmpty(one) && isEmpty(other);
  }
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, at) => same(item, other[at]));
  }
  if (isGroup(one)) {
    return isGroup(other) && [...new Set([...Object.keys(one), ...Object.keys(other)])].every((k) => same(one[k], other[k]));
  }
  return isNumber(one) && isNumber(other) ? Number(one) === Number(other) : String(one).trim() === String(other).trim();
}

const isNumber = (value) => /^-?\d+(?:\.\d+)?$/.test(String(value)) && !/^-?0\d/.test(String(value));

/** Without what is empty: the CMS gives such fields too. */
function filled(value) {
  if (Array.isArray(value)) {
    return value.map(filled).filter((item) => !isEmpty(item));
  }
  if (isGroup(value)) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v)]).filter(([, v]) => !isEmpty(v)));
  }
  return value === null || value === undefined ? "" : String(value);
}

/** The text of every field of a head, and the blank and comment lines that follow it. */
function pieces(head, map) {
  const text = head.endsWith("\n") || !head ? head : `${head}\n`;
  const starts = map.items.map((pair) => pair.key.range[0]);
  const found = { start: text.slice(0, starts[0] ?? text.length), texts: {}, tails: {} };
  map.items.forEach((pair, at) => {
    const [, own, tail] = /^([\s\S]*?\n)((?:[ \t]*(?:#[^\n]*)?\n)*)$/.exec(text.slice(starts[at], starts[at + 1]));
    found.texts[nameOf(pair)] = own;
    found.tails[nameOf(pair)] = tail;
  });
  return found;
}

/** One field by itself. */
function alone(pair) {
  const document = new Document(undefined, { schema: "failsafe", version: "1.2" });
  document.contents = new YAMLMap();
  pair.key.commentBefore = undefined;
  pair.key.spaceBefore = false;
  document.contents.items.push(pair);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export class FileForm {
  constructor(form, markdown) {
    this.form = form;
    this.dialect = new Dialect(form);
    this.markdown = markdown;
  }

  /** A file → what the CMS edits. */
  read(file) {
    const [, head, body] = this.markdown ? HEAD.exec(`${file}\n`) ?? [] : ["", `${file}\n`, ""];
    if (head === undefined) {
      throw new Error("Diese Datei beginnt nicht mit einem Kopf zwischen zwei Zeilen „---“.");
    }
    const data = plain(parsed(head).contents);
    const record = this.dialect.record(data, data.typ);
    if (this.markdown && BODY in data) {
      throw new Error("In einer .md-Datei gehört der Text unter den Kopf, nicht in das Feld „text“.");
    }
    delete record.intern; // stays in the file
    const text = this.markdown ? body.trim() : (record.text ?? "");
    return { ...record, urfassung: head, [BODY]: text };
  }

  /** What the CMS gives → a file. */
  write(content) {
    const { urfassung, [BODY]: body = "", ...rest } = content;
    const data = filled(rest);
    HIDDEN.forEach((name) => delete data[name]);
    if (!urfassung) {
      return this.form.yaml.file({ typ: data.typ, daten: data, text: body });
    }
    const wanted = this.markdown || isEmpty(body) ? data : { ...data, [BODY]: body };
    const head = this.merged(urfassung, wanted);
    const text = this.form.yaml.clean(body).replace(/^\n+|\s+$/g, "");
    return this.markdown ? `---\n${head}---\n${text ? `\n${text}\n` : ""}` : head;
  }

  /** The head as it was, with what was changed: fields that were not keep every byte. */
  merged(head, data) {
    const document = parsed(head);
    const fields = this.dialect.fields(data.typ);
    const before = pieces(head, document.contents);
    const unchanged = new Set(Object.keys(data).concat(Object.keys(before.texts)).filter((name) =>
      name === "intern" || same(this.valueIn(document.contents, name, fields), data[name])));
    this.mergeGroup(document, document.contents, data, fields, ["intern"]);
    const written = document.contents.items.map((pair) => {
      const name = nameOf(pair);
      const tail = before.tails[name] ?? "";
      return unchanged.has(name) ? before.texts[name] + tail : alone(pair) + tail;
    });
    const lost = Object.keys(before.texts).filter((name) => !document.contents.has(name)).map((name) => before.tails[name]);
    return before.start + written.join("") + lost.join("");
  }

  valueIn(map, name, fields) {
    const pair = map.items.find((item) => nameOf(item) === name);
    const field = fields.find((f) => f.name === name);
    return pair && (field ? this.dialect.field(plain(pair.value), field) : plain(pair.value));
  }

  mergeGroup(document, node, data, fields, kept = []) {
    const known = new Map(fields.map((field) => [field.name, field]));
    for (const pair of [...node.items]) {
      const name = nameOf(pair);
      if (kept.includes(name)) {
        continue;
      }
      const before = known.has(name) ? this.dialect.field(plain(pair.value), known.get(name)) : plain(pair.value);
      if (same(before, data[name])) {
        continue;
      }
      if (isEmpty(data[name])) {
        node.delete(name);
      } else {
        pair.value = this.mergeValue(document, pair.value, before, data[name], known.get(name));
      }
    }
    for (const [name, value] of Object.entries(data)) {
      if (!node.has(name) && !isEmpty(value)) {
        this.insert(document, node, name, value, fields);
      }
    }
  }

  mergeValue(document, node, before, value, field) {
    if (isSeq(node) && Array.isArray(value) && field?.liste) {
      const rest = node.items.map((item, at) => ({ item, was: before?.[at] }));
      node.items = value.map((wanted, at) => {
        const found = rest.findIndex(({ was }) => same(was, wanted));
        if (found >= 0) {
          return rest.splice(found, 1)[0].item;
        }
        const here = rest.findIndex(({ item }) => item === node.items[at]);
        const old = here >= 0 && !value.some((other) => same(other, rest[here].was)) ? rest.splice(here, 1)[0] : null;
        return old ? this.mergeOne(document, old.item, wanted, field) : this.node(wanted);
      });
      return node;
    }
    return this.mergeOne(document, node, value, field);
  }

  mergeOne(document, node, value, field) {
    const fields = field?.gruppe ? this.form.table().gruppen[field.gruppe].felder : [];
    // A group that was written in a short way cannot be changed in parts.
    if (isMap(node) && isGroup(value) && same(filled(this.dialect.single(plain(node), field ?? {})), filled(plain(node)))) {
      this.mergeGroup(document, node, value, fields);
      return node;
    }
    const made = this.node(value);
    made.comment = node?.comment;
    made.commentBefore = node?.commentBefore;
    return made;
  }

  /** A value as the web form writes it. */
  node(value) {
    return parsed(this.form.yaml.fields({ wert: value })).get("wert", true);
  }

  /** Put a new field where the field table has it. */
  insert(document, node, name, value, fields) {
    const order = fields.map((field) => field.name);
    const before = new Set(order.slice(0, order.indexOf(name)));
    let at = node.items.length;
    if (order.includes(name)) {
      at = node.items.reduce((last, pair, place) => (before.has(nameOf(pair)) ? place + 1 : last), 0);
    }
    const pair = document.createPair(name, null);
    pair.value = this.node(value);
    node.items.splice(at, 0, pair);
  }
}
