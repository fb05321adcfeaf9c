/* What other wikis know about a need: a part of its own beside our answer to "Schon geprüft?".
 *
 * Sorted into the same groups, by the verdicts of those wikis; each entry says whose it is, and nothing of it
 * is counted with ours. Only the best few are looked at: each is a file of its own.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const MOST = 20;

  /** [{hit, card, group}] of the best hits from other wikis, as of today. */
  async function find(engine, facets, hits) {
    const isGuest = suche.urteil.guests(facets);
    const some = hits.filter((hit) => hit.near && isGuest(hit.document)).slice(0, MOST);
    const cards = await Promise.all(some.map((hit) => engine.index.card(hit.document)));
    return some.map((hit, at) => ({ hit: hit, card: cards[at],
      group: suche.urteil.ofGuest(cards[at], engine.index.tiers[hit.document]) })).filter((entry) => entry.group);
  }

  /** The part of the answer: `groups` as the page names them, `item` makes an entry. */
  function section(entries, groups, item) {
    const box = make("section", "ws-antwort__gruppe ws-antwort__anderswo",
      make("h2", "", "In anderen Kreisen (" + entries.length.toLocaleString("de-DE") + ")"),
      make("p", "ws-antwort__rat", "Nach deren Maßstäben und für deren Verhältnisse. Fragen Sie dort nach, " +
        "bevor Sie darauf aufbauen."));
    box.dataset.gruppe = "anderswo";
    for (const group of groups) {
      const those = entries.filter((entry) => entry.group === group.name);
      if (those.length) {
        const list = make("ol", "ws-antwort__liste ws-glatt", ...those.map(item));
        list.dataset.stand = group.name;
        box.append(make("h3", "", group.title), list);
      }
    }
    return box;
  }

  /** What the answer in a sentence says of it, if we have nothing ourselves. */
  function told(entries) {
    const from = [...new Set(entries.filter((entry) => entry.group !== "erfahrung")
      .map((entry) => entry.card.card.herkunft))];
    const where = from.length === 1 ? "bei " + from[0] : "in anderen Kreisen";
    return from.length ? "Hier noch nicht, aber " + where + " ist etwas dazu geprüft oder in Arbeit." : "";
  }

  suche.anderswo = { find: find, section: section, told: told };
}(typeof globalThis === "undefined" ? this : globalThis));
