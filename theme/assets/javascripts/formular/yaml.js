/* A record as the text of its file: front matter in YAML, then the body.
 *
 * Only four ways of writing a text are used: plain where nothing can be misread, a block for several
 * lines, otherwise double quotes, and [] or {} for what is empty. tests/formular/test_yaml.py reads
 * thousands of hostile texts back with the reader of `wissen check`.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  // A word or a sentence that YAML cannot take for anything else, nor end early.
  const PLAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N} .,;()/_%&+*=§€„“–…!?'-]|:(?=[^ ])|(?<! )#)*)$/u;
  const NULLS = new Set(["~", "null", ""]);
  const KEY = /^[\p{L}][\p{L}\p{N}_ -]*$/u;

  /** Characters that no file may hold, and line ends of other systems. */
  function clean(text) {
    const plain = text.replace(/\r\n?/g, "\n").replace(/[\x85\u2028\u2029]/g, " ")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
    return plain;
  }

  /** In double quotes; JSON's escapes are YAML's. */
  const inQuotes = (text) => JSON.stringify(text);

  function scalar(text, indent) {
    const value = clean(text);
    const isPlain = PLAIN.test(value) && value.trim() === value && !NULLS.has(value)
      && !/^(?:---|\.\.\.)/.test(value) && !/ [#-]|: |:$/.test(value);
    if (isPlain) {
      return " " + value;
    }
    const lines = value.split("\n");
    const isBlock = lines.length > 1 && lines[0] !== "" && lines[lines.length - 1] !== ""
      && !/^[ \t]/.test(value) && !/[ \t]$/m.test(value) && !/^\t/m.test(value);
    if (isBlock) {
      return " |-\n" + lines.map((line) => (line ? indent + line : "")).join("\n");
    }
    return " " + inQuotes(value);
  }

  function key(name) {
    return KEY.test(name) && !NULLS.has(name) && !/ $|^-/.test(name) ? name : inQuotes(clean(name));
  }

  const isEmpty = (value) => (Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0);

  /** What stands behind a colon or a dash. */
  function node(value, indent) {
    if (value === null || value === undefined) {
      return "";
    }
    if (typeof value !== "object") {
      return scalar(String(value), indent + "  ");
    }
    if (isEmpty(value)) {
      return Array.isArray(value) ? " []" : " {}";
    }
    const more = indent + "  ";
    if (Array.isArray(value)) {
      return value.map((item) => "\n" + more + "-" + item_(item, more)).join("");
    }
    return Object.entries(value).map(([name, inner]) => "\n" + more + key(name) + ":" + node(inner, more)).join("");
  }

  /** A group begins on the line of its dash. */
  function item_(value, indent) {
    const text = node(value, indent);
    const isGroup = value !== null && typeof value === "object" && !Array.isArray(value) && !isEmpty(value);
    return isGroup ? " " + text.slice(1).trimStart() : text;
  }

  /** Fields in YAML, one after the other. */
  function fields(data) {
    return Object.entries(data).map(([name, value]) => key(name) + ":" + node(value, "") + "\n").join("");
  }

  /** The whole file: typ first, the fields in the order of the field table, the body. */
  function file(record) {
    const data = { typ: record.typ };
    const known = form.pruefung.fieldsOf(record.typ).map((field) => field.name);
    for (const name of [...known, ...Object.keys(record.daten)]) {
      if (!(name in data) && record.daten[name] !== undefined && record.daten[name] !== null) {
        data[name] = record.daten[name];
      }
    }
    const body = clean(record.text || "").replace(/^\n+|[\s\x1c-\x1f\x85]+$/g, "");
    return "---\n" + fields(data) + "---\n" + (body ? "\n" + body + "\n" : "");
  }

  form.yaml = { file, fields, clean };
}(typeof globalThis === "undefined" ? this : globalThis));
