/* Fetch and read the index: script files below suche/index/, loaded when a query needs them.
 *
 * Each file calls wissenSuche.load(name, text). Nothing is fetched, so it works from file://
 * and under script-src 'self'. Written by generator/search/shards.py, codec.py and bits.py.
 */
(function (root) {
  "use strict";

  const DIGITS = Array.from({ length: 95 }, (_, code) => String.fromCharCode(code + 32))
    .filter((char) => char !== "\"" && char !== "\\");
  const VALUE = new Map(DIGITS.map((char, value) => [char, value]));
  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const SIX_BITS = new Uint8Array(128);
  [...BASE64].forEach((char, value) => { SIX_BITS[char.charCodeAt(0)] = value; });
  const LONG = 32;
  const MARK = 4;
  const GROUP_MARK = "~";
  const INITIALS_MARK = "^";

  /** Reads numbers from bits in base 64; see generator/search/bits.py. */
  class Bits {
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.buffer = 0;
      this.left = 0;
    }

    /** A number of up to 24 bits. */
    fixed(width) {
      while (this.left < width) {
        this.buffer = (this.buffer << 6 | SIX_BITS[this.text.charCodeAt(this.at)]) & 0x3fffffff;
        this.at += 1;
        this.left += 6;
      }
      this.left -= width;
      return this.buffer >> this.left & (1 << width) - 1;
    }

    /** How many bits of a kind come first; the one that ends them is read as well. */
    run(kind) {
      let count = 0;
      while (this.fixed(1) === kind) {
        count += 1;
      }
      return count;
    }

    rice(low) {
      const high = this.run(1);
      return high << low | this.fixed(low);
    }

    /** The length of a list, which comes first. */
    length() {
      const width = this.run(0);
      return 1 << width | this.fixed(width);
    }
  }

  /** {documents, impacts} of a packed posting list. */
  function unpackPostings(text) {
    const bits = new Bits(text);
    const count = bits.length();
    const low = bits.fixed(4);
    const parameter = count < LONG ? 0 : bits.fixed(3);
    const table = [];
    for (let left = count < LONG ? 0 : bits.fixed(7); left > 0; left -= 1) {
      table.push(bits.fixed(7));
    }
    const documents = new Array(count);
    const impacts = new Array(count);
    let previous = -1;
    for (let at = 0; at < count; at += 1) {
      previous += bits.rice(low) + 1;
      documents[at] = previous;
      impacts[at] = table.length ? table[bits.rice(parameter)] : bits.fixed(7);
    }
    return { documents: documents, impacts: impacts };
  }

  /** Numbers from 0 to 92, one character each. */
  function unpackValues(text) {
    const values = new Array(text.length);
    for (let at = 0; at < text.length; at += 1) {
      values[at] = VALUE.get(text[at]);
    }
    return values;
  }

  /** Numbers of two characters each. */
  function unpackWide(text) {
    const values = [];
    for (let at = 0; at < text.length; at += 2) {
      values.push(VALUE.get(text[at]) * DIGITS.length + VALUE.get(text[at + 1]));
    }
    return values;
  }

  /** A term after another one: a capital says how many letters they share. */
  function unpackAfter(previous, packed) {
    return previous.slice(0, packed.charCodeAt(0) - 65) + packed.slice(1);
  }

  /** Sorted terms: a capital says how many letters the next one shares with the last. */
  function unpackSorted(text) {
    const terms = [];
    let previous = "";
    for (const packed of text.match(/[A-Z][^A-Z]*/g) || []) {
      previous = unpackAfter(previous, packed);
      terms.push(previous);
    }
    return terms;
  }

  /** Lines of words, some of them empty. */
  function lines(text) {
    return text.split("\n").map((line) => (line ? line.split(" ") : []));
  }

  const payloads = new Map();

  /** Called by every index file. */
  function load(name, text) {
    payloads.set(name, text);
  }

  /** Run a script by adding an element for it. */
  function addScript(url) {
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
      this.words = new Map();
      this.unpacked = new Map();
      let term = "";
      for (const line of text ? text.split("\n") : []) {
        const columns = line.split("\t");
        term = unpackAfter(term, columns[0]);
        if (columns[1]) {
          this.packed.set(term, columns[1]);
        }
        if (columns[2] && term[0] === GROUP_MARK) {
          this.words.set(term, columns[2].split("|"));
        } else if (columns[2]) {
          this.redirects.set(term, columns[2].split(" "));
        }
      }
    }

    has(term) {
      return this.packed.has(term);
    }

    /** {documents, impacts} of a term, or null. */
    postings(term) {
      if (!this.packed.has(term)) {
        return null;
      }
      if (!this.unpacked.has(term)) {
        this.unpacked.set(term, unpackPostings(this.packed.get(term)));
      }
      return this.unpacked.get(term);
    }

    /** Word → order of magnitude of its document frequency. */
    get sizes() {
      if (!this.cachedSizes) {
        this.cachedSizes = new Map();
        for (const [term, packed] of this.packed) {
          if (term[0] !== GROUP_MARK && term[0] !== INITIALS_MARK && !term.includes("_")) {
            this.cachedSizes.set(term, bitLength(new Bits(packed).length()));
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
      this.blocks = new Map();
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
      this.size = this.manifest.documents;
      this.ranking = this.manifest.ranking;
      this.terms = unpackSorted(core.terms);
      this.members = lines(this.language.members);
      this.related = lines(this.language.related).map((numbers) => numbers.map(Number));
      this.sizes = unpackValues(core.sizes);
      this.tiers = unpackValues(core.tiers);
      this.starts = unpackSorted(this.manifest.starts);
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
          this.sections.set(number, { marks: marks, starts: unpackSorted(starts) });
        }
      }
      const section = this.sections.get(number);
      const place = placeOf(section.starts, term);
      const shard = number * this.manifest.perSection + place;
      if (!this.shards.has(shard)) {
        const text = await this.marked("p", shard, section.marks, place);
        if (!this.shards.has(shard)) {
          this.shards.set(shard, new Shard(text));
        }
      }
      return this.shards.get(shard);
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

    /** One entry of a file that holds a few documents each. */
    async block(letter, per, document, mark) {
      const name = letter + Math.floor(document / per);
      if (!this.blocks.has(name)) {
        const text = await this.text(name, name + "." + mark + ".js");
        this.blocks.set(name, JSON.parse(text));
      }
      return this.blocks.get(name)[document % per];
    }

    /** The result card of a document. */
    async card(document) {
      const per = this.manifest.perCards;
      const number = Math.floor(document / per);
      const section = Math.floor(number / this.manifest.perSection);
      const marks = await this.marked("w", section, this.manifest.cards, section);
      const mark = markAt(marks, number % this.manifest.perSection);
      return this.block("k", per, document, mark);
    }

    /** The plain text of a document, for a snippet. */
    async body(document) {
      const card = await this.card(document);
      return this.block("t", this.manifest.perTexts, document, card.text);
    }

    /** All facets: values, combinations of values (sets), and which one every document has. */
    facets() {
      if (!this.readingFacets) {
        this.readingFacets = this.named("facetten").then((text) => JSON.parse(text).map((facet) => {
          const codes = facet.wide ? unpackWide(facet.codes) : unpackValues(facet.codes);
          return Object.assign(facet, facet.sets ? { codes: codes }
            : combinations(unpackValues(facet.counts), codes));
        }));
      }
      return this.readingFacets;
    }
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
    unpackPostings: unpackPostings,
    unpackValues: unpackValues,
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
