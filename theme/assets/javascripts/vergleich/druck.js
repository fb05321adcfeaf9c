/* The comparison on paper: one landscape page in legible type.
 *
 * What does not fit is left out, what decides least first, and the page says so. No text gets smaller than
 * 8 points; should even what decides not fit, there are more pages rather than smaller letters.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const LARGEST = 12; // rem on paper, in points; text is .75 of it
  const SMALLEST = 10.7;
  const LEVELS = [0, 1, 2, 3]; // what is left out, see vergleich.css
  const PAPER = 715; // CSS pixels of a landscape page
  const AROUND = 6; // rem of it that the heading and what stands above and below take
  const NAMED = 8;

  function isShown(row) {
    return row.getClientRects().length > 0;
  }

  function rowsOf(place) {
    return [...place.querySelectorAll(".ws-vgl tbody tr:not(.ws-vgl__teil)")];
  }

  function label(row) {
    return row.dataset.angabe;
  }

  function hide(row) {
    row.classList.add("ws-vgl__entfaellt");
    const part = row.parentElement;
    part.classList.toggle("ws-vgl__entfaellt", ![...part.querySelectorAll("tr:not(.ws-vgl__teil)")].some(isShown));
  }

  /** Say what is missing, so nobody takes the paper for everything. */
  function say(place) {
    const note = place.querySelector(".ws-vgl__fehlt");
    const names = [...new Set(rowsOf(place).filter((row) => !isShown(row)).map(label))];
    const rest = names.length - NAMED;
    note.textContent = names.length ? "Auf dieser Seite ist kein Platz für: " + names.slice(0, NAMED).join(", ") +
      (rest > 0 ? " und " + rest + " weitere Angaben" : "") + ". Im Wiki steht alles." : "";
  }

  function fits(place) {
    say(place);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return place.getBoundingClientRect().height <= PAPER - AROUND * rem;
  }

  function type(size) {
    document.documentElement.style.fontSize = size + "pt";
  }

  /** Rows in the order in which they go: further statements from the last one on, what is the same for
   * all, exclusion criteria that nobody misses, and criteria by which only one is judged. */
  function expendable(place) {
    const result = place.querySelector(".ws-vgl tbody"); // verdict and validity stay in any case
    const rows = rowsOf(place).filter((row) => isShown(row) && row.parentElement !== result).reverse();
    const further = (row) => "weiteres" in row.parentElement.dataset;
    const same = (row) => row.classList.contains("ws-vgl__gleich");
    const met = (row) => row.querySelector(".ws-erfuellt") && !row.querySelector(".ws-verfehlt");
    const lone = (row) => row.querySelectorAll(".ws-vgl__rechnung").length === 1;
    return [...new Set([(row) => further(row) && same(row), further, same, met, lone].flatMap((goes) => rows.filter(goes)))];
  }

  /** As much as fits, in the largest type with which it does. */
  function fit(place) {
    const page = document.documentElement;
    page.classList.add("ws-vgl-druck");
    for (const level of LEVELS) {
      page.classList.toggle("ws-vgl-druck--" + level, level > 0);
      type(SMALLEST);
      if (fits(place)) {
        break;
      }
    }
    for (const row of fits(place) ? [] : expendable(place)) {
      hide(row);
      if (fits(place)) {
        break;
      }
    }
    for (let size = LARGEST; size >= SMALLEST; size -= 0.2) {
      type(size);
      if (fits(place)) {
        return;
      }
    }
    type(SMALLEST);
  }

  /** The page on the screen again. */
  function back(place) {
    const page = document.documentElement;
    page.classList.remove("ws-vgl-druck", ...LEVELS.map((level) => "ws-vgl-druck--" + level));
    page.style.fontSize = "";
    place.querySelectorAll(".ws-vgl__entfaellt").forEach((row) => row.classList.remove("ws-vgl__entfaellt"));
  }

  vergleich.papier = { fit: fit, back: back };
}(typeof globalThis === "undefined" ? this : globalThis));
