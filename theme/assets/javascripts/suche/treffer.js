/* Build the pieces of a result list: elements, result cards, marks of a state. */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const MOST_WORDS = 4;

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

  /** The list entry of a hit; marker says which words to mark. */
  function entry(card, marker) {
    const labels = card.card;
    const item = make("li", "ws-eintrag ws-suche__treffer");
    item.dataset.recordId = card.id;
    const title = link(suche.address(card.url), "");
    marker.append(title, card.title);
    const text = make("p", "ws-zwei");
    marker.append(text, card.summary);
    const foot = make("p", "ws-eintrag__fuss");
    if (labels.verdikt) {
      foot.append(mark(labels.verdikt_wert, labels.verdikt));
    }
    if (labels.gueltigkeit) {
      foot.append(mark(labels.gueltigkeit_wert, labels.gueltigkeit));
    }
    for (const name of ["organisation", "datum"]) {
      if (labels[name]) {
        foot.append(make("span", "", labels[name]));
      }
    }
    item.append(make("span", "ws-eintrag__art", labels.typ || card.typ),
      make("h2", "", title), text, foot);
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
    const snippet = marker.snippet(await index.body(document_));
    if (snippet && !card.summary.includes(snippet)) {
      const text = make("p", "ws-zwei ws-suche__stelle");
      marker.append(text, snippet);
      foot.before(text);
    }
  }

  suche.treffer = { make: make, link: link, mark: mark, entry: entry, addSnippet: addSnippet };
}(typeof globalThis === "undefined" ? this : globalThis));
