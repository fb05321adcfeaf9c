/* Score documents: the twin of generator/search/ranking.py, with the same numbers in the same
 * order, so that `wissen find` and the search page agree.
 */
(function (root) {
  "use strict";

  const abfrage = root.wissenSuche.abfrage;

  const VAGUE = 0.32;
  const NEAR_SCORE = 0.4;
  const NEAR_COVER = 0.5;
  const OWN = ["exact", "alias", "phrase"];

  /** A score and a weight for some of all documents; arrays, because there may be thousands. */
  class Scores {
    constructor(size) {
      this.documents = [];
      this.known = new Uint8Array(size);
      this.scores = new Float64Array(size);
      this.weights = new Float64Array(size);
    }

    /** Add to what a document has. */
    add(document, score, weight) {
      if (!this.known[document]) {
        this.known[document] = 1;
        this.documents.push(document);
      }
      this.scores[document] += score;
      this.weights[document] += weight;
    }

    /** Replace what a document has by a higher score. */
    raise(document, score, weight) {
      if (!this.known[document]) {
        this.known[document] = 1;
        this.documents.push(document);
      } else if (score <= this.scores[document]) {
        return;
      }
      this.scores[document] = score;
      this.weights[document] = weight;
    }
  }

  /** Let the browser take what is typed in the meantime before the work goes on. */
  function pause() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  /* Which lists a query asks for: the twin of generator/search/bounding.py, which explains it. */

  /** Take the variants out of the concepts that are not asked for. */
  function bounded(concepts, rarity, numbers) {
    const wanted = new Set();
    const others = [];
    let left = numbers.postings;
    for (const concept of concepts) {
      const importance = expected(concept, rarity);
      const found = says(concept.variants, (variant) => Math.min(importance, rarity(variant.size)));
      found.forEach((one) => { one.say *= concept.weight; });
      const best = found.reduce((most, one) => Math.max(most, one.say), 0.0);
      for (const one of found) {
        if (one.isOwn || one.say === best) {
          left -= wanted.has(one.term) ? 0 : one.size;
          wanted.add(one.term);
        } else if (one.say >= numbers.faint * best) {
          others.push(one);
        }
      }
    }
    others.sort((a, b) => b.say - a.say || a.size - b.size || (a.term < b.term ? -1 : 1));
    for (const { term, size } of others) {
      if (!wanted.has(term) && size <= left) {
        wanted.add(term);
        left -= size;
      }
    }
    concepts.forEach((concept) => { concept.variants = only(concept.variants, wanted); });
  }

  /** How much a concept says, by the sizes of its terms. */
  function expected(concept, rarity) {
    const own = concept.variants.find((variant) => variant.kind === "exact" && rarity(variant.size) > 0.0);
    if (own) {
      return rarity(own.size);
    }
    return concept.variants.flatMap((variant) => [variant, ...variant.pieces.flat()])
      .reduce((most, leaf) => (leaf.term ? Math.max(most, rarity(leaf.size)) : most), 0.0);
  }

  /** Of each variant with a term: whether it is a word of the query itself, and how much it can add. */
  function says(variants, rarity) {
    const told = (variant, isOwn, say) => ({ term: variant.term, size: variant.size, isOwn: isOwn, say: say });
    return variants.flatMap((variant) => {
      if (variant.kind !== "split") {
        return [told(variant, OWN.includes(variant.kind), variant.weight * rarity(variant))];
      }
      const together = variant.pieces.reduce((sum, piece, at) => sum + variant.shares[at] *
        piece.reduce((most, leaf) => Math.max(most, leaf.weight * rarity(leaf)), 0.0), 0.0);
      return variant.pieces.flatMap((piece, at) => piece.map((leaf) => told(leaf, false,
        variant.weight * (variant.shares[at] * leaf.weight * Math.max(together, rarity(leaf))))));
    });
  }

  /** The variants with these terms; a compound stays as long as any of its pieces does. */
  function only(variants, wanted) {
    return variants.filter((variant) => {
      variant.pieces = variant.pieces.map((piece) => only(piece, wanted));
      return wanted.has(variant.term) || variant.pieces.some((piece) => piece.length);
    });
  }

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

    /** {hits: [{document, score, strength, near}], concepts, isVague}, best hit first; near: it is
     *  about what was asked for; vague: even the best hit only resembles that. */
    async search(query) {
      await this.open();
      const concepts = await this.planner.plan(query);
      bounded(concepts, (count) => this.rarity(count), this.weights);
      await this.loadPostings(concepts);
      await pause();
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
      const totals = new Scores(this.index.size);
      const strengths = new Float64Array(this.index.size);
      let possible = 0.0;
      let unknown = 0.0;
      for (const concept of concepts) {
        const importance = this.importance(concept);
        if (importance === 0.0) {
          unknown += concept.weight * this.rarity(0);
          continue;
        }
        possible += concept.weight * importance;
        const best = this.best(concept.variants, importance);
        for (const document of best.documents) {
          const weight = best.weights[document];
          totals.add(document, concept.weight * best.scores[document],
            concept.weight * importance * weight);
          strengths[document] = Math.max(strengths[document], weight);
        }
      }
      const coverage = this.weights.coverage;
      const scores = totals.scores;
      let most = 0.0;
      for (const document of totals.documents) {
        const factor = 1.0 - coverage + coverage * (totals.weights[document] / possible);
        const tier = 1.0 - this.weights.tier * this.index.tiers[document];
        scores[document] = scores[document] * factor * tier;
        most = Math.max(most, scores[document]);
      }
      const least = most * this.weights.cut;
      return totals.documents.filter((document) => scores[document] >= least)
        .sort((a, b) => scores[b] - scores[a] || a - b)
        .map((document) => ({
          document: document,
          score: scores[document],
          strength: strengths[document],
          near: scores[document] >= NEAR_SCORE * most && strengths[document] >= VAGUE &&
            totals.weights[document] >= NEAR_COVER * (possible + unknown)
        }));
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

    /** Scores and weights of the best variant of each document. */
    best(variants, importance) {
      const best = new Scores(this.index.size);
      for (const variant of variants) {
        if (variant.kind === "split") {
          this.split(variant, importance, best);
        } else {
          this.single(variant, importance, best);
        }
      }
      return best;
    }

    single(variant, importance, best) {
      const postings = this.index.loaded(variant.term);
      if (postings === null) {
        return;
      }
      const rarity = Math.min(importance, this.rarity(postings.documents.length));
      const scale = variant.weight * rarity / this.levels;
      for (let at = 0; at < postings.documents.length; at += 1) {
        best.raise(postings.documents[at], scale * postings.impacts[at], variant.weight);
      }
    }

    /** Pieces of a compound: the more of its length is there, the better. */
    split(variant, importance, best) {
      const totals = new Scores(this.index.size);
      variant.pieces.forEach((piece, at) => {
        const share = variant.shares[at];
        const found = this.best(piece, importance);
        for (const document of found.documents) {
          totals.add(document, share * found.scores[document], share * found.weights[document]);
        }
      });
      for (const document of totals.documents) {
        const cover = totals.weights[document];
        best.raise(document, variant.weight * totals.scores[document] * cover,
          variant.weight * cover * cover);
      }
    }
  }

  const api = { Engine: Engine, pause: pause };
  root.wissenSuche.rang = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
