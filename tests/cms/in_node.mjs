// Runs src/dateiform.js in node: {"scripts", "data", "module", "files": [[name, text, changes], ..]} → [text, ..]
import { readFileSync } from "node:fs";
import vm from "node:vm";

const request = JSON.parse(readFileSync(0, "utf8"));
request.scripts.forEach((path) => vm.runInThisContext(readFileSync(path, "utf8"), { filename: path }));
vm.runInThisContext(request.data, { filename: "felder.js" });
const { FileForm } = await import(request.module);
process.stdout.write(JSON.stringify(request.files.map(([name, text, changes]) => {
  const form = new FileForm(globalThis.wissenFormular, name.endsWith(".md"));
  return form.write({ ...form.read(text.trim()), ...changes });
})));
