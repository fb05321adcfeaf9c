/* Unpack the numbers and words of the index: the twin of generator/search/bits.py and codec.py. */
(function (root) {
  "use strict";

  const DIGITS = Array.from({ length: 95 }, (_, code) => String.fromCharCode(code + 32))
    .filter((char) => char !== "\"" && char !== "\\");
  const VALUE = new Map(DIGITS.map((char, value) => [char, value]));
  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const SIX_BITS = new Uint8Array(128);
  [...BASE64].forEach((char, value) => { SIX_BITS[char.charCodeAt(0)] = value; });
  const LONG = 32;
  const STEPS = 4;

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
    if (!text) {
      return { documents: [], impacts: [] };
    }
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

  /** Numbers that were packed as Huffman codes. */
  function unpackCodes(text) {
    if (!text) {
      return [];
    }
    const bits = new Bits(text);
    const codes = new Array(bits.length());
    const sorted = [];
    for (let code = 0, symbols = bits.fixed(13); code < symbols; code += 1) {
      sorted.push({ code: code, length: bits.fixed(5) });
    }
    sorted.sort((a, b) => a.length - b.length || a.code - b.code);
    const used = sorted.filter((entry) => entry.length);
    if (!used.length) {
      return codes.fill(sorted.length - 1);
    }
    const firsts = [];
    let word = 0;
    used.forEach((entry, at) => {
      word = at ? word + 1 << entry.length - used[at - 1].length : 0;
      firsts[entry.length] = firsts[entry.length] || { word: word, at: at, count: 0 };
      firsts[entry.length].count += 1;
    });
    for (let at = 0; at < codes.length; at += 1) {
      let read = 0;
      let length = 0;
      let first;
      do {
        read = read << 1 | bits.fixed(1);
        length += 1;
        first = firsts[length];
      } while (!first || read - first.word >= first.count);
      codes[at] = used[first.at + read - first.word].code;
    }
    return codes;
  }

  /** A number of 20 bits, for asking whether something may be known. */
  function nameHash(text) {
    let value = 2166136261;
    for (let at = 0; at < text.length; at += 1) {
      value = Math.imul(value ^ text.charCodeAt(at), 16777619);
    }
    return value >>> 12;
  }

  /** Numbers from 0 to 92, one character each. */
  function unpackValues(text) {
    const values = new Array(text.length);
    for (let at = 0; at < text.length; at += 1) {
      values[at] = VALUE.get(text[at]);
    }
    return values;
  }

  /** The least number with this code for a rough size; see generator/search/codec.py. */
  function roughSize(code) {
    return code ? Math.ceil(Math.pow(2.0, (code - 1) / STEPS)) : 0;
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

  /** How many postings a packed list has. */
  function packedLength(text) {
    return new Bits(text).length();
  }

  const api = {
    unpackPostings: unpackPostings,
    packedLength: packedLength,
    unpackCodes: unpackCodes,
    unpackValues: unpackValues,
    unpackAfter: unpackAfter,
    unpackSorted: unpackSorted,
    roughSize: roughSize,
    nameHash: nameHash
  };
  root.wissenSuche = root.wissenSuche || {};
  root.wissenSuche.zahlen = api;
  if (typeof module !== "undefined" && module.exports) {
    module.exports = api;
  }
}(typeof globalThis === "undefined" ? this : globalThis));
