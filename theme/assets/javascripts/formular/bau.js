/* Building blocks of the form: elements, fields with help and message, buttons. */
(function (root) {
  "use strict";

  const form = root.wissenFormular;

  /** An element with attributes and children; texts become text nodes, never markup. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "class") {
        element.className = value;
      } else if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (value === true) {
        element.setAttribute(name, "");
      } else if (value !== false && value !== null && value !== undefined) {
        element.setAttribute(name, value);
      }
    }
    element.append(...real(children));
    return element;
  }

  const real = (children) => children.flat(2).filter((child) => child !== null && child !== undefined && child !== false);

  /** Put these children in the place of those there are. */
  const fill = (element, ...children) => element.replaceChildren(...real(children));

  let isPressed = false;
  const waiting = [];
  root.document?.addEventListener("pointerdown", () => { isPressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    root.document?.addEventListener(end, () => {
      isPressed = false;
      setTimeout(() => waiting.splice(0).forEach((action) => action()), 0);
    }, true);
  }

  /** Do what may move the page, but not between the halves of a click: it would miss its target. */
  function still(action) {
    if (isPressed) {
      waiting.push(action);
    } else {
      action();
    }
  }

  function button(text, action, attributes) {
    return make("button", { type: "button", class: "ws-knopf", onclick: action, ...attributes }, text);
  }

  /** A link that opens beside the form, so that nothing typed is lost. */
  function aside(href, text) {
    return make("a", { href, target: "_blank", rel: "noopener" }, text,
      make("span", { class: "ws-unsichtbar" }, " (öffnet in einem neuen Fenster)"));
  }

  const idOf = (path) => "f-" + path.join("-").replace(/[^\w-]/g, "_");

  /** The label of a field with the mark of a required one. */
  function label(field, isRequired) {
    const mark = isRequired ? [" ", make("span", { class: "ws-formular__pflicht" }, "Pflicht")] : [];
    return [field.wort || field.name, ...mark];
  }

  /** Help below the label: what it is for, and an example. */
  function help(field, id) {
    const text = field.hilfe || "";
    const example = field.beispiel;
    const shown = typeof example === "string" ? example : Array.isArray(example) && typeof example[0] === "string" ? example.join(", ") : "";
    return make("p", { class: "ws-formular__hilfe", id: id + "-hilfe" }, text,
      shown && !field.ohneBeispiel ? [" ", make("span", { class: "ws-leise" }, "Zum Beispiel: " + shown)] : null);
  }

  const place = (id) => make("p", { class: "ws-formular__meldung", id: id + "-meldung", hidden: true });

  /** A field with one control. */
  function single(field, path, control, isRequired, ...more) {
    const id = idOf(path);
    control.id = id;
    control.setAttribute("aria-describedby", id + "-hilfe " + id + "-meldung");
    if (isRequired) {
      control.setAttribute("aria-required", "true");
    }
    return make("div", { class: "ws-formular__feld", "data-pfad": JSON.stringify(path) },
      make("label", { for: id }, label(field, isRequired)), help(field, id), control, ...more, place(id));
  }

  /** A field of several controls. */
  function several(field, path, isRequired, ...controls) {
    const id = idOf(path);
    return make("fieldset", {
      class: "ws-formular__feld", id, tabindex: "-1", "data-pfad": JSON.stringify(path),
      "aria-describedby": id + "-hilfe " + id + "-meldung"
    }, make("legend", {}, label(field, isRequired)), help(field, id), ...controls, place(id));
  }

  /** Show what is wrong with a field, or nothing. */
  function tell(box, messages) {
    const id = box.id || box.querySelector("[aria-describedby]").id;
    const area = document.getElementById(id + "-meldung");
    const control = document.getElementById(id);
    if (!area) {
      return;
    }
    area.hidden = messages.length === 0;
    const isError = messages.some((m) => m.severity === "Fehler");
    area.className = "ws-formular__meldung" + (isError ? " ws-formular__meldung--fehler" : "");
    area.replaceChildren(...messages.flatMap((m, at) => [at ? make("br") : null, make("strong", {}, m.severity + ": "), m.message]
      .filter(Boolean)));
    if (control && control.matches("input, textarea, select")) {
      control.setAttribute("aria-invalid", String(isError));
    }
    box.classList.toggle("ws-formular__feld--fehler", isError);
  }

  form.bau = { make, fill, button, aside, idOf, label, help, single, several, tell, still };
}(typeof globalThis === "undefined" ? this : globalThis));
