/* What the compared say to the reader's own municipality: rows of the table, and a word in the ranking.
 *
 * Judges as everywhere in the wiki (kommune.js); without a choice there is nothing here.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const { make, mark } = vergleich.bau;
  // What is judged, its row, and what is said where a record tells nothing of it.
  const ROWS = [
    ["einsatz", "Bei Ihnen", "nicht im Einsatz"],
    ["groesse", "Größe", "keine Angabe"],
    ["betrieb", "Betrieb", "keine Angabe"],
    ["anschluss", "Anschluss", "keine Angabe"],
    ["nutzer", "Wer wie Sie", "niemand genannt"],
  ];

  function chosen() {
    return root.wissenKommune ? root.wissenKommune.profil() : null;
  }

  function judged(record) {
    return chosen() ? root.wissenKommune.urteile(record.passung || {}) : [];
  }

  /** The part of the table, without rows in which nothing is known of anyone. */
  function part(records) {
    const all = records.map(judged);
    const rows = ROWS.map(([what, label, none]) => {
      const found = all.map((each) => each.find((judgement) => judgement.was === what));
      return found.some(Boolean) ? { label: label, cells: found.map((judgement, column) => judgement
        ? { text: judgement.art + judgement.text, parts: [mark(judgement.art, judgement.text)] }
        : { text: "", parts: [used(all[column]) && what === "betrieb" ? "bei Ihnen schon bekannt" : none] }) } : null;
    });
    return { title: chosen() ? "Für " + chosen().name : "", rows: rows.filter(Boolean) };
  }

  function used(judgements) {
    return judgements.some((judgement) => judgement.was === "einsatz");
  }

  /** In the ranking only what speaks against it. */
  function against(record) {
    const other = judged(record).find((judgement) => judgement.was === "groesse" && judgement.art === "anders");
    return other ? mark("anders", "Andere Größe als " + chosen().name, { title: other.text }) : null;
  }

  /** Where to choose, for readers who have not, or whose choice is used. */
  function note(address) {
    const link = make("a", "", { href: address }, chosen() ? "ändern" : "Meine Kommune wählen");
    return make("p", "ws-klein", null, chosen()
      ? ["Verglichen mit " + chosen().name + " (", link, ")."]
      : [link, ": Dann steht hier, was zu ihr passt und was es für ihre Größe kostet."]);
  }

  vergleich.passung = { part: part, against: against, note: note };
}(typeof globalThis === "undefined" ? this : globalThis));
