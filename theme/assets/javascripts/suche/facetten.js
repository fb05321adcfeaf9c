/* Narrow down results: which values there are, how many hits each has, what is chosen.
 *
 * A facet of many combinations is there with its name alone (no `codes`) until somebody opens or chooses it.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const SHOWN = 7;
  const MOST = 100;
  const COMMON = ["status", "herausgeber", "schlagworte"];

  /** The chosen values; within a facet any of them, across facets all must fit. */
  class Choice {
    constructor(facets) {
      this.shared = facets;
      this.facets = facets;
      this.chosen = new Map(facets.map((facet) => [facet.name, new Set()]));
    }

    /** Add the facets of a kind of documents, or none: what only they have first, what all have last. */
    setOwn(facets) {
      const isCommon = (facet) => COMMON.includes(facet.name);
      this.own = facets.filter((facet) => !isCommon(facet));
      this.facets = [...this.shared.slice(0, 2), ...this.own, ...this.shared.slice(2),
        ...facets.filter(isCommon)];
      this.chosen = new Map(this.facets.map((facet) =>
        [facet.name, this.chosen.get(facet.name) || new Set()]));
    }

    /** The kind of documents that was chosen, if it is one. */
    get typ() {
      const facet = this.shared.find((candidate) => candidate.name === "typ");
      const chosen = facet ? [...this.chosen.get("typ")] : [];
      return chosen.length === 1 ? facet.values[chosen[0]] : "";
    }

    /** Take the choice from the parameters of an address. */
    read(parameters) {
      for (const facet of this.facets) {
        const values = !facet.codes ? [] : parameters.getAll(facet.name)
          .map((value) => facet.values.indexOf(value)).filter((number) => number >= 0);
        this.chosen.set(facet.name, new Set(values));
      }
    }

    write(parameters) {
      for (const facet of this.facets) {
        for (const number of [...this.chosen.get(facet.name)].sort((a, b) => a - b)) {
          parameters.append(facet.name, facet.values[number]);
        }
      }
    }

    /** What people read for a value. */
    label(name, value) {
      const facet = this.facets.find((candidate) => candidate.name === name);
      return facet.labels[facet.values.indexOf(value)];
    }

    get isEmpty() {
      return this.facets.every((facet) => this.chosen.get(facet.name).size === 0);
    }

    clear() {
      this.chosen.forEach((values) => values.clear());
    }

    toggle(facet, number, on) {
      this.chosen.get(facet.name)[on ? "add" : "delete"](number);
    }

    /** [facet, number] of all chosen values. */
    list() {
      return this.facets.flatMap((facet) =>
        [...this.chosen.get(facet.name)].map((number) => [facet, number]));
    }

    fits(facet, document_) {
      const chosen = this.chosen.get(facet.name);
      return chosen.size === 0 ||
        facet.sets[facet.codes[document_]].some((number) => chosen.has(number));
    }

    /** Documents that fit, and per facet that is there how many hits each value would have. */
    apply(documents) {
      const facets = this.facets.filter((facet) => facet.codes);
      const counts = new Map(facets.map((facet) =>
        [facet.name, new Array(facet.values.length).fill(0)]));
      const tables = facets.map((facet) => counts.get(facet.name));
      const fitting = documents.filter((document_) => {
        let missed = 0;
        let last = -1;
        for (let at = 0; at < facets.length; at += 1) {
          if (!this.fits(facets[at], document_)) {
            missed += 1;
            last = at;
          }
        }
        for (let at = 0; missed < 2 && at < facets.length; at += 1) {
          if (missed === 0 || last === at) {
            const facet = facets[at];
            for (const number of facet.sets[facet.codes[document_]]) {
              tables[at][number] += 1;
            }
          }
        }
        return missed === 0;
      });
      return { documents: fitting, counts: counts };
    }
  }

  /** Draw the facets into an element; onChange is called after each choice, onOpen to load a facet. */
  function draw(element, choice, counts, onChange, onOpen) {
    const make = suche.treffer.make;
    const open = new Set([...element.querySelectorAll("details[open]")].map((d) => d.dataset.facet));
    const active = element.contains(document.activeElement) ? document.activeElement : null;
    const boxes = choice.facets.map((facet) => {
      const count = counts.get(facet.name);
      if (!count) {
        return closed(facet, onOpen);
      }
      const chosen = choice.chosen.get(facet.name);
      const numbers = facet.values.map((_, number) => number)
        .filter((number) => count[number] > 0 || chosen.has(number))
        .sort((a, b) => count[b] - count[a] || a - b);
      if (numbers.length < 2 && chosen.size === 0 && !facet.datei) {
        return null;
      }
      const box = make("fieldset", "", make("legend", "", facet.label));
      box.dataset.box = facet.name;
      if (numbers.length === 0) { // it was opened, so it says why there is nothing
        box.append(make("p", "ws-klein", "Bei diesen Treffern gibt es hier nichts auszuwählen."));
        box.tabIndex = -1;
      }
      const rowsOf = (some) => some.map((number) =>
        row(facet, number, count[number], chosen, choice, onChange));
      box.append(...rowsOf(numbers.slice(0, SHOWN)));
      const rest = numbers.slice(SHOWN);
      if (rest.length) {
        const more = make("details", "ws-suche__mehr", make("summary", "", rest.length + " weitere"));
        const fill = () => {
          if (more.open && more.children.length === 1) {
            const some = rest.filter((number, at) => at < MOST || chosen.has(number));
            more.append(...rowsOf(some));
            if (some.length < rest.length) {
              more.append(make("p", "ws-klein", "Die häufigsten; für andere hilft das Suchfeld."));
            }
          }
        };
        more.dataset.facet = facet.name;
        more.open = open.has(facet.name) || rest.some((n) => chosen.has(n));
        more.addEventListener("toggle", fill);
        fill();
        box.append(more);
      }
      return box;
    });
    element.replaceChildren(...boxes.filter((box) => box !== null));
    if (active && active.id && document.getElementById(active.id)) {
      document.getElementById(active.id).focus();
    } else if (active && active.dataset.opens) {
      const box = boxes.find((candidate) => candidate && candidate.dataset.box === active.dataset.opens);
      (box.querySelector("input") || box).focus();
    }
  }

  /** A facet whose values are not there yet: they are loaded when it is opened. */
  function closed(facet, onOpen) {
    const make = suche.treffer.make;
    const summary = make("summary", "", "Auswahl zeigen");
    summary.id = "ws-f-" + facet.name;
    summary.dataset.opens = facet.name;
    const more = make("details", "ws-suche__mehr", summary);
    more.addEventListener("toggle", () => {
      if (more.open) {
        summary.textContent = "Wird geladen …";
        onOpen(facet).catch(() => {
          summary.textContent = "Das Laden ging nicht. Noch einmal versuchen";
          more.open = false;
        });
      }
    });
    return make("fieldset", "", make("legend", "", facet.label), more);
  }

  function row(facet, number, count, chosen, choice, onChange) {
    const make = suche.treffer.make;
    const input = make("input");
    input.type = "checkbox";
    input.id = "ws-f-" + facet.name + "-" + number;
    input.checked = chosen.has(number);
    input.addEventListener("change", () => {
      choice.toggle(facet, number, input.checked);
      onChange();
    });
    return make("label", "", input, make("span", "", facet.labels[number]), " ",
      make("span", "", count.toLocaleString("de-DE")));
  }

  suche.facetten = { Choice: Choice, draw: draw };
}(typeof globalThis === "undefined" ? this : globalThis));
