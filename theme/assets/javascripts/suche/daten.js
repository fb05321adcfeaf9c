/* Fetch and read the index: script files below suche/index/, loaded when a query needs them.
 *
 * Each file calls wissenSuche.load(name, text). Nothing is fetched, so it works from file://
 * and under script-src 'self'. Written by generator/search/shards.py.
 */
(function (root) {
  "use strict";

  const analyse = root.wissenSuche.analyse;

  const zahlen = root.wissenSuche.zahlen;
  const MARK = 8;
  const GROUP_MARK = "~";
  const INITIALS_MARK = "^";
  const CORRECT = "=";

  /** Lines of words, some of them empty. */
  function lines(text) {
    return text.split("\n").map((line) => (line ? line.split(" ") : []));
  }

  const payloads = new Map();

  /** Called by every index file. */
  function load(name, text) {
    payloads.set(name, text);
  }

  const AGAIN = 400;

  /** Run a script; once more if it is missing: where files are replaced on the server, some that delete
   * the old one first (WebDAV with MOVE) have none for a blink. */
  function addScript(url) {
    return addOnce(url).catch(() => new Promise((resolve) => setTimeout(resolve, AGAIN))
      .then(() => addOnce(url)));
  }

  /** Run a script by adding an element for it. */
  function addOnce(url) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = url;
      element.async = true;
      element.onload = () => { element.remove(); resolve(); };
      element.onerror = () => { element.remove(); reject(new Error("Nicht ladbar: " + url)); };
      document.head.appendChild(element);
    });
  }

  /** Postings of neighbouring terms; a list is only unpacked when it is asked for. */
  class Shard {
    constructor(text) {
      this.packed = new Map();
      this.redirects = new Map();
      this.correct = new Set();
      this.words = new Map();
      this.groups = new Map();
      this.loose = new Map();
      this.unpacked = new Map();
      let term = "";
      for (const line of text ? text.split("\n") : []) {
        const columns = line.split("\t");
        term = zahlen.unpackAfter(term, columns[0]);
        if (columns[1]) {
          this.packed.set(term, columns[1]);
        }
        if (columns[3]) {
          this.groups.set(term, columns[3].split(" ").map(Number));
        }
        if (columns[4]) {
          this.loose.set(term, columns[4].split(" ").map(Number));
        }
        if (columns[2] === CORRECT) {
          this.correct.add(term);
        } else if (columns[2] && term[0] === GROUP_MARK) {
          this.words.set(term, columns[2].split("|"));
        } else if (columns[2]) {
          this.redirects.set(term, columns[2].split(" "));
        }
      }
    }

    has(term) {
      return this.packed.has(term);
    }

    /** In how many documents a term is. */
    size(term) {
      return this.packed.has(term) ? zahlen.packedLength(this.packed.get(term)) : 0;
    }

    /** {documents, impacts} of a term, or null. */
    postings(term) {
      if (!this.packed.has(term)) {
        return null;
      }
      if (!this.unpacked.has(term)) {
        this.unpacked.set(term, zahlen.unpackPostings(this.packed.get(term)));
      }
      return this.unpacked.get(term);
    }

    /** Word → order of magnitude of its document frequency. */
    get sizes() {
      if (!this.cachedSizes) {
        this.cachedSizes = new Map();
        for (const [term, packed] of this.packed) {
          if (term[0] !== GROUP_MARK && term[0] !== INITIALS_MARK && !term.includes("_")) {
            this.cachedSizes.set(term, bitLength(zahlen.packedLength(packed)));
          }
        }
      }
      return this.cachedSizes;
    }
  }

  function bitLength(number) {
    return 32 - Math.clz32(number);
  }

  /** Number of the last entry that is not after the term. */
  function placeOf(starts, term) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (term < starts[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.max(0, low - 1);
  }

  function markAt(marks, place) {
    return marks.slice(place * MARK, (place + 1) * MARK);
  }

  /** A search index; all its methods that may load something return promises. */
  class Index {
    /** base: URL of the folder suche/index/; run: how to run a script file. */
    constructor(base, run) {
      this.base = base.endsWith("/") ? base : base + "/";
      this.run = run || addScript;
      this.running = new Map();
      this.sections = new Map();
      this.shards = new Map();
      this.cards = new Map();
      this.members = [];
    }

    /** The text of an index file. */
    text(name, file) {
      if (payloads.has(name)) {
        return Promise.resolve(payloads.get(name));
      }
      if (!this.running.has(name)) {
        const started = this.run(this.base + file).then(() => payloads.get(name));
        started.catch(() => this.running.delete(name));
        this.running.set(name, started);
      }
      return this.running.get(name);
    }

    /** The text of a file of several of a kind, whose hash is the one at this place. */
    marked(letter, number, marks, place) {
      const name = letter + number;
      return this.text(name, name + "." + markAt(marks, place) + ".js");
    }

    /** The text of a file that is called after its content alone. */
    alone(letter, mark) {
      return this.text(letter + mark, letter + "." + mark + ".js");
    }

    async named(name) {
      return this.text(name, name + "." + this.manifest.files[name] + ".js");
    }

    /** Everything a first query needs; safe to call again. */
    open() {
      if (!this.opening) {
        this.opening = this.read();
        this.opening.catch(() => { this.opening = null; });
      }
      return this.opening;
    }

    async read() {
      this.manifest = JSON.parse(await this.text("manifest", "manifest.js"));
      const texts = await Promise.all([this.named("kern"), this.named("sprache")]);
      const core = JSON.parse(texts[0]);
      this.language = JSON.parse(texts[1]);
      this.stop = new Set(this.language.stop.split(" "));
      this.size = this.manifest.documents;
      this.ranking = this.manifest.ranking;
      this.terms = zahlen.unpackSorted(core.terms);
      this.words = zahlen.unpackSorted(this.language.words);
      this.groupSizes = zahlen.unpackValues(this.language.sizes).map(zahlen.roughSize);
      this.phrases = new Set(zahlen.unpackPostings(this.language.phrases).documents);
      this.related = lines(this.language.related).map((numbers) => numbers.map(Number));
      this.sizes = zahlen.unpackValues(core.sizes);
      this.tiers = zahlen.unpackValues(core.tiers);
      this.starts = zahlen.unpackSorted(this.manifest.starts);
      return this;
    }

    /** The shard where a term is or would be. */
    async shardOf(term) {
      if (!this.starts.length) {
        return new Shard("");
      }
      const number = placeOf(this.starts, term);
      if (!this.sections.has(number)) {
        const text = await this.marked("v", number, this.manifest.sections, number);
        if (!this.sections.has(number)) {
          const [marks, starts] = text.split("\n");
          this.sections.set(number, { marks: marks, starts: zahlen.unpackSorted(starts) });
        }
      }
      const section = this.sections.get(number);
      const place = placeOf(section.starts, term);
      const shard = number * this.manifest.perSection + place;
      if (!this.shards.has(shard)) {
        const text = await this.alone("p", markAt(section.marks, place));
        if (!this.shards.has(shard)) {
          this.shards.set(shard, this.told(new Shard(text)));
        }
      }
      return this.shards.get(shard);
    }

    /** The stems of a word or phrase, as generator/search/synonyms.py makes them. */
    phrase(text) {
      const whole = analyse.words(analyse.normalise(text)).filter((word) => word.whole)
        .map((word) => ({ text: word.surface, folded: analyse.fold(word.surface) }));
      const meaning = whole.filter((word) => !this.isStopWord(word));
      return (meaning.length ? meaning : whole)
        .map((word) => analyse.stemFolded(word.folded)).join("_");
    }

    isStopWord(word) {
      const text = word.text;
      const capitals = text.length <= 4 && text === text.toUpperCase() &&
        text !== text.toLowerCase();
      return this.stop.has(word.folded) && !capitals;
    }

    /** Note the terms of the synonym groups in a shard. */
    told(shard) {
      for (const [group, words] of shard.words) {
        this.members[Number(group.slice(1))] = words.map((text) => this.phrase(text));
      }
      return shard;
    }

    /** Whether it is worth while to look for a phrase in the index. */
    mayBePhrase(key) {
      return this.phrases.has(zahlen.nameHash(key));
    }

    /** The shard of a term if it is loaded. */
    present(term) {
      const number = placeOf(this.starts, term);
      const section = this.sections.get(number);
      return section &&
        this.shards.get(number * this.manifest.perSection + placeOf(section.starts, term));
    }

    /** Postings of a term whose shard is loaded, or null. */
    loaded(term) {
      const shard = this.present(term);
      return shard ? shard.postings(term) : null;
    }

    /** The words of a synonym group whose shard is loaded. */
    groupWords(number) {
      const shard = this.present(GROUP_MARK + number);
      return (shard && shard.words.get(GROUP_MARK + number)) || [];
    }

    /** The result card of a document. */
    async card(document) {
      const section = Math.floor(document / this.manifest.perSection);
      const marks = await this.marked("w", section, this.manifest.cards, section);
      const mark = markAt(marks, document % this.manifest.perSection);
      if (!this.cards.has(mark)) {
        this.cards.set(mark, JSON.parse(await this.alone("d", mark)));
      }
      return this.cards.get(mark);
    }

    /** The plain text of a document, for a snippet; of a long one its beginning, and what follows. */
    async body(document, further) {
      const mark = (await this.card(document))[further ? "further" : "text"];
      return mark ? this.alone("t", mark) : "";
    }

    /** The facets of all documents: values, combinations of values (sets), and which one each has. */
    facets() {
      if (!this.readingFacets) {
        this.readingFacets = this.named("facetten").then((text) => unpackFacets(JSON.parse(text)));
      }
      return this.readingFacets;
    }
  }

  /** Facets as they are used; of a heavy one only its name is here (generator/search/facet_file.py). */
  function unpackFacets(facets) {
    return facets.map((facet) => {
      if (facet.datei) {
        return facet;
      }
      const codes = facet.codes.flatMap(zahlen.unpackCodes);
      return Object.assign(facet, facet.sets ? { codes: codes }
        : combinations(facet.counts.flatMap(zahlen.unpackCodes), codes));
    });
  }

  /** {sets, codes} from how many values every document has, and all these values in a row. */
  function combinations(counts, numbers) {
    const known = new Map();
    const sets = [];
    let at = 0;
    const codes = counts.map((count) => {
      const set = numbers.slice(at, at + count);
      const key = set.join();
      at += count;
      if (!known.has(key)) {
        known.set(key, sets.push(set) - 1);
      }
      return known.get(key);
    });
    return { sets: sets, codes: codes };
  }

  const api = {
    Index: Index,
    Shard: Shard,
    unpackFacets: unpackFacets,
    GROUP_MARK: GROUP_MARK,
    INITIALS_MARK: INITIALS_MARK
  };
  root.wissenSuche = root.wissenSuche || {};
  root.wissenSuche.load = load;
  root.wissenSuche.daten = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
