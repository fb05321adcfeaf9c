// What stops a record before it is saved: the checks of the web form, which are those of `wissen check`
// as far as they can run without the other records.  Errors are shown and the saving ends; warnings are
// for the request's own check.
const ERROR = "Fehler";

/** Where a problem is, in the words of the form. */
function place(form, typ, path) {
  const words = [];
  let fields = form.pruefung.fieldsOf(typ);
  for (const step of path) {
    const field = typeof step === "number" ? null : fields.find((f) => f.name === step);
    words.push(typeof step === "number" ? `${step + 1}.` : field?.wort ?? (step === "text" ? "Ausführlicher Text" : step));
    fields = field?.gruppe ? form.table().gruppen[field.gruppe].felder : fields;
  }
  return words.join(" › ");
}

/** The findings, over everything else.  No <dialog>: Sveltia would put its own hints into it. */
function show(found) {
  document.getElementById("ws-wacht")?.remove();
  const box = document.createElement("div");
  box.id = "ws-wacht";
  box.popover = "manual";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-labelledby", "ws-wacht-titel");
  const title = document.createElement("h2");
  title.id = "ws-wacht-titel";
  title.textContent = "Noch nicht gespeichert";
  const words = document.createElement("p");
  words.textContent = found.length === 1 ? "Bitte vorher diesen Fehler beheben:" : `Bitte vorher diese ${found.length} Fehler beheben:`;
  const list = document.createElement("ul");
  for (const [where, message] of found) {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    name.textContent = where ? `${where}: ` : "";
    item.append(name, message);
    list.append(item);
  }
  const back = document.createElement("button");
  back.type = "button";
  back.textContent = "Zurück zum Eintrag";
  const others = [...document.body.children].filter((element) => !element.inert);
  const last = document.activeElement;
  const close = () => {
    box.remove();
    others.forEach((element) => { element.inert = false; });
    last?.focus();
  };
  back.addEventListener("click", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
    }
    event.stopPropagation(); // Sveltia has shortcuts of its own
  });
  box.append(title, words, list, back);
  document.body.append(box);
  others.forEach((element) => { element.inert = true; });
  box.showPopover();
  back.focus();
}

/** What `wissen check` would refuse in this record. */
export function errors(form, { data, slug, path }) {
  const { urfassung, text = "", ...rest } = data;
  const typ = rest.typ;
  const clean = JSON.parse(JSON.stringify(rest), (name, value) => (typeof value === "number" ? String(value)
    : name.startsWith("__sc_") || value === null || value === "" || (Array.isArray(value) && !value.length) ? undefined : value));
  const id = slug || (path ?? "").split("/").pop().replace(/\.\w+$/, "");
  const record = { typ, id, daten: clean, text };
  return [...form.pruefung.check(record), ...form.pruefung.checkCategory(record)]
    .filter((found) => found.severity === ERROR)
    .map((found) => [place(form, typ, found.path), found.message]);
}

/** Ends the saving if there are errors. */
export function guarded(form, entry) {
  const found = errors(form, entry);
  if (found.length) {
    show(found);
    throw new Error("validation_failed"); // for Sveltia; it shows its own hint beside ours
  }
}
