/* Nutzwert under any weights, the ranking, and where its first place changes.
 *
 * The twin of generator/catalogue/weighing.py, in exact fractions; there stands why it is computed so.
 * A candidate is {id, points: [Bruch or null], excluded}.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const Bruch = vergleich.Bruch;

  function sum(numbers) {
    return numbers.reduce((total, number) => total.plus(number), Bruch.ZERO);
  }

  /** Σ weight × points / Σ weight; null if all weights are zero. Where there are no points, zero. */
  function value(weights, points) {
    const total = sum(weights);
    if (!total.sign()) {
      return null;
    }
    return sum(weights.map((weight, i) => weight.times(points[i] || Bruch.ZERO))).over(total);
  }

  /** Has points wherever a weight is not zero, and meets every exclusion criterion. */
  function competes(candidate, weights) {
    return !candidate.excluded &&
      candidate.points.every((points, i) => points !== null || !weights[i].sign());
  }

  /** [{id, rank, value}], best first; of equal ones the first by id. */
  function ranking(weights, candidates) {
    if (!sum(weights).sign()) {
      return [];
    }
    const valued = candidates.filter((candidate) => competes(candidate, weights))
      .map((candidate) => ({ id: candidate.id, value: value(weights, candidate.points) }));
    valued.sort((a, b) => b.value.compare(a.value) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return valued.map((place) => ({ id: place.id, value: place.value,
      rank: 1 + valued.filter((other) => other.value.compare(place.value) > 0).length }));
  }

  /** The share of a criterion at which two rows of points change their order, or null. */
  function crossing(weights, index, first, second) {
    const rest = sum(weights).minus(weights[index]);
    if (!rest.sign()) {
      return null;
    }
    const differences = weights.map((_, i) =>
      (first[i] || Bruch.ZERO).minus(second[i] || Bruch.ZERO));
    const mean = sum(weights.map((weight, i) =>
      (i === index ? Bruch.ZERO : weight.times(differences[i])))).over(rest);
    const own = differences[index];
    return mean.sign() * own.sign() < 0 ? mean.over(mean.minus(own)) : null;
  }

  /** For each criterion the nearest shares at which another one is first: [{index, share, winner, above}]. */
  function turns(weights, candidates) {
    const places = ranking(weights, candidates);
    if (places.length < 2 || places[1].rank === 1) {
      return [];
    }
    const points = new Map(candidates.map((candidate) => [candidate.id, candidate.points]));
    const best = points.get(places[0].id);
    const total = sum(weights);
    const found = [];
    weights.forEach((weight, index) => {
      const today = weight.over(total);
      const nearest = new Map();
      for (const place of places.slice(1)) {
        const other = points.get(place.id);
        const share = best[index] === null || other[index] === null ? null
          : crossing(weights, index, best, other);
        if (share === null) {
          continue;
        }
        const above = share.compare(today) > 0;
        const known = nearest.get(above);
        if (!known || share.minus(today).abs().compare(known.share.minus(today).abs()) < 0) {
          nearest.set(above, { index: index, share: share, winner: place.id, above: above });
        }
      }
      found.push(...[false, true].filter((side) => nearest.has(side)).map((side) => nearest.get(side)));
    });
    return found;
  }

  vergleich.nutzwert = { sum: sum, value: value, competes: competes, ranking: ranking,
    crossing: crossing, turns: turns };
}(typeof globalThis === "undefined" ? this : globalThis));
