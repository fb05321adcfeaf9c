/* Suggestions under a search field: a combobox as WAI-ARIA describes it.
 *
 * Arrow keys choose, Enter opens the chosen page or the search page, Escape closes.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const MOST = 6;
  const CONSIDERED = 16;
  const PAUSE = 80;
  const NONE = "Keine Vorschläge. Enter sucht im ganzen Wiki.";
  let number = 0;

  /** Titles that show what was typed come first, at the beginning of a word before elsewhere. */
  function beginningsFirst(query, cards) {
    const typed = query.toLocaleLowerCase("de").split(/\s+/).pop();
    const rank = (card) => {
      const title = card.title.toLocaleLowerCase("de");
      return title.split(/[\s\-–(„]+/).some((word) => word.startsWith(typed)) ? 0
        : title.includes(typed) ? 1 : 2;
    };
    return [0, 1, 2].flatMap((place) => cards.filter((card) => rank(card) === place));
  }

  class Suggestions {
    constructor(field) {
      this.field = field;
      this.form = field.form;
      number += 1;
      this.list = make("ul", "ws-suche__vorschlaege");
      this.list.id = "ws-vorschlaege-" + number;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Vorschläge");
      this.list.hidden = true;
      this.status = make("span", "ws-unsichtbar");
      this.status.setAttribute("role", "status");
      this.field.after(this.list, this.status);
      const attributes = {
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": this.list.id, "aria-haspopup": "listbox"
      };
      Object.entries(attributes).forEach(([name, value]) => field.setAttribute(name, value));
      this.options = [];
      this.active = -1;
      this.asked = 0;
      field.addEventListener("input", () => this.later());
      field.addEventListener("keydown", (event) => this.key(event));
      field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      suche.engine().then(() => { if (field.value) { this.later(); } }, () => {});
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const query = this.field.value.trim();
      this.asked += 1;
      const mine = this.asked;
      if (query.length < 2) {
        this.close();
        return;
      }
      try {
        const engine = await suche.engine();
        const answer = await engine.search(query);
        const hits = answer.hits.slice(0, CONSIDERED);
        const found = await Promise.all(hits.map((hit) => engine.index.card(hit.document)));
        const cards = beginningsFirst(query, found).slice(0, MOST);
        if (mine === this.asked && document.activeElement === this.field) {
          this.show(query, cards, answer,
            new suche.erklaerung.Marker(engine.planner, answer.concepts));
        }
      } catch (error) {
        this.close(); // the form still works
      }
    }

    show(query, cards, answer, marker) {
      const total = answer.hits.length;
      const similar = (ending) => (answer.isVague ? "ähnliche" + ending + " " : "");
      const options = cards.map((card) => {
        const text = make("span");
        marker.append(text, card.title);
        const labels = [card.card.typ || card.typ, card.card.verdikt].filter(Boolean).join(", ");
        return this.option(suche.address(card.url), text, make("small", "", labels));
      });
      if (total > cards.length) {
        const all = make("span", "", "Alle " + total.toLocaleString("de-DE")
          + " " + similar("n") + "Treffer zeigen");
        options.push(this.option("", all));
      }
      this.options = options;
      this.active = -1;
      this.list.replaceChildren(...options);
      this.open(options.length > 0);
      this.say(total === 0 ? NONE
        : total.toLocaleString("de-DE") + " " + similar(total === 1 ? "r" : "") + "Treffer", total === 0);
    }

    /** Tell a screen reader, and, where no list opens, everybody. */
    say(text, forAll) {
      this.status.className = forAll ? "ws-suche__vorschlaege ws-suche__keine" : "ws-unsichtbar";
      if (this.status.textContent !== text) {
        this.status.textContent = text;
      }
    }

    option(href, ...children) {
      const item = make("li", "ws-suche__vorschlag", ...children);
      item.id = this.list.id + "-" + Math.random().toString(36).slice(2, 8);
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.href = href;
      item.addEventListener("click", () => this.go(item));
      return item;
    }

    go(item) {
      if (item.dataset.href) {
        location.assign(item.dataset.href);
      } else {
        this.close();
        this.form.requestSubmit();
      }
    }

    open(on) {
      this.list.hidden = !on;
      this.field.setAttribute("aria-expanded", String(on));
      if (!on) {
        this.field.removeAttribute("aria-activedescendant");
        this.active = -1;
      }
    }

    close() {
      clearTimeout(this.timer); // a question that is still to come would open it again
      this.asked += 1;
      this.open(false);
      this.say("", false);
    }

    choose(next) {
      this.active = (next + this.options.length + 1) % (this.options.length + 1);
      this.options.forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === this.active));
      });
      if (this.active < this.options.length) {
        this.field.setAttribute("aria-activedescendant", this.options[this.active].id);
        this.options[this.active].scrollIntoView({ block: "nearest" });
      } else {
        this.active = -1;
        this.field.removeAttribute("aria-activedescendant");
      }
    }

    key(event) {
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) {
          this.ask();
        } else if (event.key === "ArrowDown") {
          this.choose(this.active + 1);
        } else {
          this.choose(this.active < 0 ? this.options.length - 1 : this.active - 1);
        }
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.go(this.options[this.active]);
      } else if (event.key === "Escape" && (isOpen || this.status.textContent === NONE)) {
        event.preventDefault();
        this.close();
      }
    }
  }

  const attached = new WeakSet();
  suche.vorschlag = {
    /** Give a search field suggestions, once. */
    attach(field) {
      if (!attached.has(field)) {
        attached.add(field);
        field.suggestions = new Suggestions(field);
      }
    }
  };
}(typeof globalThis === "undefined" ? this : globalThis));
