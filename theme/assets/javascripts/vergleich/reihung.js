/* Which evaluations may be ranked against each other, and by which weights.
 *
 * Only those with the same catalogue of criteria form a group. Their common weights are the published
 * ones; if these differ, those of the catalogue. Weights of the reader take their place.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const { Bruch, nutzwert } = vergleich;

  /** The Nutzwert of an evaluation by its own weights. */
  function published(record) {
    return nutzwert.value(record.kriterien.map((each) => Bruch.read(each[2])),
      record.kriterien.map((each) => Bruch.read(each[3])));
  }

  function unmet(record) {
    return record.ausschluss.filter((each) => !each[1]).map((each) => each[0]);
  }

  function sameWeights(members) {
    const told = members.map((record) => record.kriterien
      .map((each) => each[0] + ":" + Bruch.read(each[2]).plain(30)).sort().join());
    return new Set(told).size === 1;
  }

  /** Criteria of a group: those of the catalogue, then what only evaluations have. */
  function criteriaOf(members) {
    const names = new Map();
    (members[0].gewichte || []).forEach(([id, name, weight]) => names.set(id, { name: name, weight: weight }));
    const judged = new Set(members.flatMap((record) => record.kriterien.map((each) => each[0])));
    members.forEach((record) => record.kriterien.forEach(([id, name, weight]) => {
      if (!names.has(id)) {
        names.set(id, { name: name, weight: weight });
      }
    }));
    return [...names].filter(([id]) => judged.has(id))
      .map(([id, base]) => ({ id: id, name: base.name, base: base.weight }));
  }

  /** Groups of evaluations with points: {key, title, members, criteria, normal, weights, own, …}. */
  function groups(records, wishes) {
    const found = new Map();
    records.filter((record) => record.kriterien).forEach((record) => {
      const key = record.katalog ? record.katalog[0] : record.id;
      if (!found.has(key)) {
        found.set(key, { key: key, title: record.katalog ? record.katalog[1] : record.titel, members: [] });
      }
      found.get(key).members.push(record);
    });
    return [...found.values()].map((group) => weighed(group, wishes[group.key] || {}));
  }

  function weighed(group, wish) {
    const { members } = group;
    group.criteria = criteriaOf(members);
    group.common = sameWeights(members);
    const of = (record, id) => (record.kriterien.find((each) => each[0] === id) || [])[2];
    group.normal = group.criteria.map((criterion) =>
      Bruch.read((group.common ? of(members[0], criterion.id) : criterion.base) || "0"));
    group.weights = group.criteria.map((criterion, i) => {
      const text = wish[criterion.id];
      const own = text === undefined ? null : Bruch.read(text);
      return own && own.sign() >= 0 && own.compare(new Bruch(100n)) <= 0 ? own : group.normal[i];
    });
    group.own = group.weights.some((weight, i) => weight.compare(group.normal[i]) !== 0);
    group.candidates = members.map((record) => ({
      id: record.id,
      excluded: unmet(record).length > 0,
      points: group.criteria.map((criterion) => {
        const judged = record.kriterien.find((each) => each[0] === criterion.id);
        return judged ? Bruch.read(judged[3]) : null;
      }),
    }));
    group.before = nutzwert.ranking(group.normal, group.candidates);
    group.places = nutzwert.ranking(group.weights, group.candidates);
    group.turns = nutzwert.turns(group.weights, group.candidates);
    return group;
  }

  /** Why a record is out of the ranking, in German. */
  function reason(record, group) {
    const missed = unmet(record);
    if (missed.length) {
      return "Ausschlusskriterium nicht erfüllt: " + missed.join("; ") +
        ". Daran ändern Gewichte nichts.";
    }
    const candidate = group.candidates.find((each) => each.id === record.id);
    const gaps = group.criteria.filter((_, i) =>
      candidate.points[i] === null && group.weights[i].sign()).map((criterion) => criterion.name);
    return gaps.length ? "keine Punkte für: " + gaps.join(", ") + "." : "";
  }

  /** Short names where they tell the records apart: what was judged instead of the title. */
  function naming(records) {
    records.forEach((record) => {
      const short = record.gegenstand || record.titel;
      const alone = records.every((other) => other === record || (other.gegenstand || other.titel) !== short);
      record.kurz = alone ? short : record.titel;
    });
  }

  vergleich.reihung = { naming: naming, groups: groups, published: published, reason: reason, unmet: unmet };
}(typeof globalThis === "undefined" ? this : globalThis));
