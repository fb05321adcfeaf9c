// Runs the form's scripts in node: one JSON request on standard input.
//
// {"scripts": [paths], "data": script text, "check": [record, ..]} → {"check": [[finding, ..], ..]}
// {…, "write": [record, ..]} → {"write": [file text, ..]}
// {…, "category": [record, ..]} → {"category": [[finding, ..], ..]}
import { readFileSync } from "node:fs";
import vm from "node:vm";

const request = JSON.parse(readFileSync(0, "utf8"));
const run = (code, name) => vm.runInThisContext(code, { filename: name });
request.scripts.forEach((path) => run(readFileSync(path, "utf8"), path));
run(request.data, "felder.js");
const form = globalThis.wissenFormular;
const result = { rules: Object.keys(form.pruefung.rules) };
if (request.check) {
  result.check = request.check.map((record) => form.pruefung.check(record));
}
if (request.category) {
  result.category = request.category.map((record) => form.pruefung.checkCategory(record));
}
if (request.write) {
  result.write = request.write.map((record) => form.yaml.file(record));
}
if (request.match) {
  result.match = request.match.map(([source, flags, text]) =>
    [...text.matchAll(new RegExp(source, flags + "g"))].map((m) => [...text.slice(0, m.index)].length + ":" + m[0]));
}
if (request.forge) {
  result.forge = request.forge.map(([wiki, text]) => {
    form.table().wiki = wiki;
    const forge = form.ausgabe.forge();
    return forge && [forge.edit("bewertungen/2026/a b.md"), ...forge.create("bewertungen", "x.md", text)];
  });
}
process.stdout.write(JSON.stringify(result));
