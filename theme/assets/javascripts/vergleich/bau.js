/* Small pieces of the comparison: elements, marks of a state, validity in words.  Texts become text nodes. */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;

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

  /** State and words of a record's validity, by the reader's clock (gueltigkeit.js). */
  function validity(record) {
    const { advanced, told } = root.wissenGueltigkeit;
    const [before, until] = record.gueltig;
    const state = advanced(before, until);
    return [state, told(record.fertig ? "bewertung" : "angaben", state, until)];
  }

  vergleich.bau = { make: make, button: button, mark: mark, validity: validity };
}(typeof globalThis === "undefined" ? this : globalThis));
