/* Small beginning of the search, on every page: everything else is loaded when it is needed.
 *
 * - a search field in the page gets suggestions as soon as somebody goes there
 * - "/" goes to the search field
 * - on the search page, in <div id="ws-suche">, the search itself starts at once
 */
(function (root) {
  "use strict";

  const ENGINE = ["analyse", "zahlen", "daten", "vokabular", "abfrage", "rang", "erklaerung", "treffer"];

  const suche = root.wissenSuche = root.wissenSuche || {};
  const folder = new URL(".", document.currentScript.src).href;
  const site = new URL("../../../", folder).href;
  const started = new Map();
  let engine = null;

  /** Add one of our scripts; those added together run in their order. */
  function script(name) {
    if (!started.has(name)) {
      started.set(name, new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = folder + name + ".js";
        element.async = false;
        element.onload = resolve;
        element.onerror = () => {
          started.delete(name);
          element.remove();
          reject(new Error("Nicht ladbar: " + name));
        };
        document.head.appendChild(element);
      }));
    }
    return started.get(name);
  }

  /** Load further parts of the search: suche.parts("seite").then(…). */
  suche.parts = function (...names) {
    return Promise.all([...ENGINE, ...names].map(script));
  };

  /** The search engine with its index opened. */
  suche.engine = async function () {
    await suche.parts();
    engine = engine || new suche.rang.Engine(new suche.daten.Index(site + "suche/index/"));
    return engine.open();
  };

  /** A page of the site as a full address; a file share needs the name of the file. */
  suche.address = function (path) {
    const url = new URL(path, site);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) {
      url.pathname += "index.html";
    }
    return url.href;
  };

  function fields() {
    return [...document.querySelectorAll("form[role=search] input[name=q]")];
  }

  function enhance(field) {
    field.addEventListener("focus", function load() {
      suche.parts("vorschlag").then(() => {
        field.removeEventListener("focus", load);
        suche.vorschlag.attach(field);
      }, () => { /* without suggestions the form still works */ });
    });
  }

  function isTyping(target) {
    return target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey ||
        isTyping(event.target)) {
      return;
    }
    const field = fields().find((candidate) => candidate.offsetParent !== null);
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  /** Start what fills a place of the page, if the page has it. */
  function begin(id, ...names) {
    const place = document.getElementById(id);
    if (place) {
      suche.parts("listen", ...names).then(() => suche[names[names.length - 1]].start(place), () => {
        place.dataset.searchState = "error";
        place.textContent = "Die Suche konnte nicht geladen werden. Bitte laden Sie die Seite neu.";
      });
    }
  }

  fields().forEach(enhance);
  begin("ws-suche", "facetten", "werkzeuge", "nulltreffer", "seite");
  begin("ws-geprueft", "urteil", "nulltreffer", "anderswo", "geprueft");
}(typeof globalThis === "undefined" ? this : globalThis));
