/* Costs scaled to the reader's own size: linear, with the working, and only where that is honest.
 *
 * A record's costs can be scaled if they refer to exactly one number of inhabitants or workplaces
 * (generator/catalogue/costs.py), and if the own size is at most four times as large or as small.
 * A price for one workplace is a price per piece and may be multiplied as far as one likes.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const Bruch = vergleich.Bruch;
  const FURTHEST = new Bruch(4n);
  const UNITS = {
    einwohner: { many: "Einwohnerinnen und Einwohner", label: "Einwohnerzahl" },
    arbeitsplaetze: { many: "Arbeitsplätze", label: "Zahl der Arbeitsplätze" },
  };

  function euros([low, high]) {
    const text = Bruch.read(low).german(2);
    return (low === high ? text : text + " bis " + Bruch.read(high).german(2)) + " €";
  }

  /** What the own size makes of an amount: {text, working} or {text} that says why not. */
  function scaled(costs, amounts, own) {
    if (!costs.groesse) {
      return { text: costs.bezug ? "nicht umrechenbar: gilt für „" + costs.bezug + "“"
        : "nicht umrechenbar: keine Bezugsgröße angegeben" };
    }
    const [unit, number] = costs.groesse;
    if (!own[unit]) {
      return { text: "dafür bitte die " + UNITS[unit].label + " angeben" };
    }
    const base = Bruch.read(number);
    const mine = Bruch.read(own[unit]);
    const factor = mine.over(base);
    const one = new Bruch(1n);
    if (number !== "1" &&
        (factor.compare(FURTHEST) > 0 || one.over(factor).compare(FURTHEST) > 0)) {
      return { text: "nicht umgerechnet: zu weit von der Bezugsgröße (" + base.german(0) + " " +
        UNITS[unit].many + ") entfernt" };
    }
    const result = amounts.map((amount) => Bruch.read(amount).times(factor).rounded(0));
    const same = result[0].compare(result[1]) === 0;
    return {
      text: "rund " + result[0].german(0) + (same ? "" : " bis " + result[1].german(0)) + " €",
      working: euros(amounts) + " × " + mine.german(0) + (number === "1" ? "" : " ÷ " + base.german(0)),
    };
  }

  /** The own size: what the reader says; if nothing yet, that of the municipality chosen (kommune.js). */
  function size(own) {
    const chosen = root.wissenKommune && root.wissenKommune.profil();
    const known = chosen && /^[1-9]\d{0,8}$/.test(chosen.einwohner || "") ? chosen.einwohner : "";
    return own.touched || own.einwohner || own.arbeitsplaetze || !known ? own
      : Object.assign({}, own, { einwohner: known, of: chosen.name });
  }

  vergleich.kosten = { scaled: scaled, euros: euros, size: size, UNITS: UNITS };
}(typeof globalThis === "undefined" ? this : globalThis));
