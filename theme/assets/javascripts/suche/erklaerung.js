/* Tell the reader what a search did on its own, and mark what matched.
 *
 * tell() is the twin of generator/search/told.py.
 */
(function (root) {
  "use strict";

  const analyse = root.wissenSuche.analyse;
  const daten = root.wissenSuche.daten;

  const MOST_SYNONYMS = 5;
  const MOST_RELATED = 6;
  const OWN = ["initials", "synonym"];
  const FAINT = ["fragment", "loose", "related", "initials"];
  const SHORTEST_INSIDE = 4;
  const SNIPPET = 220;
  const WRITTEN = /[0-9A-Za-zÀ-ÖØ-öø-ɏ]+(?:[-:*_/][0-9A-Za-zÀ-ÖØ-öø-ɏ]+)*/g;

  function groupNumbers(concept, kind) {
    const found = concept.variants
      .filter((variant) => variant.kind === kind)
      .map((variant) => Number(variant.term.slice(1)));
    return [...new Set(found)];
  }

  /** The stems of a word or phrase, as generator/search/synonyms.py makes them. */
  function phrase(planner, text) {
    const whole = analyse.words(analyse.normalise(text)).filter((word) => word.whole)
      .map((word) => ({ text: word.surface, folded: analyse.fold(word.surface) }));
    const meaning = whole.filter((word) => !planner.isStopWord(word));
    return (meaning.length ? meaning : whole)
      .map((word) => analyse.stemFolded(word.folded)).join("_");
  }

  /** The first word of the texts that has this term, or begins with it. */
  function surface(term, texts) {
    let beginning = "";
    for (const text of texts) {
      for (const word of analyse.normalise(text).match(analyse.CHUNK) || []) {
        if (analyse.stem(word.replace(/-/g, "")) === term) {
          return word;
        }
        if (!beginning && analyse.fold(word.slice(0, term.length)) === term) {
          beginning = word.slice(0, term.length);
        }
      }
    }
    return beginning;
  }

  /** {synonyms, corrections: [[typed, read as]], respelled, related, unknown} of an answer. */
  function tell(planner, concepts, texts) {
    const index = planner.index;
    const synonyms = [];
    const corrections = [];
    const respelled = []; // read as a word that no title or summary shows as it is written
    const related = [];
    const isKnown = (concept) => concept.variants.some((variant) => !FAINT.includes(variant.kind));
    const unknown = concepts.filter((concept) => !isKnown(concept)).map((concept) => concept.text);
    for (const concept of concepts) {
      const typed = phrase(planner, concept.text);
      const numbers = groupNumbers(concept, "synonym");
      const longer = concept.variants.filter((variant) => variant.kind === "prefix")
        .map((variant) => variant.term);
      const corrected = concept.variants
        .find((variant) => variant.kind === "typo" && !longer.includes(variant.term));
      if (corrected) {
        const names = numbers.flatMap((number) => index.groupWords(number));
        const word = surface(corrected.term, texts.concat(names));
        if (word) {
          corrections.push([concept.text, word]);
        } else if (!concept.variants.some((variant) => OWN.includes(variant.kind))) {
          respelled.push(concept.text);
        }
      }
      for (const word of numbers.flatMap((number) => index.groupWords(number))) {
        if (phrase(planner, word) !== typed && !synonyms.includes(word)) {
          synonyms.push(word);
        }
      }
      for (const number of groupNumbers(concept, "related")) {
        related.push(...index.groupWords(number).slice(0, 1)
          .filter((word) => !related.includes(word)));
      }
    }
    const said = (" " + concepts.map((concept) => concept.text).join(" ") + " ").toLowerCase();
    const read = corrections.map((pair) => pair[1]);
    return {
      synonyms: synonyms
        .filter((word) => !read.includes(word) && !said.includes(" " + word.toLowerCase() + " "))
        .slice(0, MOST_SYNONYMS),
      corrections: corrections,
      respelled: respelled,
      unknown: unknown.length < concepts.length ? unknown : [],
      related: related.slice(0, MOST_RELATED)
    };
  }

  /** Decides which written words answer a query. */
  class Marker {
    constructor(planner, concepts) {
      this.terms = new Set();
      this.stems = new Set();
      this.phrases = [];
      const phrase_ = (text) => {
        const terms = text.split("_");
        if (terms.length === 1) {
          this.terms.add(text);
        } else {
          this.phrases.push(terms.map(analyse.cistem));
        }
      };
      const add = (variant) => {
        if (variant.kind === "split") {
          variant.pieces.forEach((piece) => piece.forEach(add));
        } else if (variant.term[0] === daten.GROUP_MARK) {
          if (variant.kind === "synonym") {
            planner.index.members[Number(variant.term.slice(1))]
              .forEach(phrase_);
          }
        } else if (variant.kind !== "initials" && variant.kind !== "related") {
          phrase_(variant.term);
        }
      };
      concepts.forEach((concept) => {
        this.stems.add(analyse.cistem(concept.term));
        concept.variants.forEach(add);
      });
      this.inside = [...this.terms].filter((term) => term.length >= SHORTEST_INSIDE);
      this.stop = planner.stop;
    }

    /** Whether a written word answers the query. */
    matches(written) {
      return analyse.words(analyse.normalise(written)).some((word) => {
        const folded = analyse.fold(word.surface);
        if (this.stop.has(folded)) {
          return false;
        }
        const term = analyse.stemFolded(folded);
        return this.terms.has(term) || this.stems.has(analyse.cistem(term)) ||
          this.inside.some((piece) => folded.includes(piece));
      });
    }

    /** Words of a text that answer the query: single ones, and phrases of which all words are there. */
    found(text) {
      const matches = [...text.matchAll(WRITTEN)];
      const stems = matches.map((match) => analyse.cistem(analyse.stem(match[0])));
      const whole = new Set(this.phrases.filter((terms) => terms.every((t) => stems.includes(t))).flat());
      return matches.filter((match, at) => whole.has(stems[at]) || this.matches(match[0]));
    }

    /** Append a text to an element, with matching words in <mark>. */
    append(element, text) {
      let last = 0;
      for (const match of this.found(text)) {
        element.append(text.slice(last, match.index));
        const mark = document.createElement("mark");
        mark.textContent = match[0];
        element.append(mark);
        last = match.index + match[0].length;
      }
      element.append(text.slice(last));
    }

    count(text) {
      return new Set(this.found(text).map((match) => analyse.stem(match[0]))).size;
    }

    /** The sentence of a text with most matching words, empty if none matches. */
    snippet(text) {
      let best = "";
      let most = 0;
      for (const sentence of text.match(/[^.!?\n]+[.!?]*/g) || []) {
        const count = this.count(sentence);
        if (count > most) {
          most = count;
          best = sentence.trim();
        }
      }
      if (best.length <= SNIPPET) {
        return best;
      }
      const first = this.found(best)[0];
      const start = best.indexOf(" ", Math.max(0, first.index - SNIPPET / 3));
      const from = first.index < SNIPPET / 2 ? 0 : start + 1;
      const end = best.lastIndexOf(" ", from + SNIPPET);
      return (from ? "… " : "") + best.slice(from, end > from ? end : undefined) + " …";
    }
  }

  const api = { tell: tell, Marker: Marker };
  root.wissenSuche.erklaerung = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
