/* Words for the form: the wordings of the checks, and texts as Python handles them.
 *
 * The data files call wissenFormular.daten(name, data); felder.js has the field table, the wordings
 * and the expressions of `wissen check` (generator/exports/form_data.py).
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular = root.wissenFormular || {};
  const kept = form.kept = form.kept || new Map();
  form.daten = (name, data) => { kept.set(name, data); };

  /** The field table with everything that follows from it. */
  form.table = () => kept.get("felder");

  /** A wording with its values, as said() in generator/records/wording.py. */
  function said(key, values) {
    return form.table().wortlaut[key].replace(/\{\{|\}\}|\{([^{}]*)\}/g, (all, name) =>
      (all === "{{" ? "{" : all === "}}" ? "}" : String(values[name || 0])));
  }

  // What Python takes for white space; JavaScript's own idea differs in a few characters.
  const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const ENDS = new RegExp("^[" + SPACE + "]+|[" + SPACE + "]+$", "g");
  const RUNS = new RegExp("[" + SPACE + "]+", "g");

  const strip = (text) => text.replace(ENDS, "");
  /** White space as single blanks, none at the ends. */
  const squeeze = (text) => strip(text).replace(RUNS, " ");
  const points = (text) => (/[\ud800-\udfff]/.test(text) ? [...text] : null);
  const length = (text) => (points(text) || text).length;
  const head = (text, size) => (points(text) ? points(text).slice(0, size).join("") : text.slice(0, size));
  const fold = (text) => text.toLowerCase().replace(/ß/g, "ss");

  function quoted(value) {
    const text = squeeze(value);
    return length(text) > 60 ? "„" + head(text, 59) + "…“" : "„" + text + "“";
  }

  /** An id made from any text. */
  function slug(text) {
    return fold(text.replace(/ß/g, "ss")).replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue")
      .replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 100);
  }

  function asId(text) {
    const name = text.replace(/\\/g, "/").replace(/\/+$/, "").split("/").pop();
    return slug(name.replace(/\.(?:md|ya?ml)$/, ""));
  }

  /** How alike two texts are, from 0 to 100: twice the longest common subsequence by the lengths. */
  function ratio(one, other) {
    const a = [...one];
    const b = [...other];
    let row = new Array(b.length + 1).fill(0);
    for (const char of a) {
      const next = [0];
      for (let at = 1; at <= b.length; at += 1) {
        next.push(char === b[at - 1] ? row[at - 1] + 1 : Math.max(row[at], next[at - 1]));
      }
      row = next;
    }
    return a.length + b.length ? 200 * row[b.length] / (a.length + b.length) : 100;
  }

  /** The candidate that is spelled most like the value, or "". */
  function nearest(value, candidates) {
    const folded = new Map();
    candidates.forEach((candidate) => folded.set(fold(candidate), candidate));
    const wanted = head(fold(value), 200);
    let best = "";
    let most = 68 - 1e-9;
    for (const [spelled, candidate] of folded) {
      const alike = ratio(wanted, spelled);
      if (alike > most || (best === "" && alike >= most)) {
        best = candidate;
        most = alike;
      }
    }
    return best;
  }

  const meant = (text) => (text ? said("meint", [quoted(text)]) : "");
  const didYouMean = (value, candidates) => meant(nearest(value, candidates));

  function allowed(values, limit) {
    const most = limit || 30;
    const more = values.length > most ? said("insgesamt", [values.length]) : "";
    return said("erlaubt", [values.slice(0, most).join(", ") + more]);
  }

  /** Plain data on one line of YAML, as an example in a message. */
  function flow(value) {
    if (Array.isArray(value)) {
      return "[" + value.map(flow).join(", ") + "]";
    }
    if (value !== null && typeof value === "object") {
      return "{" + Object.entries(value).map(([k, v]) => k + ": " + flow(v)).join(", ") + "}";
    }
    const text = value === null ? "None" : String(value);
    return /[,:#[\]{}]/.test(text) ? '"' + text + '"' : text;
  }

  /** 2026-03-31 → 31.03.2026 */
  const germanDate = (iso) => iso.split("-").reverse().join(".");

  const compiled = new Map();
  /** An expression of the checks, by name. */
  function pattern(name) {
    if (!compiled.has(name)) {
      const [source, flags] = form.table().muster[name];
      compiled.set(name, new RegExp(source, flags + "g"));
    }
    return compiled.get(name);
  }

  /** What is wrong with a value, thrown by the rule that found it. */
  class Complaint extends Error {
    constructor(code, message) {
      super(message);
      this.code = code;
    }
  }

  form.worte = {
    said, strip, squeeze, length, head, fold, quoted, slug, asId, nearest, meant, didYouMean, allowed,
    flow, germanDate, pattern, Complaint
  };
}(typeof globalThis === "undefined" ? this : globalThis));
