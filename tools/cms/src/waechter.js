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

function show(found) {
  document.getElementById("ws-wacht")?.remove();
  const dialog = document.createElement("dialog");
  dialog.id = "ws-wacht";
  dialog.setAttribute("aria-labelledby", "ws-wacht-titel");
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
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Zurück zum Eintrag";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, words, list, close);
  document.body.append(dialog);
  dialog.showModal();
}

/** What `wissen check` would refuse in this record. */
export function errors(form, { data, slug, path }) {
  const { urfassung, text = "", ...rest } = data;
  const typ = rest.typ;
  const clean = JSON.parse(JSON.stringify(rest), (_, value) => (typeof value === "number" ? String(value)
    : value === "" || (Array.isArray(value) && !value.length) ? undefined : value));
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
    throw new Error(found.map((words) => words.filter(Boolean).join(": ")).join("\n"));
  }
}
