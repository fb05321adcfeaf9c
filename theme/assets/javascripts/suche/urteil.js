/* How a need stands: into which group of the answer a record belongs.
 *
 * The twin of generator/catalogue/standing.py; a test compares both.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const REJECTED = ["nicht_empfohlen", "derzeit_nicht_empfohlen"];
  const EXPERIENCE = ["best-practice", "projekt", "ag-ergebnis", "loesung"];
  const OUTDATED = 3;
  const PARTNER = "partner";

  /** The name of the group, or "" if the record says nothing about a need. */
  function standing(typ, result, state, outdated) {
    if (typ !== "bewertung") {
      return EXPERIENCE.includes(typ) && !outdated ? "erfahrung" : "";
    }
    if (outdated || result === "abgebrochen") {
      return "veraltet";
    }
    if (result === "laufend" || result === "geplant") {
      return "laeuft";
    }
    if (state === "abgelaufen" || state === "ersetzt") {
      return "veraltet";
    }
    return REJECTED.includes(result) ? "verworfen" : "gilt";
  }

  /** document → group, from facets as of today. */
  function grouping(index, facets) {
    const named = new Map(facets.map((facet) => [facet.name, facet]));
    const value = (name, document_) => {
      const facet = named.get(name);
      return facet ? facet.values[facet.sets[facet.codes[document_]][0]] || "" : "";
    };
    return (document_) => standing(value("typ", document_), value("verdikt", document_),
      value("gueltigkeit", document_), index.tiers[document_] === OUTDATED);
  }

  /** The documents that are records of other wikis. */
  function guests(facets) {
    const kinds = facets.find((facet) => facet.name === "typ");
    return (document_) => Boolean(kinds) && kinds.values[kinds.sets[kinds.codes[document_]][0]] === PARTNER;
  }

  /** The group of a record of another wiki, from its card: by the verdict of that wiki. */
  function ofGuest(card, tier) {
    const labels = card.card;
    const built = labels.gueltigkeit_wert || "gueltig";
    const state = labels.bis ? root.wissenGueltigkeit.advanced(built, labels.bis) : built;
    return standing(labels.wesen || "", labels.verdikt_wert || "", state, tier === OUTDATED);
  }

  suche.urteil = { standing: standing, grouping: grouping, guests: guests, ofGuest: ofGuest };
}(typeof globalThis === "undefined" ? this : globalThis));
