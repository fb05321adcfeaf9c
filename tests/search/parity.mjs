// Runs the browser code in node for the parity tests: one JSON request on standard input.
//
// {"scripts": [paths], "words": [..]}             → {"stems": [..], "cistem": [..]}
// {"scripts": [paths], "index": dir, "queries": [..]} → {"answers": [[[document, score, near], ..], ..]}
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const request = JSON.parse(readFileSync(0, "utf8"));
const run = (path) => vm.runInThisContext(readFileSync(path, "utf8"), { filename: path });
request.scripts.forEach(run);
const suche = globalThis.wissenSuche;
const result = {};

if (request.words) {
  result.words = request.words.map((text) =>
    suche.analyse.words(suche.analyse.normalise(text)).map((word) => {
      const folded = suche.analyse.fold(word.surface);
      return [word.surface, word.whole, folded,
        suche.analyse.stemFolded(folded), suche.analyse.cistem(folded),
        suche.vokabular.rootOf(folded)];
    }));
}
if (request.index) {
  const files = [];
  const index = new suche.daten.Index(request.index, async (path) => {
    files.push(path);
    run(path);
  });
  const engine = new suche.rang.Engine(index);
  result.answers = [];
  const times = [];
  for (const query of request.queries) {
    await engine.search(query);
    const start = performance.now();
    const answer = await engine.search(query);
    times.push(performance.now() - start);
    result.answers.push(answer.hits.map((hit) => [hit.document, hit.score, hit.near]));
  }
  result.times = times;
  result.files = files.length;
}
process.stdout.write(JSON.stringify(result));
