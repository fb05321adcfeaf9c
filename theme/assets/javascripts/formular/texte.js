/* The guard over free text: personal data, procurement, active content.
 *
 * The expressions are those of generator/records/text_rules.py, translated; this is the little that
 * stands around them there. check(text) gives [{at, code, message}], at as an index of the text.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { said, fold, quoted, pattern } = form.worte;
  const lists = new Map();

  function words(name) {
    if (!lists.has(name)) {
      lists.set(name, new Set(form.table().woerter[name]));
    }
    return lists.get(name);
  }

  const all = (name, text) => [...text.matchAll(pattern(name))];
  const finding = (at, code, key, value) => ({ at, code, message: said(key, { wert: value && quoted(value) }) });

  /** A match that begins exactly at this place, or null. */
  function matchAt(name, text, at) {
    const expression = new RegExp(pattern(name).source, pattern(name).flags.replace("g", "y"));
    expression.lastIndex = at;
    return expression.exec(text);
  }

  function isPersonal(address) {
    const local = fold(address.split(/@|\s?[[(]/u)[0]).replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue");
    const parts = local.split(/[._+-]/).filter(Boolean);
    const functions = words("funktionen");
    const long = [...functions].filter((word) => word.length > 5);
    return parts.length >= 2 && !parts.some((part) => functions.has(part) || /^[\p{Nd}\p{No}]+$/u.test(part)
      || long.some((word) => part.startsWith(word) || part.endsWith(word)));
  }

  /** Where the name that follows a salutation ends; 0 if none follows. */
  function endOfName(text, start) {
    let at = start;
    for (let step = 0; step < 5; step += 1) {
      const before = matchAt("vor_name", text, at);
      at = before ? at + before[0].length : at;
      const word = matchAt("wort", text, at);
      const name = word && word.groups.g1;
      if (!name || !/^\p{Lu}/u.test(name) || [...name].length < 2 || words("kein_name").has(name)) {
        return 0;
      }
      if (!words("aemter").has(name)) {
        return at + word[0].length;
      }
      at += word[0].length;
    }
    return 0;
  }

  function people(text) {
    const found = all("postfach", text).filter((m) => isPersonal(m[0]))
      .map((m) => finding(m.index, "personenbezug", "postfach", m[0]));
    let done = 0;
    for (const match of all("anrede", text)) {
      const end = endOfName(text, match.index + match[0].length);
      if (end && match.index >= done) {
        done = end;
        found.push(finding(match.index, "personenbezug", "person", text.slice(match.index, end)));
      }
    }
    return found.concat(all("telefon", text).map((m) => finding(m.index, "telefonnummer", "telefonnummer", m[0])));
  }

  function isNegated(text, at) {
    const expression = pattern("verneint");
    let from = at;
    for (let back = 0; back < 80 && from > 0; back += 1) {
      from -= from > 1 && /[\udc00-\udfff]/.test(text[from - 1]) ? 2 : 1;
    }
    expression.lastIndex = from;
    return expression.exec(text.slice(0, at)) !== null;
  }

  function procurement(text) {
    const running = all("laufend", text).filter((m) => !isNegated(text, m.index));
    return [...all("vergabe", text), ...running].map((m) => finding(m.index, "vergabe", "vergabe", m[0]));
  }

  /** The references to characters that may hide a word. */
  function unescape(text) {
    const named = form.table().zeichen;
    return text.replace(/&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?|([A-Za-z0-9]+;))/g, (whole, hex, digits, name) => {
      if (name) {
        return named[name] || whole;
      }
      const point = hex ? parseInt(hex, 16) : Number(digits);
      return point > 0 && point < 0x110000 && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
    });
  }

  function active(visible) {
    let schemes = all("schema", visible).map((m) => [m.index, m[0]]);
    if (!schemes.length && visible.includes("&")) {
      const hidden = all("schema", unescape(visible))[0];
      schemes = hidden ? [[visible.indexOf("&"), hidden[0]]] : [];
    }
    const found = schemes.map(([at, value]) => finding(at, "skript", "skript", value));
    if (!visible.includes("<")) {
      return found;
    }
    const rest = visible.replace(pattern("autolink"), (link) => " ".repeat(link.length));
    const closed = all("html", rest);
    const tags = closed.length ? closed : all("html_offen", rest);
    const opening = tags.filter((tag) => !tag[0].startsWith("</"));
    return found.concat((opening.length ? opening : tags).map((tag) => finding(tag.index, "html", "html", tag[0])));
  }

  function markdown(visible) {
    let found = [];
    if (visible.includes("![")) {
      const foreign = new Set(all("definition", visible).map((m) => fold(m.groups.g1)));
      found = all("bild", visible).map((m) => m.index)
        .concat(all("bild_name", visible)
          .filter((m) => foreign.has(fold(m.groups.g2 || m.groups.g1))).map((m) => m.index))
        .map((at) => finding(at, "fremdes-bild", "fremdes-bild", ""));
    }
    return found.concat(all("attribute", visible).map((m) => finding(m.index, "attribute", "attribute", m[0])));
  }

  /** The text with blanks in place of Markdown code. */
  function withoutCode(text) {
    if (!text.includes("`") && !text.includes("~~~")) {
      return text;
    }
    return ["zaun", "code"].reduce((rest, name) =>
      rest.replace(pattern(name), (code) => code.replace(/[^\n]/g, " ")), text);
  }

  function check(text) {
    const visible = withoutCode(text);
    const most = form.table().grenzen.meldungen;
    return [people(text), procurement(text), active(visible), markdown(visible)]
      .flatMap((found) => found.slice(0, most));
  }

  form.texte = { check, withoutCode };
}(typeof globalThis === "undefined" ? this : globalThis));
