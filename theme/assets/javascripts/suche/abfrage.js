/* Understand a query: which concepts it names and which terms may stand for each of them.
 *
 * The twin of generator/search/query.py, which explains the steps. Only difference: looking
 * into the index may load a file, so everything here is asynchronous.
 */
(function (root) {
  "use strict";

  const analyse = root.wissenSuche.analyse;
  const daten = root.wissenSuche.daten;
  const vokabular = root.wissenSuche.vokabular;

  const LONGEST_PHRASE = 4;
  const SURE_KINDS = ["exact", "alias", "synonym"];
  const SHORTEST_PIECE = 3;
  const SURE_PIECE = 4;
  const RESTS = 3;
  const FREQUENT = 4;
  const PREFIXES = 5;
  const INFIXES = 2;
  const RELATIVES = 4;
  const SIMILAR = 3;
  const SHORTEST_INITIALS = 3;
  const LONGEST_INITIALS = 5;

  const LETTERS_ONLY = /^[^0-9]+$/;

  /** size: in so many documents the term is, roughly; known before its list is loaded. */
  function single(kind, weight, term, size) {
    return { kind: kind, weight: weight, term: term, size: size, pieces: [], shares: [] };
  }

  function words(text) {
    return new Set(text.split(" "));
  }

  /** Turns queries into concepts, with the vocabulary of one opened index. */
  class Planner {
    constructor(index) {
      const language = index.language;
      this.index = index;
      this.weights = index.ranking;
      this.stop = index.stop;
      this.question = words(language.question);
      this.weak = words(language.weak);
      this.short = words(language.short);
      this.vocabulary = new vokabular.Vocabulary(index.terms, index.sizes, index.words);
    }

    /** The concepts of a query with all their variants. */
    async plan(query) {
      const tokens = this.tokens(query);
      const concepts = await Promise.all(tokens.map(async (token) => {
        const weak = this.weak.has(token.folded) && tokens.length > 1;
        return {
          text: token.text,
          term: token.term,
          weight: weak ? this.weights.weak : 1.0,
          variants: await this.variants(token)
        };
      }));
      if (concepts.every((concept) => concept.weight < 1.0)) {
        concepts.forEach((concept) => { concept.weight = 1.0; });
      }
      await this.addPhrases(tokens, concepts);
      return concepts;
    }

    tokens(query) {
      const text = analyse.normalise(query);
      const tokens = [];
      for (const word of analyse.words(text)) {
        const folded = analyse.fold(word.surface);
        if (word.whole) {
          tokens.push({
            text: text.slice(word.start, word.end),
            folded: folded,
            term: analyse.stemFolded(folded),
            parts: []
          });
        } else {
          tokens[tokens.length - 1].parts.push(folded);
        }
      }
      const meaning = tokens.filter((token) => !this.isStopWord(token));
      const useful = meaning.filter((token) => !this.question.has(token.folded));
      return useful.length ? useful : meaning.length ? meaning : tokens;
    }

    isStopWord(token) {
      return this.index.isStopWord(token);
    }

    async variants(token) {
      const weights = this.weights;
      const term = token.term;
      const near = (await this.index.shardOf(term)).sizes;
      const variants = await this.meaning(term, 1.0, "exact");
      const known = variants.some((variant) => SURE_KINDS.includes(variant.kind));
      const frequent = (near.get(term) || 0) >= FREQUENT;
      // A word that the synonyms know, but no entry: "Perso" is no beginning of "Person".
      const named = !known && this.vocabulary.has(term);
      const longer = named ? weights.named : 1.0;
      const add = (kind, others, scale = 1.0) => {
        for (const other of others) {
          variants.push(single(kind, weights[kind] * scale, other, 1 << this.vocabulary.size(other, near) >> 1));
        }
      };
      if (term.length >= 4) {
        add("sibling", this.vocabulary.siblings(term, near, RELATIVES));
        add("family", this.vocabulary.relatives(term, near, RELATIVES));
      }
      if (!frequent && (term.length >= 4 || !known)) {
        add("prefix", this.vocabulary.beginning(term, near, PREFIXES), longer);
      }
      if (!frequent && term.length >= 4) {
        add("infix", this.vocabulary.inside(term, INFIXES), longer);
      }
      const split = await this.split(token);
      if (split !== null) {
        split.weight = known ? weights.splitKnown : weights.split;
        variants.push(split);
      }
      if (!known) {
        variants.push(...await this.guesses(token, near, named));
      }
      return variants.length ? variants : this.fragments(token);
    }

    /** The known beginning or end of a compound of which the wiki knows no more. */
    async fragments(token) {
      const word = token.folded;
      const near = await this.neighbours(word);
      const heads = [];
      const tails = [];
      for (let at = SURE_PIECE; at < word.length - SHORTEST_PIECE + 1; at += 1) {
        for (const [pieces, piece] of [[heads, word.slice(0, at)], [tails, word.slice(-at)]]) {
          if (this.isPiece(piece, near)) {
            pieces.push(piece);
          }
        }
      }
      const variants = [];
      // Of nested pieces the longest: in "Hundesteuer" there is "Steuer", and nothing "teuer".
      for (const piece of new Set([...heads.slice(-1), ...tails.slice(-1)])) {
        const weight = this.weights.fragment * piece.length / word.length;
        variants.push(...await this.meaning(analyse.stemFolded(piece), weight, "fragment"));
      }
      return variants;
    }

    /** What a word may mean that nobody wrote: an abbreviation or a typing error. */
    async guesses(token, near, named) {
      const weights = this.weights;
      const found = [];
      const length = token.folded.length;
      if (length >= SHORTEST_INITIALS && length <= LONGEST_INITIALS) {
        const initials = daten.INITIALS_MARK + token.folded;
        const size = (await this.index.shardOf(initials)).size(initials);
        if (size) {
          found.push(single("initials", weights.initials, initials, size));
        }
      }
      if (named || (await this.index.shardOf(token.term)).correct.has(token.term)) {
        return found;
      }
      const rare = new Map(near);
      for (const key of LETTERS_ONLY.test(token.term) ? vokabular.keys(token.term) : []) {
        for (const other of (await this.index.shardOf(key)).redirects.get(key) || []) {
          if (!rare.has(other)) {
            rare.set(other, 1);
          }
        }
      }
      for (const [other, errors] of this.vocabulary.similar(token.term, rare, SIMILAR)) {
        const weight = weights["typo" + errors];
        found.push(...await this.meaning(other, weight, "typo"));
        const corrected = await this.split({ text: other, folded: other, term: other, parts: [] });
        if (corrected !== null) {
          corrected.weight = weight * weights.splitKnown;
          found.push(corrected);
        }
      }
      return found;
    }

    /** A term, its base forms and its synonyms, as far as the index knows them. */
    async meaning(term, weight, kind) {
      const found = [];
      const shard = await this.index.shardOf(term);
      if (shard.has(term)) {
        found.push(single(kind, weight, term, shard.size(term)));
      }
      const bases = shard.redirects.get(term) || [];
      const names = [[shard, term]];
      for (const base of bases) {
        const at = await this.index.shardOf(base);
        found.push(single("alias", weight * this.weights.alias, base, at.size(base)));
        names.push([at, base]);
      }
      const numbers = new Set(names.flatMap(([at, name]) => at.groups.get(name) || []));
      for (const number of numbers) {
        found.push(...this.synonyms(number, weight));
      }
      if (!numbers.size) {
        for (const number of new Set(names.flatMap(([at, name]) => at.loose.get(name) || []))) {
          found.push(...this.group("loose", number, weight));
        }
      }
      return found;
    }

    /** A synonym group and, much weaker, the groups it refers to. */
    synonyms(number, weight) {
      const found = this.group("synonym", number, weight);
      for (const other of this.index.related[number]) {
        found.push(...this.group("related", other, weight));
      }
      return found;
    }

    /** A group as a variant, if any document has a word of it. */
    group(kind, number, weight) {
      const size = this.index.groupSizes[number];
      return size ? [single(kind, weight * this.weights[kind], daten.GROUP_MARK + number, size)] : [];
    }

    /** A compound as its pieces. */
    async split(token) {
      const pieces = token.parts.length ? token.parts : await this.pieces(token.folded);
      if (pieces.length < 2) {
        return null;
      }
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const variant = single("split", 0.0, "", 0);
      for (const piece of pieces) {
        variant.pieces.push(await this.meaning(analyse.stemFolded(piece), 1.0, "exact"));
        variant.shares.push((piece.length / length + 1.0 / pieces.length) / 2.0);
      }
      return variant;
    }

    /** The best cut of a folded word into known pieces, or nothing. */
    async pieces(word) {
      const near = await this.neighbours(word);
      const best = new Array(word.length + 1).fill(null);
      best[0] = [0, []];
      for (let end = SHORTEST_PIECE; end <= word.length; end += 1) {
        for (let start = 0; start <= end - SHORTEST_PIECE; start += 1) {
          const reached = best[start];
          if (reached === null || end - start === word.length) {
            continue;
          }
          const piece = word.slice(start, end);
          if (!this.isPiece(piece, near)) {
            continue;
          }
          const quality = reached[0] + piece.length * piece.length;
          if (best[end] === null || quality > best[end][0]) {
            best[end] = [quality, [...reached[1], piece]];
          }
        }
      }
      return best[word.length] === null ? [] : best[word.length][1];
    }

    /** Rare terms that may be pieces: around the word and what a piece leaves over. */
    async neighbours(word) {
      const near = [(await this.index.shardOf(analyse.stemFolded(word))).sizes];
      const rests = [];
      for (let at = word.length - SURE_PIECE; at >= SHORTEST_PIECE; at -= 1) {
        const rest = analyse.stemFolded(word.slice(at));
        if (!this.vocabulary.has(rest) && this.isPiece(word.slice(0, at), near)) {
          rests.push(rest);
        }
      }
      const shards = await Promise.all(
        rests.slice(0, RESTS).map((rest) => this.index.shardOf(rest)));
      return near.concat(shards.map((shard) => shard.sizes));
    }

    isPiece(piece, near) {
      if (this.stop.has(piece) || (piece.length < SURE_PIECE && !this.short.has(piece))) {
        return false;
      }
      const term = analyse.stemFolded(piece);
      return this.vocabulary.has(term) || near.some((sizes) => sizes.has(term));
    }

    /** Neighbouring words that together are one term or one synonym. */
    async addPhrases(tokens, concepts) {
      for (let start = 0; start < tokens.length; start += 1) {
        const last = Math.min(start + LONGEST_PHRASE, tokens.length);
        for (let end = start + 2; end <= last; end += 1) {
          const span = tokens.slice(start, end);
          const key = span.map((token) => token.term).join("_");
          const found = [];
          if (this.index.mayBePhrase(key)) {
            const shard = await this.index.shardOf(key);
            if (shard.has(key)) {
              found.push(single("phrase", 1.0, key, shard.size(key)));
            }
            for (const number of shard.groups.get(key) || []) {
              found.push(...this.synonyms(number, 1.0));
            }
          }
          const joined = analyse.stemFolded(span.map((token) => token.folded).join(""));
          if (this.vocabulary.has(joined)) {
            found.push(...await this.meaning(joined, 1.0, "phrase"));
          }
          for (const concept of concepts.slice(start, end)) {
            concept.variants.push(...found);
          }
        }
      }
    }
  }

  const api = { Planner: Planner };
  root.wissenSuche.abfrage = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
