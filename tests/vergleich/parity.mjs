// Runs the browser's scoring in node: one JSON request on standard input, fractions as "above/below".
import { readFileSync } from "node:fs";
import vm from "node:vm";

const request = JSON.parse(readFileSync(0, "utf8"));
request.scripts.forEach((path) => vm.runInThisContext(readFileSync(path, "utf8"), { filename: path }));
const { Bruch, nutzwert } = globalThis.wissenVergleich;
const told = (fraction) => `${fraction.above}/${fraction.below}`;

const answers = request.cases.map(({ weights, candidates }) => {
  const read = weights.map((weight) => Bruch.read(weight));
  const all = candidates.map((candidate) => ({
    id: candidate.id,
    excluded: candidate.excluded,
    points: candidate.points.map((points) => (points === null ? null : Bruch.read(points))),
  }));
  return {
    places: nutzwert.ranking(read, all).map((p) => [p.id, p.rank, told(p.value), p.value.german(2, true)]),
    turns: nutzwert.turns(read, all).map((t) => [t.index, told(t.share), t.winner, t.above]),
  };
});
const numbers = request.numbers.map((text) => {
  const number = Bruch.read(text);
  return number && [number.german(6), number.german(1, true), number.plain(3)];
});
console.log(JSON.stringify({ answers, numbers }));
