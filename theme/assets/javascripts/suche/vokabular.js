/* Look words up in the core vocabulary: the twin of generator/search/vocabulary.py. */
(function (root) {
  "use strict";

  const analyse = root.wissenSuche.analyse;

  const ENDINGS = [
    "isierung", "igkei", "lichkei", "ierung", "isier", "lich", "isch", "ung", "ier", "hei", "kei",
    "bar", "ig"
  ];
  const SHORTEST_ROOT = 4;
  const SHORT = 4;
  const SOUND_MARK = "!";
  const SOUND = new Map(Object.entries({
    0: "aeijouy", 1: "bp", 2: "dt", 3: "fvw", 4: "gkqcx", 5: "l", 6: "mn", 7: "r", 8: "sz"
  }).flatMap(([code, letters]) => [...letters].map((letter) => [letter, code])));
  const NOTHING = new Map();
  /** Rows of the table of edit distances, made once: thousands of words are compared. */
  const ROWS = [[], [], []];

  /** The CISTEM stem without the ending of a derived word. */
  function rootOf(term) {
    term = analyse.cistem(term);
    for (const ending of ENDINGS) {
      if (term.endsWith(ending) && term.length - ending.length >= SHORTEST_ROOT) {
        return term.slice(0, -ending.length);
      }
    }
    return term;
  }

  /** How a word sounds, after the Kölner Phonetik: same for most misspellings. */
  function sound(term) {
    const codes = [];
    for (let at = 0; at < term.length; at += 1) {
      let code = SOUND.get(term[at]) || "";
      const follows = term[at + 1] || "";
      if (term[at] === "p" && follows === "h") {
        code = "3";
      } else if (term[at] === "c" && follows && "eiy".includes(follows)) {
        code = "8";
      }
      if (code && codes[codes.length - 1] !== code) {
        codes.push(code);
      }
    }
    return codes.filter((code, at) => at === 0 || code !== "0").join("");
  }

  /** Where rare terms are listed for typing errors: by sound, and by their letters. */
  function keys(term) {
    return [SOUND_MARK + sound(term), SOUND_MARK + [...term].sort(compare).join("")];
  }

  /** How many typing errors a word of this length may have. */
  function allowedErrors(term) {
    if (term.length < 4) {
      return 0;
    }
    return term.length < 8 ? 1 : 2;
  }

  /** Damerau-Levenshtein distance with neighbours swapped, or most + 1 if it is more. */
  function editDistance(left, right, most) {
    const width = right.length;
    if (Math.abs(left.length - width) > most) {
      return most + 1;
    }
    let [before, previous, current] = ROWS;
    for (let j = 0; j <= width; j += 1) {
      previous[j] = j;
    }
    for (let i = 1; i <= left.length; i += 1) {
      current[0] = i;
      let lowest = i;
      const a = left.charCodeAt(i - 1);
      for (let j = 1; j <= width; j += 1) {
        const b = right.charCodeAt(j - 1);
        const cost = a === b ? 0 : 1;
        let value = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost);
        if (cost && i > 1 && j > 1 && a === right.charCodeAt(j - 2) &&
            left.charCodeAt(i - 2) === b) {
          value = Math.min(value, before[j - 2] + 1);
        }
        current[j] = value;
        lowest = Math.min(lowest, value);
      }
      if (lowest > most) {
        return most + 1;
      }
      [before, previous, current] = [previous, current, before];
    }
    return Math.min(previous[width], most + 1);
  }

  /** Order two texts as Python does. */
  function compare(left, right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** The sorted core terms with the order of magnitude of their frequency. */
  class Vocabulary {
    constructor(terms, sizes, extra) {
      this.terms = terms;
      this.sizes = new Map(terms.map((term, at) => [term, sizes[at]]));
      this.extra = [...new Set(extra)].filter((term) => !this.sizes.has(term)).sort(compare);
      this.known = new Set(this.extra);
      terms.forEach((term) => this.known.add(term));
    }

    has(term) {
      return this.known.has(term);
    }

    /** The most frequent terms that begin with start and are longer. */
    beginning(start, near, limit) {
      return this.best(this.range(start, near).filter((term) => term !== start), near, limit);
    }

    /** The most frequent terms with the piece inside or at the end. */
    inside(piece, limit) {
      const found = this.terms.filter((term) => term.indexOf(piece, 1) > 0);
      return this.best(found, NOTHING, limit);
    }

    /** Terms with the same CISTEM stem: digitaler → digital. */
    siblings(term, near, limit) {
      const stem = analyse.cistem(term);
      const found = this.range(stem, near)
        .filter((other) => other !== term && analyse.cistem(other) === stem);
      return this.best(found, near, limit);
    }

    /** Terms derived from the same root: protokollieren → protokoll. */
    relatives(term, near, limit) {
      const origin = rootOf(term);
      if (origin.length < SHORTEST_ROOT) {
        return [];
      }
      const stem = analyse.cistem(term);
      const found = this.range(origin, near).filter((other) => other !== term &&
        rootOf(other) === origin && analyse.cistem(other) !== stem);
      return this.best(found, near, limit);
    }

    /** [term, distance] of the terms at the smallest edit distance. */
    similar(term, near, limit) {
      let best = allowedErrors(term);
      if (!best) {
        return [];
      }
      let found = [];
      const start = term.length <= SHORT ? term[0] : "";
      const rare = [...near.keys()].filter((other) => !this.sizes.has(other));
      for (const terms of [this.terms, this.extra, rare]) {
        for (const other of terms) {
          if (other === term || Math.abs(other.length - term.length) > best ||
              !other.startsWith(start)) {
            continue;
          }
          const distance = editDistance(term, other, best);
          if (distance > best) {
            continue;
          }
          if (distance < best) {
            best = distance;
            found = [];
          }
          found.push([other, distance]);
        }
      }
      const wrongStart = (other) => (term[0] === other[0] ? 0 : 1);
      found.sort((a, b) => wrongStart(a[0]) - wrongStart(b[0]) ||
        this.size(b[0], near) - this.size(a[0], near) || compare(a[0], b[0]));
      return found.slice(0, limit);
    }

    range(start, near) {
      const found = [];
      let low = 0;
      let high = this.terms.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.terms[middle] < start) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      while (low < this.terms.length && this.terms[low].startsWith(start)) {
        found.push(this.terms[low]);
        low += 1;
      }
      for (const term of near.keys()) {
        if (term.startsWith(start) && !this.sizes.has(term)) {
          found.push(term);
        }
      }
      return found;
    }

    size(term, near) {
      return this.sizes.has(term) ? this.sizes.get(term) : near.get(term) || 0;
    }

    best(terms, near, limit) {
      return terms
        .sort((a, b) => this.size(b, near) - this.size(a, near) || compare(a, b))
        .slice(0, limit);
    }
  }

  const api = { Vocabulary: Vocabulary, rootOf: rootOf, editDistance: editDistance, keys: keys };
  root.wissenSuche.vokabular = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
