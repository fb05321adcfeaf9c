/* Fetch and read the index: script files below suche/index/, loaded when a query needs them.
 *
 * Each file calls wissenSuche.load(name, text). Nothing is fetched, so it works from file://
 * and under script-src 'self'. Written by generator/search/shards.py and codec.py.
 */
(function (root) {
  "use strict";

  const DIGITS = Array.from({ length: 95 }, (_, code) => String.fromCharCode(code + 32))
    .filter((char) => char !== "\"" && char !== "\\");
  const VALUE = new Map(DIGITS.map((char, value) => [char, value]));
  const HALF = 46;
  const MARK = 6;
  const GROUP_MARK = "~";
  const INITIALS_MARK = "^";

  /** Rising numbers, written as gaps in base 46. */
  function unpackGaps(text) {
    const numbers = [];
    let previous = -1;
    let gap = 0;
    for (let at = 0; at < text.length; at += 1) {
      const value = VALUE.get(text[at]);
      if (value >= HALF) {
        gap = gap * HALF + value - HALF;
      } else {
        previous += gap * HALF + value + 1;
        numbers.push(previous);
        gap = 0;
      }
    }
    return numbers;
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

  /** Sorted terms: a capital says how many letters the next one shares with the last. */
  function unpackSorted(text) {
    const terms = [];
    let previous = "";
    for (const match of text.matchAll(/([A-Z])([^A-Z]*)/g)) {
      previous = previous.slice(0, match[1].charCodeAt(0) - 65) + match[2];
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

  /** Postings of neighbouring terms; a list is only decoded when it is asked for. */
  class Shard {
    constructor(text) {
      this.lines = new Map();
      this.redirects = new Map();
      this.words = new Map();
      this.decoded = new Map();
      for (const line of text ? text.split("\n") : []) {
        const columns = line.split("\t");
        if (columns[1]) {
          this.lines.set(columns[0], columns);
        }
        if (columns[3] && columns[0][0] === GROUP_MARK) {
          this.words.set(columns[0], columns[3].split("|"));
        } else if (columns[3]) {
          this.redirects.set(columns[0], columns[3].split(" "));
        }
      }
    }

    has(term) {
      return this.lines.has(term);
    }

    /** {documents, impacts} of a term, or null. */
    postings(term) {
      if (!this.lines.has(term)) {
        return null;
      }
      if (!this.decoded.has(term)) {
        const columns = this.lines.get(term);
        this.decoded.set(term, {
          documents: unpackGaps(columns[1]),
          impacts: unpackValues(columns[2])
        });
      }
      return this.decoded.get(term);
    }

    /** Word → order of magnitude of its document frequency. */
    get sizes() {
      if (!this.cachedSizes) {
        this.cachedSizes = new Map();
        for (const [term, columns] of this.lines) {
          if (term[0] !== GROUP_MARK && term[0] !== INITIALS_MARK && !term.includes("_")) {
            this.cachedSizes.set(term, bitLength(columns[2].length));
          }
        }
      }
      return this.cachedSizes;
    }
  }

  function bitLength(number) {
    return 32 - Math.clz32(number);
  }

  /** A search index; all its methods that may load something return promises. */
  class Index {
    /** base: URL of the folder suche/index/; run: how to run a script file. */
    constructor(base, run) {
      this.base = base.endsWith("/") ? base : base + "/";
      this.run = run || addScript;
      this.running = new Map();
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
      this.starts = core.starts.split("\n");
      this.marks = core.marks;
      return this;
    }

    shardNumber(term) {
      let low = 0;
      let high = this.starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (term < this.starts[middle]) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return Math.max(0, low - 1);
    }

    /** The shard where a term is or would be. */
    async shardOf(term) {
      const number = this.shardNumber(term);
      if (!this.shards.has(number)) {
        const mark = this.marks.slice(number * MARK, (number + 1) * MARK);
        const text = mark ? await this.text("p" + number, "p" + number + "." + mark + ".js") : "";
        if (!this.shards.has(number)) {
          this.shards.set(number, new Shard(text));
        }
      }
      return this.shards.get(number);
    }

    /** Postings of a term whose shard is loaded, or null. */
    loaded(term) {
      const shard = this.shards.get(this.shardNumber(term));
      return shard ? shard.postings(term) : null;
    }

    /** The words of a synonym group whose shard is loaded. */
    groupWords(number) {
      const shard = this.shards.get(this.shardNumber(GROUP_MARK + number));
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
      const marks = await this.named("karten");
      const per = this.manifest.perCards;
      const number = Math.floor(document / per);
      return this.block("k", per, document, marks.slice(number * MARK, (number + 1) * MARK));
    }

    /** The plain text of a document, for a snippet. */
    async body(document) {
      const card = await this.card(document);
      return this.block("t", this.manifest.perTexts, document, card.text);
    }

    /** All facets with the values of every document. */
    facets() {
      if (!this.readingFacets) {
        this.readingFacets = this.named("facetten").then((text) => JSON.parse(text).map((facet) => ({
          name: facet.name,
          label: facet.label,
          labels: facet.labels,
          values: facet.values,
          sets: facet.sets,
          codes: facet.wide ? unpackWide(facet.codes) : unpackValues(facet.codes)
        })));
      }
      return this.readingFacets;
    }
  }

  const api = {
    Index: Index,
    Shard: Shard,
    unpackGaps: unpackGaps,
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
