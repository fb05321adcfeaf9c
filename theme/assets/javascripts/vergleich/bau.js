/* Small pieces of the comparison: elements, marks of a state, validity in words.  Texts become text nodes. */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const SOON = 90;
  const DAY = 86400000;

  /** An element with classes, attributes and children. */
  function make(tag, className, attributes, ...children) {
    const element = document.createElement(tag);
    if (className) {
      element.className = className;
    }
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function button(text, act, className, attributes) {
    const element = make("button", className || "ws-knopf", Object.assign({ type: "button" }, attributes), text);
    element.addEventListener("click", act);
    return element;
  }

  /** A state in a word with its icon. */
  function mark(value, text, attributes) {
    const state = /^[a-z_]+$/.test(value || "") ? " ws-z-" + value : "";
    return make("span", "ws-marke" + state, attributes, text);
  }

  function day(iso) {
    return iso.split("-").reverse().join(".");
  }

  /** State and words of a record's validity, by today's date. */
  function validity(record, now) {
    const [state, until] = record.gueltig;
    if (state === "ersetzt") {
      return [state, "Ersetzt durch neueren Stand"];
    }
    const today = new Date((now || new Date()).toDateString());
    const left = Math.round((new Date(until + "T00:00:00") - today) / DAY);
    const judged = record.typ === "bewertung";
    if (left < 0) {
      return ["abgelaufen", (judged ? "Abgelaufen seit " : "Prüfung überfällig seit ") + day(until)];
    }
    if (left <= SOON) {
      return ["bald_zu_pruefen", (judged ? "Gilt nur noch bis " : "Angaben prüfen bis ") + day(until)];
    }
    return ["gueltig", (judged ? "Gilt bis " : "Angaben gelten bis ") + day(until)];
  }

  vergleich.bau = { make: make, button: button, mark: mark, validity: validity };
}(typeof globalThis === "undefined" ? this : globalThis));
