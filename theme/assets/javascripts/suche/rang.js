/* Score documents: the twin of generator/search/ranking.py, with the same numbers in the same
 * order, so that `wissen find` and the search page agree.
 */
(function (root) {
  "use strict";

  const abfrage = root.wissenSuche.abfrage;

  const VAGUE = 0.32;

  /** Search in one index. */
  class Engine {
    constructor(index) {
      this.index = index;
    }

    /** Load what every query needs. */
    async open() {
      await this.index.open();
      if (!this.planner) {
        this.planner = new abfrage.Planner(this.index);
        this.weights = this.index.ranking;
        this.levels = this.index.manifest.levels;
      }
      return this;
    }

    /** {hits: [{document, score, strength}], concepts, isVague}, best hit first; vague: even the
     *  best hit only resembles what was asked for. */
    async search(query) {
      await this.open();
      const concepts = await this.planner.plan(query);
      await this.loadPostings(concepts);
      const hits = this.rank(concepts);
      const isVague = hits.length > 0 && hits[0].strength < VAGUE;
      return { hits: hits, concepts: concepts, isVague: isVague };
    }

    /** Load the posting lists of all variants at once. */
    async loadPostings(concepts) {
      const terms = new Set();
      const collect = (variants) => {
        for (const variant of variants) {
          if (variant.term) {
            terms.add(variant.term);
          }
          variant.pieces.forEach(collect);
        }
      };
      concepts.forEach((concept) => collect(concept.variants));
      await Promise.all([...terms].map((term) => this.index.shardOf(term)));
    }

    rank(concepts) {
      const totals = new Map();
      const covered = new Map();
      const strengths = new Map();
      let possible = 0.0;
      for (const concept of concepts) {
        const importance = this.importance(concept);
        if (importance === 0.0) {
          continue;
        }
        possible += concept.weight * importance;
        for (const [document, entry] of this.best(concept.variants, importance)) {
          totals.set(document, (totals.get(document) || 0.0) + concept.weight * entry[0]);
          const share = concept.weight * importance * entry[1];
          covered.set(document, (covered.get(document) || 0.0) + share);
          strengths.set(document, Math.max(strengths.get(document) || 0.0, entry[1]));
        }
      }
      const coverage = this.weights.coverage;
      let hits = [];
      for (const [document, total] of totals) {
        const factor = 1.0 - coverage + coverage * (covered.get(document) / possible);
        const tier = 1.0 - this.weights.tier * this.index.tiers[document];
        hits.push({
          document: document,
          score: total * factor * tier,
          strength: strengths.get(document)
        });
      }
      hits.sort((a, b) => b.score - a.score || a.document - b.document);
      if (hits.length) {
        const least = hits[0].score * this.weights.cut;
        hits = hits.filter((hit) => hit.score >= least);
      }
      return hits;
    }

    /** Inverse document frequency. */
    rarity(count) {
      const raw = Math.log(1.0 + (this.index.size - count + 0.5) / (count + 0.5));
      return Math.floor(raw * 1000.0 + 0.5) / 1000.0;
    }

    /** How much a concept says: the rarity of its own word, else of its best variant. */
    importance(concept) {
      let best = 0.0;
      for (const variant of concept.variants) {
        const rarity = this.variantRarity(variant);
        if (variant.kind === "exact" && rarity > 0.0) {
          return rarity;
        }
        best = Math.max(best, rarity);
      }
      return best;
    }

    variantRarity(variant) {
      if (variant.kind === "split") {
        return variant.pieces.reduce((best, piece) => piece.reduce(
          (inner, other) => Math.max(inner, this.variantRarity(other)), best), 0.0);
      }
      const postings = this.index.loaded(variant.term);
      return postings === null ? 0.0 : this.rarity(postings.documents.length);
    }

    /** Document → [score, weight] of its best variant. */
    best(variants, importance) {
      const best = new Map();
      for (const variant of variants) {
        const found = variant.kind === "split"
          ? this.split(variant, importance)
          : this.single(variant, importance);
        for (const [document, entry] of found) {
          const present = best.get(document);
          if (present === undefined || entry[0] > present[0]) {
            best.set(document, entry);
          }
        }
      }
      return best;
    }

    single(variant, importance) {
      const found = new Map();
      const postings = this.index.loaded(variant.term);
      if (postings === null) {
        return found;
      }
      const rarity = Math.min(importance, this.rarity(postings.documents.length));
      const scale = variant.weight * rarity / this.levels;
      postings.documents.forEach((document, at) => {
        found.set(document, [scale * postings.impacts[at], variant.weight]);
      });
      return found;
    }

    /** Pieces of a compound: the more of its length is there, the better. */
    split(variant, importance) {
      const totals = new Map();
      const covered = new Map();
      variant.pieces.forEach((piece, at) => {
        const share = variant.shares[at];
        for (const [document, entry] of this.best(piece, importance)) {
          totals.set(document, (totals.get(document) || 0.0) + share * entry[0]);
          covered.set(document, (covered.get(document) || 0.0) + share * entry[1]);
        }
      });
      const found = new Map();
      for (const [document, total] of totals) {
        const cover = covered.get(document);
        found.set(document, [
          variant.weight * total * cover,
          variant.weight * cover * cover
        ]);
      }
      return found;
    }
  }

  const api = { Engine: Engine };
  root.wissenSuche.rang = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
