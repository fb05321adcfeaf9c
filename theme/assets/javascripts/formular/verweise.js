/* References to other records: suggestions from the search index, and records of the same draft.
 *
 * The index holds its documents sorted by type and id, so a record is found by halving: a dozen small
 * files among ten thousand. Nothing else has to be loaded.
 */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, fill, button, single, several, idOf } = form.bau;
  const MOST = 8;
  const PAUSE = 120;
  let kinds = null;

  /** Type → [first document, one after the last]. */
  async function ranges() {
    const engine = await root.wissenSuche.engine();
    if (!kinds) {
      const facet = (await engine.index.facets()).find((each) => each.name === "typ");
      kinds = new Map();
      (facet ? facet.codes : []).forEach((code, document_) => {
        const typ = facet.values[facet.sets[code][0]];
        kinds.set(typ, [kinds.has(typ) ? kinds.get(typ)[0] : document_, document_ + 1]);
      });
    }
    return { index: engine.index, engine, kinds };
  }

  /** The card of a record, or null if the wiki has none of that id. */
  async function lookup(types, id) {
    const { index, kinds: known } = await ranges();
    for (const typ of types.length ? types : [...known.keys()]) {
      let [low, high] = known.get(typ) || [0, 0];
      while (low < high) {
        const middle = (low + high) >> 1;
        const card = await index.card(middle);
        if (card.id === id) {
          return card;
        }
        [low, high] = card.id < id ? [middle + 1, high] : [low, middle];
      }
    }
    return null;
  }

  /** Records of these types that fit what was typed. */
  async function suggest(types, text) {
    const { index, engine, kinds: known } = await ranges();
    const wanted = (types.length ? types : [...known.keys()]).map((typ) => known.get(typ)).filter(Boolean);
    let found = [];
    if (text.trim().length < 2) {
      found = wanted.flatMap(([from, to]) => Array.from({ length: Math.min(MOST, to - from) }, (_, at) => from + at));
    } else {
      const answer = await engine.search(text);
      found = answer.hits.map((hit) => hit.document)
        .filter((document_) => wanted.some(([from, to]) => document_ >= from && document_ < to));
    }
    return Promise.all(found.slice(0, MOST).map((document_) => index.card(document_)));
  }

  const word = (typ) => form.zustand.typeOf(typ).einzahl;

  /** Other records of the draft that may be meant. */
  function ofDraft(page, types, text) {
    const typed = form.worte.fold(text.trim());
    return page.draft.eintraege.filter((entry) => entry !== page.entry && (!types.length || types.includes(entry.typ)))
      .map((entry) => ({ id: entry.id, typ: entry.typ, title: entry.daten.titel || entry.id, isNew: true }))
      .filter((card) => form.worte.fold(card.title + " " + card.id).includes(typed));
  }

  class Chooser {
    constructor(field, data, path, page) {
      Object.assign(this, { field, data, path, page, types: field.regel.ziele, asked: 0, active: -1, options: [] });
      this.list = make("ul", { class: "ws-formular__vorschlaege", role: "listbox", id: idOf(path) + "-liste", "aria-label": "Vorschläge", hidden: true });
      this.input = make("input", {
        type: "text", autocomplete: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false",
        "aria-autocomplete": "list", "aria-controls": this.list.id
      });
      this.status = make("span", { class: "ws-unsichtbar", role: "status" });
      this.chips = make("ul", { class: "ws-formular__gewaehlt" });
      this.input.addEventListener("input", () => { this.write(); this.later(); });
      this.input.addEventListener("focus", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => setTimeout(() => this.leave(), 150));
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    }

    get values() {
      const value = this.data[this.field.name];
      return Array.isArray(value) ? value : value ? [value] : [];
    }

    /** A single value that is no known record stands in the field itself. */
    write() {
      if (!this.field.liste) {
        this.data[this.field.name] = this.input.value.trim();
        this.page.typed(this.path);
      }
    }

    leave() {
      this.close();
      const typed = this.input.value.trim();
      if (typed && this.field.liste) {
        this.choose({ id: typed, title: "" });
      } else if (typed && form.werte.isId(typed)) {
        this.tryName(typed);
      }
    }

    tryName(id) {
      lookup(this.types, id).then((card) => {
        if (card && this.values.includes(id)) {
          this.page.draft.namen[id] = card.title;
          this.showChosen();
        }
      }, () => {});
    }

    choose(card) {
      if (card.title) {
        this.page.draft.namen[card.id] = card.title;
      }
      this.data[this.field.name] = this.field.liste ? [...new Set([...this.values, card.id])] : card.id;
      this.input.value = "";
      this.close();
      this.showChosen();
      this.page.changed(this.path);
      if (!this.field.liste && !this.input.offsetParent) {
        this.chips.querySelector("button")?.focus();
      }
    }

    /** The chosen records by name, each with a button that takes it back. */
    showChosen() {
      const known = (id) => this.page.nameOf(id);
      const single_ = !this.field.liste && this.values[0];
      const shown = this.field.liste ? this.values : single_ && known(single_) ? [single_] : [];
      this.input.hidden = !this.field.liste && shown.length > 0;
      if (!this.field.liste && shown.length === 0) {
        this.input.value = this.values[0] || "";
      }
      this.chips.hidden = shown.length === 0;
      fill(this.chips, ...shown.map((id) => make("li", {}, known(id) || id, " ",
        button("×", () => {
          this.data[this.field.name] = this.field.liste ? this.values.filter((other) => other !== id) : "";
          this.showChosen();
          this.page.changed(this.path);
          this.input.focus();
        }, { class: "ws-formular__weg", "aria-label": (known(id) || id) + " entfernen" }))));
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      this.asked += 1;
      const mine = this.asked;
      const text = this.input.value;
      let cards = ofDraft(this.page, this.types, text);
      try {
        cards = cards.concat(await suggest(this.types, text));
      } catch (error) {
        // without the index the id can still be typed
      }
      if (mine === this.asked && document.activeElement === this.input) {
        this.show(cards.filter((card) => !this.values.includes(card.id)), text.trim());
      }
    }

    show(cards, text) {
      const options = cards.map((card) => this.option(() => this.choose(card), card.title || card.id,
        make("small", {}, word(card.typ) + (card.isNew ? ", neu in diesem Antrag" : ""))));
      if (this.types.length && text.length > 1 && !cards.some((card) => form.worte.fold(card.title || "") === form.worte.fold(text))) {
        const typ = this.types[0];
        options.push(this.option(() => this.create(typ, text), "„" + text + "“ neu anlegen", make("small", {}, word(typ) + " im selben Antrag")));
      }
      this.options = options;
      this.active = -1;
      fill(this.list, ...options);
      this.open(options.length > 0);
      this.status.textContent = options.length === 1 ? "Ein Vorschlag" : options.length + " Vorschläge";
    }

    /** A record that does not exist yet becomes part of the draft. */
    create(typ, title) {
      const entry = form.zustand.add(this.page.draft, typ, { titel: title });
      this.choose({ id: entry.id, title });
      this.page.drawTabs();
      this.page.announce(word(typ) + " „" + title + "“ ist jetzt Teil dieses Antrags. Bitte danach ausfüllen.");
    }

    option(action, ...children) {
      const item = make("li", { role: "option", "aria-selected": "false", id: this.list.id + "-" + Math.random().toString(36).slice(2, 8), onclick: action },
        ...children.flatMap((child, at) => (at ? [" ", child] : [child])));
      item.run = action;
      return item;
    }

    open(on) {
      this.list.hidden = !on;
      this.input.setAttribute("aria-expanded", String(on));
      if (!on) {
        this.input.removeAttribute("aria-activedescendant");
        this.active = -1;
      }
    }

    close() {
      this.asked += 1;
      clearTimeout(this.timer);
      this.open(false);
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (this.list.hidden) {
          this.ask();
          return;
        }
        this.active = (this.active + step + this.options.length) % this.options.length;
        this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
        this.input.setAttribute("aria-activedescendant", this.options[this.active].id);
        this.options[this.active].scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (this.active >= 0 && !this.list.hidden) {
          this.options[this.active].run();
        } else if (this.field.liste && this.input.value.trim()) {
          this.choose({ id: this.input.value.trim(), title: "" });
        }
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      }
    }
  }

  function control(field, data, path, page, need) {
    const chooser = new Chooser(field, data, path, page);
    const names = field.regel.ziele.map(word).join(" oder ");
    const hint = field.regel.frei ? " Tippen Sie einfach; passende Einträge werden vorgeschlagen."
      : " Tippen Sie den Namen und wählen Sie aus" + (names ? " (" + names + ")." : ".");
    const plain = { ...field, ohneBeispiel: true, hilfe: field.hilfe.replace(/Kennung/g, "Name") + hint };
    const box = (field.liste ? several : single);
    const body = make("div", { class: "ws-formular__suche" }, chooser.input, chooser.list, chooser.status);
    chooser.showChosen();
    chooser.values.filter((id) => form.werte.isId(id) && !page.nameOf(id)).forEach((id) => chooser.tryName(id));
    if (field.liste) {
      chooser.input.id = idOf(path) + "-feld";
      chooser.input.setAttribute("aria-label", field.wort + ": hinzufügen");
      return box(plain, path, need, chooser.chips, body);
    }
    const made = box(plain, path, chooser.input, need);
    chooser.input.replaceWith(body);
    body.prepend(chooser.input);
    body.before(chooser.chips);
    return made;
  }

  form.verweise = { control, lookup, suggest };
}(typeof globalThis === "undefined" ? this : globalThis));
