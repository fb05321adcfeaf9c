/* Build the pieces of a result list: elements, result cards, marks of a state. */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const MOST_WORDS = 4;
  const COMPARED = ["bewertung", "loesung"];

  /** An element with a class and children; texts become text nodes, never markup. */
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) {
      element.className = className;
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function link(href, text) {
    const element = make("a", "", text);
    element.href = href;
    return element;
  }

  /** A state in a word with its icon. */
  function mark(value, text) {
    const state = /^[a-z_]+$/.test(value || "") ? " ws-z-" + value : "";
    return make("span", "ws-marke" + state, text);
  }

  /** The marks of a hit: its verdict, and its validity as of today. */
  function marks(card) {
    const labels = card.card;
    const found = labels.verdikt ? [mark(labels.verdikt_wert, labels.verdikt)] : [];
    const built = labels.gueltigkeit_wert || "gueltig";
    const state = labels.bis ? root.wissenGueltigkeit.advanced(built, labels.bis) : built;
    if (state !== built) {
      found.push(mark(state, root.wissenGueltigkeit.told(labels.frist || "angaben", state, labels.bis)));
    } else if (labels.gueltigkeit) {
      found.push(mark(state, labels.gueltigkeit));
    }
    return found;
  }

  /** The title of a hit as a link, with the words marked. */
  function title(card, marker) {
    const element = link(suche.address(card.url), "");
    marker.append(element, card.title);
    return element;
  }

  /** Whose it is, if it is a record of another wiki. */
  function origin(card) {
    return card.card.herkunft ? [make("span", "ws-stichwort", "Bei " + card.card.herkunft)] : [];
  }

  /** Whether it can be chosen for the comparison here (vergleich/merken.js). */
  function isCompared(card) {
    return Boolean(root.wissenMerken) && COMPARED.includes(card.typ);
  }

  /** What fits the reader's municipality (kommune.js). */
  function fit(item, card) {
    const about = {};
    if (card.typ === "bewertung") {
      about.fuer = (card.card.fuer || "").split(" ").filter(Boolean);
    } else if (card.typ === "loesung") {
      about.loesung = card.id;
      about.betrieb = (card.card.betrieb || "").split(" ").filter(Boolean);
    }
    if (root.wissenKommune && Object.keys(about).length) {
      item.dataset.passung = JSON.stringify(about);
      root.wissenKommune.zeichne(item);
    }
  }

  /** The list entry of a hit; marker says which words to mark. */
  function entry(card, marker) {
    const labels = card.card;
    const item = make("li", "ws-eintrag ws-suche__treffer");
    item.dataset.recordId = card.id;
    const text = make("p", "ws-zwei");
    marker.append(text, card.summary);
    const foot = make("p", "ws-eintrag__fuss", ...marks(card));
    foot.prepend(...origin(card));
    for (const name of ["organisation", "datum"]) {
      if (labels[name]) {
        foot.append(make("span", "", labels[name]));
      }
    }
    if (isCompared(card)) {
      foot.append(root.wissenMerken.knopf(card.id, card.title));
    }
    item.append(make("span", "ws-eintrag__art", labels.typ || card.typ),
      make("h2", "", title(card, marker)), text, foot);
    fit(item, card);
    return item;
  }

  /** Say why it matched where neither title nor summary shows it: keywords, or the best sentence. */
  async function addSnippet(index, document_, card, item, marker) {
    if (marker.count(card.title + " " + card.summary) > 0 || marker.terms.size === 0) {
      return;
    }
    const foot = item.querySelector(".ws-eintrag__fuss");
    const words = (card.card.auch || "").split("|").filter((word) => marker.count(word) > 0);
    if (words.length) {
      const text = make("p", "ws-suche__stelle", "Stichwort: ");
      marker.append(text, words.slice(0, MOST_WORDS).join(", "));
      foot.before(text);
      return;
    }
    let body = await index.body(document_);
    let snippet = marker.snippet(body);
    let before = 0;
    if (!snippet && card.further) {
      before = body.length;
      body = await index.body(document_, true);
      snippet = marker.snippet(body);
    }
    if (snippet && !card.summary.includes(snippet)) {
      const text = make("p", "ws-zwei ws-suche__stelle");
      marker.append(text, snippet);
      foot.before(text);
      const at = before + body.indexOf(snippet.replace(/^… | …$/g, ""));
      const part = (card.parts || []).find(([from, to]) => from <= at && at < to);
      if (part) { // a long record goes on elsewhere (pages/parts.py)
        foot.before(make("p", "ws-klein", link(suche.address(part[3]), "Diese Stelle steht in Teil " + part[2])));
      }
    }
  }

  suche.treffer = {
    make: make, link: link, mark: mark, marks: marks, title: title, entry: entry, addSnippet: addSnippet,
    fit: fit, isCompared: isCompared, origin: origin
  };
}(typeof globalThis === "undefined" ? this : globalThis));
