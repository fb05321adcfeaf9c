/* Single values: the rules of generator/records/value_rules.py, read from the field table.
 *
 * A value is what stands in a file: a text, a list, a group or nothing. check(rule, value) gives the
 * value as the rules within a record need it, or throws a Complaint with the message of `wissen check`.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { said, strip, squeeze, length, fold, quoted, asId, meant, didYouMean, allowed, Complaint } = form.worte;
  const ID = /^[a-z0-9-]+$/;
  const MONTHS = ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];
  const GERMAN = /^(?:(?<day>\p{Nd}{1,2})\.\s?)?(?:(?<month>\p{Nd}{1,2})[./]|(?<name>[A-Za-zä]{3,9})\.?)\s?(?<year>\p{Nd}{4})$/u;
  const NEARLY_ISO = /^(?<year>\p{Nd}{4})[-./](?<month>\p{Nd}{1,2})[-./](?<day>\p{Nd}{1,2})(?<name>)(?:[T ][^\n]*)?$/u;

  const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function text(value, what) {
    const plain = typeof value === "string" ? strip(value) : value;
    if (plain === null || plain === undefined || plain === "") {
      throw new Complaint("leer", said("leer"));
    }
    if (typeof plain === "string") {
      return plain;
    }
    const found = isGroup(value) ? "gruppe" : "liste";
    throw new Complaint("text", said("gehört-hin", {
      was: said(what || "ein-text"),
      gefunden: said("gefunden-" + found),
      rat: what ? "" : said("rat-" + found)
    }));
  }

  function isDay(year, month, day) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return year >= 1 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1
      && date.getUTCDate() === day;
  }

  const two = (number) => String(number).padStart(2, "0");

  /** Digits of any script as a number. */
  function number(digits) {
    let value = 0;
    for (const char of digits) {
      let zero = char.codePointAt(0);
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && char.codePointAt(0) - zero < 9) {
        zero -= 1;
      }
      value = value * 10 + char.codePointAt(0) - zero;
    }
    return value;
  }

  /** What a German or nearly right date would be in ISO 8601. */
  function isoHint(value, full) {
    const found = GERMAN.exec(value) || NEARLY_ISO.exec(value);
    if (!found || (full && !found.groups.day)) {
      return "";
    }
    const part = found.groups;
    const name = fold(part.name || "");
    const month = name ? MONTHS.findIndex((m) => name.startsWith(m)) + 1 : number(part.month || "0");
    const year = number(part.year);
    const day = part.day ? number(part.day) : 1;
    if (!isDay(year, month, day)) {
      return "";
    }
    const iso = String(year).padStart(4, "0") + "-" + two(month) + "-" + two(day);
    return said("meint", ["„" + (part.day ? iso : iso.slice(0, 7)) + "“"]);
  }

  function calendar(value, year, month, day) {
    if (!isDay(Number(year), Number(month), Number(day))) {
      throw new Complaint("datum", said("datum-kalender", { wert: quoted(value) }));
    }
  }

  /** An exact number: millionths as a BigInt. */
  function decimal(value, ambiguous) {
    const plain = text(value, "eine-zahl");
    if (ambiguous && /^-?[0-9]{1,3}(\.[0-9]{3})+$/.test(plain)) {
      throw new Complaint("zahl", said("mehrdeutig", { wert: quoted(plain), ohne: plain.replace(/\./g, "") }));
    }
    const found = /^(-?)([0-9]{1,12})(?:[.,]([0-9]{1,6}))?$/.exec(plain);
    if (!found) {
      throw new Complaint("zahl", said("keine-zahl", { wert: quoted(plain), meint: numberHint(plain) }));
    }
    const size = BigInt(found[2]) * 1000000n + BigInt((found[3] || "").padEnd(6, "0"));
    return found[1] ? -size : size;
  }

  function numberHint(value) {
    const bare = value.replace(/^[€ ]+|[€ ]+$/g, "");
    const digits = squeeze(bare).split(" ").filter((part) => /[\p{Nd}\p{No}]/u.test(part)).join("");
    return /^(?:[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|[0-9]+(,[0-9]+)?)$/.test(digits)
      ? said("meint", ["„" + digits.replace(/\./g, "") + "“"]) : "";
  }

  const mends = {
    kennung: asId,
    weblink: (value) => (/^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+(\/|\n?$)/u.test(value) ? "https://" + value : ""),
    ags: (value) => value.replace(/ /g, "").padStart(8, "0")
  };

  const kinds = {
    text(rule, value) {
      const plain = text(value);
      const result = rule.markdown ? plain : squeeze(plain);
      if (length(result) > rule.grenze) {
        throw new Complaint("zu-lang", said("zu-lang", { länge: length(result), grenze: rule.grenze }));
      }
      return result;
    },

    wort(rule, value) {
      const list = form.table().vokabulare[rule.vokabular];
      const values = list.worte.map((term) => term[0]);
      if (value !== null && typeof value === "object") {
        throw new Complaint(rule.vokabular, said("ein-wort", { erlaubt: allowed(values) }));
      }
      const plain = text(value);
      if (values.includes(plain) || list.offen) {
        return plain;
      }
      const byLabel = list.worte.find((term) => fold(term[1]) === fold(plain));
      throw new Complaint(rule.vokabular, said("kein-wort", {
        wert: quoted(plain),
        nomen: list.nomen,
        meint: byLabel ? meant(byLabel[0]) : didYouMean(plain, values),
        erlaubt: allowed(values)
      }));
    },

    verweis(rule, value) {
      const plain = text(value, "eine-kennung");
      if (ID.test(plain) || (rule.frei && length(plain) <= form.table().grenzen.text)) {
        return plain;
      }
      throw new Complaint("kennung", said("keine-kennung", { wert: quoted(plain), meint: meant(asId(plain)) }));
    },

    datum(rule, value) {
      const plain = text(value, "ein-datum");
      if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(plain)) {
        throw new Complaint("datum", said("kein-datum", { wert: quoted(plain), meint: isoHint(plain, true) }));
      }
      calendar(plain, ...plain.split("-"));
      if (plain < "1900" || plain >= "3000") {
        throw new Complaint("datum", said("datum-jahre", { wert: quoted(plain) }));
      }
      return plain;
    },

    zeitpunkt(rule, value) {
      const plain = text(value, "ein-datum");
      const found = /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(plain);
      if (!found) {
        throw new Complaint("datum", said("kein-zeitpunkt", { wert: quoted(plain), meint: isoHint(plain, false) }));
      }
      calendar(plain, found[1], found[2] || 1, found[3] || 1);
      return plain;
    },

    zahl(rule, value) {
      const size = decimal(value, rule.oben === undefined);
      if (rule.ganz && size % 1000000n !== 0n) {
        throw new Complaint("zahl", said("keine-ganze-zahl", { wert: quoted(value) }));
      }
      const million = (bound) => BigInt(bound) * 1000000n;
      if ((rule.unten !== undefined && size < million(rule.unten))
        || (rule.oben !== undefined && size > million(rule.oben))) {
        const bounds = said(rule.oben === undefined ? "ab" : "zwischen", rule);
        throw new Complaint("bereich", said("außerhalb", { wert: quoted(value), grenzen: bounds }));
      }
      return size;
    },

    janein(rule, value) {
      const plain = fold(text(value, "ein-ja-nein"));
      if (["ja", "true", "wahr"].includes(plain)) {
        return true;
      }
      if (["nein", "false", "falsch"].includes(plain)) {
        return false;
      }
      throw new Complaint("ja-nein", said("kein-ja-nein", { wert: quoted(plain) }));
    },

    muster(rule, value) {
      const plain = text(value);
      const fits = (candidate) => new RegExp("^(?:" + rule.muster + ")$", "u").test(candidate);
      if (fits(plain)) {
        return plain;
      }
      const guess = rule.meint ? mends[rule.code](plain) : "";
      throw new Complaint(rule.code, quoted(plain) + " " + rule.sagt + (fits(guess) ? meant(guess) : ""));
    },

    angaben(rule, value) {
      if (!isGroup(value)) {
        throw new Complaint("gruppe", said("angaben"));
      }
      const details = {};
      const most = form.table().grenzen.text;
      for (const [key, item] of Object.entries(value)) {
        const texts = Array.isArray(item) ? item : [item];
        if (!texts.every((each) => typeof each === "string")) {
          throw new Complaint("gruppe", said("angabe-text", { wert: quoted(key) }));
        }
        details[key] = texts.map(squeeze).join(", ");
        if (length(details[key]) > most) {
          throw new Complaint("zu-lang", said("angabe-zu-lang",
            { wert: quoted(key), länge: length(details[key]), grenze: most }));
        }
      }
      return details;
    },

    alles(rule, value) {
      if (!isGroup(value)) {
        throw new Complaint("gruppe", said("felder"));
      }
      return value;
    }
  };

  /** The number as Germans write it: 1.234,5 */
  function german(size) {
    const sign = size < 0n ? "-" : "";
    const plain = size < 0n ? -size : size;
    const whole = String(plain / 1000000n).replace(/\B(?=([0-9]{3})+$)/g, ".");
    const rest = String(plain % 1000000n).padStart(6, "0").replace(/0+$/, "");
    return sign + whole + (rest ? "," + rest : "");
  }

  form.werte = { check: (rule, value) => kinds[rule.art](rule, value), isGroup, isId: (t) => ID.test(t), german };
}(typeof globalThis === "undefined" ? this : globalThis));
