/* Turn German text into index terms: the twin of generator/search/analysis.py.
 *
 * A test runs both over the whole vocabulary; every change here needs its twin there.
 * Classic script: it also works from file:// and in node.
 */
(function (root) {
  "use strict";

  const LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ";
  const WORD = "[0-9" + LETTERS + "]+";
  const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
  const HYPHENS = /[\u2010\u2011\u2012]/g;
  const GENDER_MARK = new RegExp(
    "([a-zäöüß])(?:[:*_·]|/-?|\\(-?)(?:innen|in(?![" + LETTERS + "]))\\)?", "g");
  const GENDER_CAMEL = /([a-zäöüß])Innen/g;
  const DIGIT_GROUP = /([0-9])\.(?=[0-9]{3}(?![0-9]))/g;
  const CHUNK = new RegExp(WORD + "(?:-" + WORD + ")*", "g");
  const CAMEL = /([a-zäöüß])([A-ZÄÖÜ])/g;
  const LETTERS_ONLY = new RegExp("^[" + LETTERS + "]+$");
  const COMBINING = /[\u0300-\u036f]/g;
  const UE = /(^|[^aeiouq])ue/g;

  /** The text in the form that word positions refer to. */
  function normalise(text) {
    return text.normalize("NFC")
      .replace(INVISIBLE, "")
      .replace(HYPHENS, "-")
      .replace(GENDER_MARK, "$1")
      .replace(GENDER_CAMEL, "$1")
      .replace(DIGIT_GROUP, "$1");
  }

  /** All words of a normalised text; written compounds give the whole and their parts. */
  function words(text) {
    const found = [];
    let match;
    CHUNK.lastIndex = 0;
    while ((match = CHUNK.exec(text)) !== null) {
      const chunk = match[0];
      const start = match.index;
      const end = start + chunk.length;
      const pieces = chunk.replace(CAMEL, "$1-$2").split("-");
      if (pieces.length === 1) {
        if (chunk.length > 1) {
          found.push({ surface: chunk, whole: true, start: start, end: end });
        }
        continue;
      }
      found.push({ surface: pieces.join(""), whole: true, start: start, end: end });
      parts(pieces).forEach(function (part) {
        found.push({ surface: part, whole: false, start: start, end: end });
      });
    }
    return found;
  }

  function parts(pieces) {
    const found = pieces.filter(function (piece) { return piece.length > 1; });
    if (pieces.length > 2) {
      for (let at = 0; at + 1 < pieces.length; at += 1) {
        found.push(pieces[at] + pieces[at + 1]);
      }
    }
    return found;
  }

  /** One spelling for all: Straße = strasse, Bürgerbüro = Buergerbuero. */
  function fold(word) {
    return word.toLowerCase()
      .replace(/ß/g, "ss")
      .normalize("NFD")
      .replace(COMBINING, "")
      .replace(/ae/g, "a")
      .replace(/oe/g, "o")
      .replace(UE, "$1u");
  }

  function masculine(word) {
    if (word.endsWith("innen") && word.length >= 9) {
      return word.slice(0, -5);
    }
    if (word.endsWith("erin") && word.length >= 7) {
      return word.slice(0, -2);
    }
    return word;
  }

  function guard(word) {
    return word.replace(/sch/g, "$").replace(/ei/g, "%").replace(/ie/g, "&")
      .replace(/(.)\1/g, "$1*");
  }

  function unguard(word) {
    return word.replace(/(.)\*/g, "$1$1").replace(/%/g, "ei").replace(/&/g, "ie")
      .replace(/\$/g, "sch");
  }

  function isFixed(word) {
    return word.length <= 3 || !LETTERS_ONLY.test(word);
  }

  function losesN(word) {
    return word.endsWith("n") && "elr".indexOf(word[word.length - 2]) >= 0;
  }

  /** The index term of a folded word: without the endings of number and case. */
  function stemFolded(word) {
    if (isFixed(word)) {
      return word;
    }
    word = guard(masculine(word));
    while (word.length > 3 && ("es".indexOf(word[word.length - 1]) >= 0 || losesN(word))) {
      word = word.slice(0, -1);
    }
    return unguard(word);
  }

  /** The CISTEM stem of a folded word: case-insensitive variant, prefix ge kept. */
  function cistem(word) {
    if (isFixed(word)) {
      return word;
    }
    word = guard(masculine(word));
    while (word.length > 3) {
      if (word.length > 5 && /(?:em|er|nd)$/.test(word)) {
        word = word.slice(0, -2);
      } else if ("tes".indexOf(word[word.length - 1]) >= 0 || losesN(word)) {
        word = word.slice(0, -1);
      } else {
        break;
      }
    }
    return unguard(word);
  }

  function stem(word) {
    return stemFolded(fold(word));
  }

  const api = {
    CHUNK: CHUNK,
    normalise: normalise,
    words: words,
    fold: fold,
    stemFolded: stemFolded,
    cistem: cistem,
    stem: stem
  };
  root.wissenSuche = root.wissenSuche || {};
  root.wissenSuche.analyse = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
