/* The search page: search as you type, facets, order, cards or a table, everything in the address.
 *
 * It is also the list of each kind of records (?typ=…), which then has the facets of that kind.
 *
 * <div id="ws-suche"> gets data-search-state "loading", "ready" or "error"; hits carry
 * data-record-id in the order of their rank; [data-result-count] holds the number of hits.
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const PER_PAGE = 10;
  const PER_TABLE = 25;
  const SNIPPETS = 5;
  const PAUSE = 60;
  const SETTLED = 2500;

  class Page {
    constructor(place) {
      this.place = place;
      this.asked = 0;
      this.draw();
      this.field.value = new URLSearchParams(location.search).get("q") || "";
      addEventListener("popstate", () => this.fromAddress());
    }

    /** The parts of the page that stay. */
    draw() {
      this.field = make("input");
      this.field.type = "search";
      this.field.name = "q";
      this.field.id = "ws-suche-feld";
      this.field.autocomplete = "off";
      this.field.spellcheck = false;
      this.field.placeholder = "Bedarf oder Produkt, gern in eigenen Worten";
      this.field.setAttribute("aria-label", "Suchen nach");
      const button = make("button", "ws-knopf ws-knopf--voll", "Suchen");
      this.form = make("form", "ws-suche__feld", this.field, button);
      this.form.setAttribute("role", "search");
      this.count = make("span");
      this.countWord = make("span");
      this.status = make("p", "ws-suche__stand", this.count, " ", this.countWord);
      this.status.setAttribute("role", "status");
      this.status.tabIndex = -1;
      this.told = make("div", "ws-suche__auch");
      this.active = make("div", "ws-suche__gewaehlt");
      this.filters = make("div", "");
      this.chosen = make("span", "");
      this.close = make("button", "ws-knopf ws-knopf--voll ws-suche__fertig");
      this.close.type = "button";
      this.sheet = make("details", "ws-filter ws-suche__filter",
        make("summary", "", "Eingrenzen", this.chosen), this.filters, this.close);
      this.sheet.open = matchMedia("(min-width: 70em)").matches;
      this.list = make("ol", "ws-eintraege ws-glatt");
      this.rows = make("div", "");
      this.tools = new suche.werkzeuge.Tools(() => this.changed(true), () => this.save());
      this.after = make("div", "ws-suche__danach");
      const results = make("div", "ws-suche__ergebnis", this.active, this.tools.element, this.list, this.rows, this.after);
      this.place.replaceChildren(this.form, this.status, this.told,
        make("div", "ws-mit-filter", this.sheet, results));
      this.close.addEventListener("click", () => {
        this.sheet.open = false;
        this.toResult();
      });
      this.field.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.changed(false), PAUSE);
      });
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        clearTimeout(this.timer);
        this.changed(true);
      });
    }

    /** Everything that was found, as a table file. */
    async save() {
      await suche.parts("tabelle");
      const rows = await suche.tabelle.rows(this.engine.index, this.lists, this.choice.facets, this.found);
      const day = root.wissenGueltigkeit.today();
      suche.tabelle.save("wissensspeicher-" + (this.choice.typ || "auswahl") + "-" + day + ".csv", rows);
    }

    get perPage() {
      return this.tools.isTable ? PER_TABLE : PER_PAGE;
    }

    /** Where to go on after something chosen is gone: the number of hits, then the hits. */
    toResult() {
      this.status.focus({ preventScroll: true });
      this.status.scrollIntoView({ block: "nearest" });
    }

    async start() {
      this.place.dataset.searchState = "loading";
      this.countWord.textContent = "Die Suche wird geladen …";
      this.engine = await suche.engine();
      this.lists = suche.listen.of(this.engine.index);
      this.choice = new suche.facetten.Choice(await this.lists.facets());
      await this.fromAddress();
    }

    async fromAddress() {
      const parameters = new URLSearchParams(location.search);
      this.field.value = parameters.get("q") || "";
      this.tools.read(parameters);
      await this.read(parameters);
      await this.prepare();
      await this.read(parameters);
      this.shown = this.perPage;
      await this.search();
    }

    /** Take the choice from an address; facets that it names must be there. */
    async read(parameters) {
      await this.lists.complete(this.choice.facets.filter((facet) => parameters.has(facet.name)));
      this.choice.read(parameters);
    }

    /** The facets of the chosen kind of records are those of today's choice. */
    async prepare() {
      const typ = this.choice.typ;
      if (typ !== this.typ) {
        const kind = typ ? await this.lists.kind(typ) : { facets: [] };
        if (typ === this.choice.typ) {
          this.typ = typ;
          this.choice.setOwn(kind.facets);
        }
      }
    }

    /** The query or the choice is another one; keep: as a step of its own in the history. */
    async changed(keep) {
      await this.prepare();
      const parameters = new URLSearchParams();
      if (this.field.value.trim()) {
        parameters.set("q", this.field.value.trim());
      }
      this.choice.write(parameters);
      this.tools.write(parameters);
      const text = parameters.toString();
      const address = location.pathname + (text ? "?" + text : "");
      try {
        history[keep ? "pushState" : "replaceState"](null, "", address);
      } catch (error) {
        // Some browsers forbid this for files on a share; the search works all the same.
      }
      this.shown = this.perPage;
      await this.search();
    }

    async search() {
      this.asked += 1;
      const mine = this.asked;
      this.place.dataset.searchState = "loading";
      try {
        const query = this.field.value.trim();
        const answer = query ? await this.engine.search(query) : this.everything();
        await suche.rang.pause();
        if (mine !== this.asked) {
          return;
        }
        const documents = answer.hits.map((hit) => hit.document);
        const fitting = this.choice.apply(documents);
        if (this.tools.isTable) {
          await suche.parts("tabelle");
          await this.lists.complete(suche.tabelle.columns(this.typ ? this.choice.own : null));
        }
        const order = this.tools.order;
        const found = order ? await this.lists.sorted(fitting.documents, order) : fitting.documents;
        const visible = found.slice(0, this.shown);
        const cards = await Promise.all(visible.map((d) => this.engine.index.card(d)));
        await suche.rang.pause();
        if (mine === this.asked) {
          this.found = found;
          this.every = documents;
          this.show(query, answer, fitting, visible, cards);
        }
      } catch (error) {
        if (mine === this.asked) {
          this.failed();
        }
      }
    }

    /** All documents, valid and finished first: for browsing by facets alone. */
    everything() {
      const tiers = this.engine.index.tiers;
      const hits = tiers.map((tier, document_) => ({ document: document_, score: -tier }));
      hits.sort((a, b) => b.score - a.score || a.document - b.document);
      return { hits: hits, concepts: [], isVague: false };
    }

    failed() {
      this.place.dataset.searchState = "error";
      this.count.textContent = "";
      this.countWord.textContent =
        "Die Suche wurde inzwischen erneuert. Bitte laden Sie die Seite neu.";
    }

    show(query, answer, fitting, visible, cards) {
      const total = fitting.documents.length;
      const planner = this.engine.planner;
      const marker = new suche.erklaerung.Marker(planner, answer.concepts);
      const items = cards.map((card) => suche.treffer.entry(card, marker));
      this.count.dataset.resultCount = String(total);
      this.count.textContent = total.toLocaleString("de-DE");
      const isDoubtful = total > 0 && answer.isVague;
      this.countWord.textContent = query ? (isDoubtful ? "ähnliche Treffer für „" : "Treffer für „") + query + "“"
        : this.typ ? this.choice.label("typ", this.typ) : total === 1 ? "Eintrag" : "Einträge";
      this.close.textContent = total === 1 ? "1 Treffer zeigen"
        : total.toLocaleString("de-DE") + " Treffer zeigen";
      this.showList(visible, cards, items, marker);
      this.tools.show(total, query ? "Was am besten passt" : "Gültiges zuerst", this.typ !== "");
      const texts = cards.slice(0, PER_PAGE).flatMap((card) => [card.title, card.summary]);
      const told = suche.erklaerung.tell(planner, answer.concepts, texts);
      this.showTold(query, told, total, isDoubtful);
      this.showActive();
      this.showFacets(fitting.counts);
      this.sheet.hidden = answer.hits.length === 0;
      this.showAfter(query, answer, fitting, told, cards);
      this.place.dataset.searchQuery = query;
      this.place.dataset.searchState = "ready";
      document.title = (query ? query + " – " : "") + document.title.replace(/^.* – (?=Suche)/, "");
      (this.tools.isTable ? [] : visible.slice(0, SNIPPETS)).forEach((document_, at) => {
        suche.treffer.addSnippet(this.engine.index, document_, cards[at], items[at], marker)
          .catch(() => { /* the hit stands without it */ });
      });
    }

    showFacets(counts) {
      suche.facetten.draw(this.filters, this.choice, counts, () => this.changed(true), async (facet) => {
        await this.lists.complete([facet]);
        this.showFacets(this.choice.apply(this.every).counts);
      });
    }

    showList(visible, cards, items, marker) {
      const isTable = this.tools.isTable && suche.tabelle !== undefined && cards.length > 0;
      this.list.hidden = isTable;
      this.list.replaceChildren(...(isTable ? [] : items));
      this.rows.replaceChildren();
      if (isTable) {
        const cells = cards.map((card) => ({
          title: suche.treffer.title(card, marker),
          marks: make("span", "ws-marken", ...suche.treffer.origin(card), ...suche.treffer.marks(card)),
          choose: suche.treffer.isCompared(card) ? root.wissenMerken.knopf(card.id, card.title) : null
        }));
        this.rows.append(suche.tabelle.table(visible, cards, cells, this.typ ? this.choice.own : null,
          this.tools.order, (order) => this.tools.sort(order)));
        dispatchEvent(new Event("resize")); // a wide table becomes a stop for the tab key (rahmen.js)
      }
    }

    /** A link that searches for something else without leaving the page. */
    again(text, query) {
      const link = suche.treffer.link("?q=" + encodeURIComponent(query), text);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) {
          return;
        }
        event.preventDefault();
        this.field.value = query;
        this.changed(true);
        this.toResult();
      });
      return link;
    }

    showTold(query, told, total, isDoubtful) {
      const lines = [];
      if (isDoubtful) {
        lines.push(suche.nulltreffer.doubt(query));
      } else if (total && told.unknown.length) {
        lines.push(make("p", "ws-suche__korrektur", "Zu " + told.unknown.map((word) => "„" + word + "“").join(", ")
          + " gibt es nichts. Die Treffer passen nur zum Rest Ihrer Anfrage."));
      }
      for (const [typed, word] of total ? told.corrections : []) {
        if (typed.toLowerCase() !== word.toLowerCase()) {
          lines.push(make("p", "ws-suche__korrektur", "Meinten Sie ",
            this.again("„" + word + "“", query.replace(typed, word)), "? Danach wurde auch gesucht."));
        }
      }
      if (total && !isDoubtful && told.respelled.length) {
        lines.push(make("p", "ws-suche__korrektur", told.respelled.map((word) => "„" + word + "“").join(", ")
          + " kommt so nicht vor. Gefunden wurde ähnlich Geschriebenes."));
      }
      if (total && told.synonyms.length) {
        lines.push(make("p", "", "Ergebnisse auch für " + told.synonyms.join(", ")));
      }
      this.told.replaceChildren(...lines);
    }

    showActive() {
      const chips = this.choice.list().map(([facet, number]) => {
        const text = facet.label + ": " + facet.labels[number];
        return this.chip(text, "Eingrenzung „" + text + "“ aufheben", () => {
          this.choice.toggle(facet, number, false);
        });
      });
      this.chosen.textContent = chips.length ? " (" + chips.length + " gewählt)" : "";
      if (chips.length > 1) {
        const all = this.chip("Alle Eingrenzungen aufheben", "", () => this.choice.clear());
        all.classList.add("ws-suche__wahl--alle");
        chips.push(all);
      }
      this.active.replaceChildren(...chips);
    }

    chip(text, label, remove) {
      const button = make("button", "ws-suche__wahl", text);
      button.type = "button";
      if (label) {
        const cross = make("span", "", "×");
        cross.setAttribute("aria-hidden", "true");
        button.append(cross);
        button.setAttribute("aria-label", label);
      }
      button.addEventListener("click", () => {
        remove();
        this.changed(true);
        this.toResult();
      });
      return button;
    }

    showAfter(query, answer, fitting, told, cards) {
      const total = fitting.documents.length;
      const parts = [];
      if (total > this.shown) {
        const more = make("button", "ws-knopf", "Weitere Treffer zeigen");
        more.type = "button";
        more.addEventListener("click", () => this.more());
        parts.push(more);
      }
      clearTimeout(this.settled);
      if (total === 0 && (query || !this.choice.isEmpty)) {
        if (answer.hits.length === 0) {
          this.settled = setTimeout(() => suche.nulltreffer.note(query), SETTLED);
        }
        parts.push(suche.nulltreffer.panel(query, answer.hits.length, () => {
          this.choice.clear();
          this.changed(true);
        }));
      }
      const words = told.related.map((word) => this.again(word, word));
      const links = [];
      for (const card of query ? cards.slice(0, 3) : []) {
        for (const [title, url] of card.more) {
          const isShown = cards.some((other) => other.url === url);
          if (!isShown && ![...words, ...links].some((link) => link.textContent === title)) {
            links.push(suche.treffer.link(suche.address(url), title));
          }
        }
      }
      for (const [heading, list] of [["Verwandte Begriffe", words], ["Siehe auch", links]]) {
        if (list.length) {
          parts.push(make("h2", "", heading),
            make("ul", "ws-suche__verwandt ws-glatt", ...list.map((link) => make("li", "", link))));
        }
      }
      this.after.replaceChildren(...parts);
    }

    async more() {
      const next = this.shown;
      this.shown += this.perPage;
      await this.search();
      const item = this.place.querySelectorAll("[data-record-id]")[next];
      if (item) {
        item.querySelector("a").focus();
      }
    }
  }

  suche.seite = {
    /** Start the search page in its place. */
    start(place) {
      const page = new Page(place);
      page.start().catch(() => page.failed());
    }
  };
}(typeof globalThis === "undefined" ? this : globalThis));
