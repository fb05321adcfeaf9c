/* The comparison on paper: one landscape page in legible type.
 *
 * First comes what decides: verdict, what fits the own municipality, exclusion criteria, points, costs. What
 * room is left goes to reasons, then to the other statements, what matters most first; the page names what
 * is missing. No text gets smaller than 8 points; should even what decides not fit, there are more pages
 * rather than smaller letters.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const LARGEST = 12; // rem on paper, in points; text is .75 of it
  const SMALLEST = 10.7;
  const TIGHT = [0, 1, 2]; // shorter cells, then no reasons; see vergleich.css
  const PAPER = 715; // CSS pixels of a landscape page
  const AROUND = 6; // rem of it that the heading and what stands above and below take
  const NAMED = 12;
  // Told only where there is room, in this order; and after them the further statements, in that of the table.
  const LATER = ["Einsatzzweck", "Abweichende Voten", "Anschluss", "Betriebsmodell", "Speicherort", "Auftragsverarbeitung",
    "Gegenstand", "Gilt für Kommunen mit", "Neu prüfen, wenn", "Rahmenbedingungen", "Wer wie Sie", "Woher die Zahlen kommen", "Stand"];

  function isShown(row) {
    return row.getClientRects().length > 0;
  }

  function rowsOf(place) {
    return [...place.querySelectorAll(".ws-vgl tbody tr:not(.ws-vgl__teil)")];
  }

  function label(row) {
    return row.dataset.angabe;
  }

  function partOf(row) {
    return row.parentElement.querySelector(".ws-vgl__teil").textContent;
  }

  function toggle(row, gone) {
    row.classList.toggle("ws-vgl__entfaellt", gone);
    const part = row.parentElement;
    part.classList.toggle("ws-vgl__entfaellt", !part.querySelector("tr:not(.ws-vgl__teil, .ws-vgl__entfaellt)"));
  }

  /** Nobody misses this exclusion criterion, as far as it was looked at. */
  function met(row) {
    return row.querySelector(".ws-erfuellt") && !row.querySelector(".ws-verfehlt");
  }

  /** What is missing: whole parts by their name, others with the names of what they lack. */
  function missing(rows) {
    const parts = new Map();
    for (const row of rows) {
      parts.set(partOf(row), [...(parts.get(partOf(row)) || []), row]);
    }
    const names = [];
    for (const [part, all] of parts) {
      const gone = all.filter((row) => !isShown(row) && !met(row));
      names.push(...(gone.length === all.length && gone.length > 1 ? [[part, gone.length]] : gone.map((row) => [label(row), 1])));
    }
    return names;
  }

  /** Say what is missing, so nobody takes the paper for everything. */
  function say(place) {
    const rows = rowsOf(place);
    const names = missing(rows);
    const rest = names.slice(NAMED).reduce((sum, [, count]) => sum + count, 0);
    const fulfilled = rows.filter((row) => !isShown(row) && met(row)).length;
    place.querySelector(".ws-vgl__fehlt").textContent = [
      names.length ? "Auf dieser Seite ist kein Platz für: " + names.slice(0, NAMED).map(([name]) => name).join(", ") +
        (rest > 0 ? " und " + rest + " weitere Angaben" : "") + "." : "",
      fulfilled ? (fulfilled === 1 ? "Ein weiteres Ausschlusskriterium ist" : fulfilled + " weitere Ausschlusskriterien sind") +
        " erfüllt, soweit geprüft." : "",
      names.length || fulfilled ? "Im Wiki steht alles." : ""].filter(Boolean).join(" ");
  }

  function fits(place) {
    say(place);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return place.getBoundingClientRect().height <= PAPER - AROUND * rem;
  }

  function type(size) {
    document.documentElement.style.fontSize = size + "pt";
  }

  function tighten(level) {
    TIGHT.forEach((each) => document.documentElement.classList.toggle("ws-vgl-druck--" + each, each > 0 && each <= level));
  }

  /** Rows that only add to what decides: those that tell the candidates apart first, the same for all last. */
  function further(rows) {
    const rank = (row) => {
      const place = LATER.indexOf(label(row));
      return (row.classList.contains("ws-vgl__gleich") ? 1000 : 0) + (place < 0 ? LATER.length : place);
    };
    return rows.filter((row) => "weiteres" in row.parentElement.dataset || LATER.includes(label(row)))
      .sort((a, b) => rank(a) - rank(b)); // stable: else in the order of the table
  }

  /** Only one candidate is judged by this criterion. */
  function lone(row) {
    return row.querySelectorAll(".ws-vgl__rechnung").length === 1;
  }

  /** Of what decides, the order in which it goes: exclusion criteria that nobody misses, what is the same for
   * all, and criteria by which only one is judged. Verdict and validity stay in any case. */
  function expendable(place) {
    const result = place.querySelector(".ws-vgl tbody");
    const rows = rowsOf(place).filter((row) => isShown(row) && row.parentElement !== result).reverse();
    const same = (row) => row.classList.contains("ws-vgl__gleich");
    return [...new Set([(row) => met(row) && same(row), met, lone, same].flatMap((goes) => rows.filter(goes)))];
  }

  /** As much as fits, in the largest type with which it does. */
  function fit(place) {
    document.documentElement.classList.add("ws-vgl-druck");
    type(SMALLEST);
    const more = further(rowsOf(place));
    more.forEach((row) => toggle(row, true));
    const dropped = [];
    tighten(TIGHT.length - 1);
    for (const row of fits(place) ? [] : expendable(place)) {
      toggle(row, true);
      dropped.unshift(row);
      if (fits(place)) {
        break;
      }
    }
    for (const part of new Set(dropped.filter(lone).map((row) => row.parentElement))) { // not half a catalogue
      [...part.querySelectorAll("tr")].filter(lone).forEach((row) => toggle(row, true));
    }
    for (const level of TIGHT) {
      tighten(level);
      if (fits(place)) {
        break;
      }
    }
    for (const row of [...more, ...dropped.filter((row) => !lone(row))]) {
      toggle(row, false);
      if (!fits(place)) {
        toggle(row, true);
      }
    }
    for (let size = LARGEST; size >= SMALLEST; size -= 0.2) {
      type(size);
      if (fits(place)) {
        return;
      }
    }
    type(SMALLEST);
    say(place);
  }

  /** The page on the screen again. */
  function back(place) {
    const page = document.documentElement;
    tighten(0);
    page.classList.remove("ws-vgl-druck");
    page.style.fontSize = "";
    place.querySelectorAll(".ws-vgl__entfaellt").forEach((row) => row.classList.remove("ws-vgl__entfaellt"));
  }

  vergleich.papier = { fit: fit, back: back };
}(typeof globalThis === "undefined" ? this : globalThis));
