/* What the address of a comparison or a decision paper says.
 *
 * ?ids=a,b,c              what is compared
 * &g.<catalogue>=x:40,y:5 weights of the reader; criteria that are not named keep theirs
 * &einwohner=12000        the own size, also &arbeitsplaetze=80
 * &nur=unterschiede       hides rows in which all say the same
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich;
  const WEIGHTS = "g.";
  const SIZES = ["einwohner", "arbeitsplaetze"];

  function read(search) {
    const query = new URLSearchParams(search);
    const wishes = Object.create(null);
    for (const [name, value] of query) {
      if (name.startsWith(WEIGHTS)) {
        wishes[name.slice(WEIGHTS.length)] = Object.fromEntries(value.split(",")
          .map((pair) => pair.split(":")).filter((pair) => pair.length === 2));
      }
    }
    const own = {};
    SIZES.forEach((name) => {
      const value = query.get(name) || "";
      own[name] = /^[1-9]\d{0,8}$/.test(value) ? value : "";
    });
    return { ids: (query.get("ids") || "").split(",").filter(Boolean), wishes: wishes, own: own,
      only: query.get("nur") === "unterschiede" };
  }

  /** What the reader chose, for an address: weights that are not the published ones, and the own size. */
  function choices(state) {
    const parts = [];
    for (const group of state.groups.filter((each) => each.own)) {
      parts.push(WEIGHTS + group.key + "=" + group.criteria.map((criterion, i) =>
        criterion.id + ":" + group.weights[i].plain(8)).join(","));
    }
    SIZES.filter((name) => state.own[name]).forEach((name) => parts.push(name + "=" + state.own[name]));
    return parts;
  }

  function written(state) {
    return "?" + ["ids=" + state.records.map((record) => record.id).join(","), ...choices(state),
      ...(state.only ? ["nur=unterschiede"] : [])].join("&");
  }

  vergleich.adresse = { read: read, written: written, choices: choices, SIZES: SIZES };
}(typeof globalThis === "undefined" ? this : globalThis));
