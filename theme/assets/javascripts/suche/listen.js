/* What is known of all documents at once: facets as of today, and of a kind its own facets, order and names.
 *
 * Written by generator/search/facet_file.py; each file is loaded when somebody needs it.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const zahlen = suche.zahlen;
  const DAY = 24 * 60 * 60 * 1000;
  const DIGIT = 93;
  const TIERS = { gueltig: 0, bald_zu_pruefen: 1, abgelaufen: 2, ersetzt: 3 };
  const VALIDITY = "gueltigkeit";

  class Lists {
    constructor(index) {
      this.index = index;
      this.reading = new Map();
    }

    /** Something that is read once. */
    once(name, read) {
      if (!this.reading.has(name)) {
        const started = read();
        started.catch(() => this.reading.delete(name));
        this.reading.set(name, started);
      }
      return this.reading.get(name);
    }

    /** The facets of all documents; validity and rank are those of the reader's day. */
    facets() {
      return this.once("facetten", async () => {
        const facets = await this.index.facets();
        const validity = facets.find((facet) => facet.name === VALIDITY);
        this.shared = new Map(facets.map((facet) => [facet.name, facet]));
        if (validity && validity.wechsel && root.wissenGueltigkeit.today() >= validity.wechsel[0]) {
          await this.age(validity);
        }
        return facets;
      });
    }

    /** Move the states on that have changed since the build. */
    async age(validity) {
      const ageing = root.wissenGueltigkeit;
      const today = ageing.today();
      const sets = new Map();
      const setOf = (state) => {
        if (!sets.has(state)) {
          let number = validity.values.indexOf(state);
          if (number < 0) {
            number = validity.values.push(state) - 1;
            validity.labels.push(validity.worte[state]);
          }
          sets.set(state, validity.sets.push([number]) - 1);
        }
        return sets.get(state);
      };
      const change = (document_, now) => {
        validity.codes[document_] = setOf(now);
        this.index.tiers[document_] = Math.max(this.index.tiers[document_], TIERS[now]);
      };
      const stateOf = (document_) => validity.values[validity.sets[validity.codes[document_]][0]];
      const [first, last] = validity.wechsel;
      if (today <= last) {
        const next = zahlen.unpackPostings(await this.index.named("naechste"));
        const passed = ageing.daysTo(today, first);
        next.documents.forEach((document_, at) => {
          if (next.impacts[at] <= passed) {
            change(document_, stateOf(document_) === "gueltig" ? "bald_zu_pruefen" : "abgelaufen");
          }
        });
        return;
      }
      const deadlines = await this.deadlines();
      validity.codes.forEach((_, document_) => {
        const before = stateOf(document_);
        if (!before) { // a record of another wiki: its verdict is none of ours
          return;
        }
        const left = deadlines[document_] ? ageing.daysTo(deadlines[document_], today) : Infinity;
        const now = ageing.later(before, ageing.stateWith(left));
        if (now !== before) {
          change(document_, now);
        }
      });
    }

    /** For every document the last day on which it holds, as 2027-01-31, or "". */
    deadlines() {
      return this.once("fristen", async () => {
        const file = JSON.parse(await this.index.named("fristen"));
        return zahlen.unpackCodes(file.tage).map((days) => (days ? after(file.ab, days - 1) : ""));
      });
    }

    /** What a kind of documents has of its own: {facets, first, stand, place, names}. */
    kind(typ) {
      return this.once("liste-" + typ, async () => {
        const kinds = (await this.facets()).find((facet) => facet.name === "typ");
        const file = JSON.parse(await this.index.named("liste-" + typ));
        const first = kinds.codes.findIndex((code) => kinds.values[kinds.sets[code][0]] === typ);
        const digits = file.titel.map(zahlen.unpackValues);
        return {
          first: first,
          facets: suche.daten.unpackFacets(file.facets).map((facet) => this.placed(facet, first)),
          stand: zahlen.unpackCodes(file.stand.tage).map((days) => after(file.stand.bis, -days)),
          place: digits[0].map((_, at) => digits.reduceRight((sum, row) => sum * DIGIT + row[at], 0)),
          marks: file.namen.split(" "),
          per: file.je
        };
      });
    }

    /** Load the values of those facets that have a file of their own and are not there yet. */
    async complete(facets) {
      await Promise.all(facets.filter((facet) => !facet.codes).map((facet) => this.once(facet.datei, async () => {
        const text = await this.index.text(facet.datei, facet.datei + "." + facet.marke + ".js");
        const [whole] = suche.daten.unpackFacets([JSON.parse(text)]);
        Object.assign(facet, facet.first === undefined ? whole : this.placed(whole, facet.first));
      })));
    }

    /** A facet of a kind as one of all documents: the others have no value. */
    placed(facet, first) {
      if (!facet.codes) {
        return Object.assign(facet, { first: first });
      }
      const none = facet.sets.push([]) - 1;
      const codes = new Array(this.index.size).fill(none);
      facet.codes.forEach((code, at) => { codes[first + at] = code; });
      return Object.assign(facet, { codes: codes });
    }

    /** The kind of a document. */
    typOf(document_) {
      const facet = this.shared.get("typ");
      return facet.values[facet.sets[facet.codes[document_]][0]];
    }

    /** Documents in another order: "neu", "titel" or "frist". */
    async sorted(documents, order) {
      const typs = [...new Set(documents.map((document_) => this.typOf(document_)))];
      const kinds = new Map(await Promise.all(typs.map(async (typ) => [typ, await this.kind(typ)])));
      const own = (document_, name) => {
        const kind = kinds.get(this.typOf(document_));
        return kind[name][document_ - kind.first];
      };
      const deadlines = order === "frist" ? await this.deadlines() : [];
      const today = root.wissenGueltigkeit.today();
      const soon = (document_) => {
        const until = this.index.tiers[document_] === TIERS.ersetzt ? "" : deadlines[document_];
        return !until ? "~~" : until < today ? "~" + until : until;
      };
      const key = {
        neu: (document_) => own(document_, "stand"),
        titel: (document_) => own(document_, "place"),
        frist: soon
      }[order];
      const keys = new Map(documents.map((document_) => [document_, key(document_)]));
      const sign = order === "neu" ? -1 : 1;
      return [...documents].sort((a, b) => {
        const one = keys.get(a);
        const other = keys.get(b);
        return one < other ? -sign : one > other ? sign : a - b;
      });
    }

    /** {id, title} of documents of one kind. */
    async names(typ, documents) {
      const kind = await this.kind(typ);
      const place = (document_) => document_ - kind.first;
      const blocks = new Map();
      for (const document_ of documents) {
        blocks.set(Math.floor(place(document_) / kind.per), null);
      }
      await Promise.all([...blocks.keys()].map(async (number) => {
        const name = "n-" + typ + "-" + number;
        const text = await this.index.text(name, name + "." + kind.marks[number] + ".js");
        blocks.set(number, JSON.parse(text));
      }));
      return documents.map((document_) => {
        const [id, title] = blocks.get(Math.floor(place(document_) / kind.per))[place(document_) % kind.per];
        return { id: id, title: title };
      });
    }
  }

  function after(day, days) {
    return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
  }

  const known = new WeakMap();
  suche.listen = {
    /** The lists of an index. */
    of: function (index) {
      if (!known.has(index)) {
        known.set(index, new Lists(index));
      }
      return known.get(index);
    }
  };
}(typeof globalThis === "undefined" ? this : globalThis));
