/* On an evaluation: with "?vorlage" in the address its page becomes a decision paper.
 *
 * Everything else is loaded only then. Without JavaScript the page stays the evaluation, which prints well.
 */
(function (root) {
  "use strict";

  const PARTS = ["bruch", "nutzwert", "daten", "bau", "kosten", "adresse", "reihung", "vorlage"];
  const own = document.currentScript;
  const folder = new URL(".", own.src).href;

  function element(tag, attributes) {
    return new Promise((resolve, reject) => {
      const made = Object.assign(document.createElement(tag), attributes);
      made.onload = resolve;
      made.onerror = () => reject(new Error("Nicht ladbar: " + (attributes.src || attributes.href)));
      document.head.append(made);
    });
  }

  if (new URLSearchParams(location.search).has("vorlage")) {
    Promise.all([
      new Promise((ready) => { addEventListener("DOMContentLoaded", ready); }),
      element("link", { rel: "stylesheet", href: folder + "../../stylesheets/vorlage.css" }),
      ...PARTS.map((name) => element("script", { src: folder + name + ".js", async: false })),
    ]).then(() => root.wissenTeile && root.wissenTeile.alle()).then(() => // of a long record everything
      root.wissenVergleich.vorlage.start(folder + "../../../daten/vergleich/:id.js"), () => {
      /* the evaluation stays as it is */
    });
  }
}(typeof globalThis === "undefined" ? this : globalThis));
