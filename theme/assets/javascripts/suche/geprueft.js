/* "Schon geprüft?": a need in, an answer out, sorted by what it means for who asks.
 *
 * The same engine and the same index as the search page; here hits stand in the groups of urteil.js, and
 * those that are only similar stand apart. <div id="ws-geprueft"> gets data-search-state like the search
 * page; entries carry data-record-id and stand in sections with data-gruppe. What other wikis know stands
 * apart (anderswo.js).
 */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const SHOWN = 5;
  const ANSWERS = [
    [["gilt", "verworfen"], "Ja, das ist schon geprüft."],
    [["laeuft"], "Das wird gerade geprüft oder ist geplant."],
    [["veraltet"], "Das wurde früher geprüft. Das Ergebnis gilt heute nicht mehr."],
    [["erfahrung"], "Eine Bewertung gibt es noch nicht, aber Erfahrungen und Projekte dazu."]
  ];
  const COUNTED = {
    gilt: ["gilt heute", "gelten heute"],
    laeuft: ["läuft oder ist geplant", "laufen oder sind geplant"],
    verworfen: ["wurde verworfen", "wurden verworfen"],
    veraltet: ["ist veraltet", "sind veraltet"]
  };

  class Answer {
    constructor(place) {
      this.place = place;
      this.field = document.getElementById("ws-bedarf");
      this.overview = document.getElementById("ws-geprueft-listen");
      this.asked = 0;
      this.field.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.changed();
      });
      addEventListener("popstate", () => this.fromAddress());
    }

    changed() {
      const query = this.field.value.trim();
      try {
        history.pushState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
      } catch (error) {
        // Some browsers forbid this for files on a share; the answer comes all the same.
      }
      if (this.field.suggestions) {
        this.field.suggestions.close();
      }
      return this.ask(query, true);
    }

    fromAddress() {
      const query = (new URLSearchParams(location.search).get("q") || "").trim();
      this.field.value = query;
      return this.ask(query, false);
    }

    async ask(query, isMoving) {
      this.asked += 1;
      const mine = this.asked;
      this.place.dataset.searchState = "loading";
      this.overview.hidden = query !== "";
      if (!query) {
        this.place.replaceChildren();
        this.place.dataset.searchState = "ready";
        return;
      }
      try {
        const engine = await suche.engine();
        const lists = suche.listen.of(engine.index);
        const facets = await lists.facets();
        const answer = await engine.search(query);
        const groupOf = suche.urteil.grouping(engine.index, facets);
        const hits = answer.hits.map((hit) => ({ hit: hit, group: groupOf(hit.document) }))
          .filter((entry) => entry.group);
        const others = await suche.anderswo.find(engine, facets, answer.hits);
        const parts = await this.parts(engine, query, answer, hits, others);
        if (mine === this.asked) {
          this.place.replaceChildren(...parts);
          this.place.dataset.searchState = "ready";
          this.place.dataset.searchQuery = query;
          document.title = query + " – " + document.title.replace(/^.* – (?=Schon)/, "");
          if (isMoving) {
            this.place.querySelector(".ws-antwort__satz").focus();
          }
        }
      } catch (error) {
        if (mine === this.asked) {
          this.place.dataset.searchState = "error";
          this.place.replaceChildren(make("p", "",
            "Die Suche wurde inzwischen erneuert. Bitte laden Sie die Seite neu."));
        }
      }
    }

    /** The elements of an answer. */
    async parts(engine, query, answer, hits, others) {
      const marker = new suche.erklaerung.Marker(engine.planner, answer.concepts);
      const near = hits.filter((entry) => entry.hit.near);
      const similar = hits.filter((entry) => !entry.hit.near);
      const context = { engine: engine, marker: marker };
      const sections = [];
      for (const group of groups()) {
        const those = near.filter((entry) => entry.group === group.name);
        if (those.length) {
          sections.push(await this.section(group, those, context));
        }
      }
      if (others.length) {
        sections.push(suche.anderswo.section(others, groups(), (entry) => item(entry.card, entry, marker, "h4")));
      }
      const isNews = !near.some((entry) => entry.group !== "erfahrung");
      const next = this.next(query, answer, isNews, others.length > 0);
      const weak = similar.length ? [await this.weak(similar, context, near.length === 0, query)] : [];
      const first = await Promise.all(hits.slice(0, SHOWN).map((entry) => engine.index.card(entry.hit.document)));
      const texts = first.flatMap((card) => [card.title, card.summary]);
      const told = suche.erklaerung.tell(engine.planner, answer.concepts, texts);
      const also = [
        ...told.corrections.filter(([typed, word]) => typed.toLowerCase() !== word.toLowerCase())
          .map(([typed, word]) => "„" + typed + "“ wurde auch als „" + word + "“ gelesen."),
        ...(answer.isVague ? [] : told.respelled).map((typed) =>
          "„" + typed + "“ kommt so nicht vor. Gefunden wurde ähnlich Geschriebenes."),
        ...(told.synonyms.length ? ["Gesucht auch nach: " + told.synonyms.join(", ")] : []),
      ].map((text) => make("p", "ws-klein ws-leise", text));
      return [this.sentence(query, near, similar, others), ...(near.length || similar.length ? also : []), ...sections,
        ...(isNews ? [next, ...weak] : [...weak, next])];
    }

    /** The answer in a sentence or two. */
    sentence(query, near, similar, others) {
      const count = (name) => near.filter((entry) => entry.group === name).length;
      const found = ANSWERS.find(([names]) => names.some((name) => count(name) > 0));
      const elsewhere = !found || found[0][0] === "erfahrung" ? suche.anderswo.told(others) : "";
      const lead = elsewhere ? elsewhere : found ? found[1]
        : similar.length ? "Vielleicht gibt es dazu noch nichts. Die Treffer sind nur ähnlich."
          : "Dazu gibt es noch keinen Eintrag.";
      const numbers = Object.keys(COUNTED).filter((name) => count(name) > 0)
        .map((name) => count(name).toLocaleString("de-DE") + " " + COUNTED[name][count(name) === 1 ? 0 : 1]);
      const box = make("p", "ws-antwort__satz", make("strong", "", lead), " ",
        (numbers.length ? "Zu „" + query + "“: " + numbers.join(", ") : "Gefragt war: „" + query + "“") + ".");
      box.setAttribute("role", "status");
      box.tabIndex = -1;
      return box;
    }

    async section(group, entries, context) {
      const list = make("ol", "ws-antwort__liste ws-glatt");
      const box = make("section", "ws-antwort__gruppe",
        make("h2", "", group.title + " (" + entries.length.toLocaleString("de-DE") + ")"),
        make("p", "ws-antwort__rat", group.advice), list);
      box.dataset.gruppe = group.name;
      await this.fill(list, entries, context, 0);
      return box;
    }

    /** The next entries of a list, and a button for those behind them. */
    async fill(list, entries, context, from) {
      const some = entries.slice(from, from + SHOWN);
      const cards = await Promise.all(some.map((entry) => context.engine.index.card(entry.hit.document)));
      cards.forEach((card, at) => list.append(item(card, some[at], context.marker)));
      const rest = entries.length - from - some.length;
      if (rest > 0) {
        const more = make("button", "ws-knopf", rest === 1 ? "Noch einen zeigen"
          : "Weitere zeigen (" + rest.toLocaleString("de-DE") + ")");
        more.type = "button";
        more.addEventListener("click", async () => {
          const first = list.children.length;
          await this.fill(list, entries, context, from + SHOWN);
          more.remove();
          list.children[first].querySelector("a").focus();
        });
        list.after(more);
      }
    }

    /** Hits that only resemble the need. */
    async weak(entries, context, isOpen, query) {
      const list = make("ol", "ws-antwort__liste ws-glatt");
      await this.fill(list, entries.slice(0, SHOWN), context, 0);
      const box = make("details", "ws-antwort__aehnlich",
        make("summary", "", "Nur ähnlich (" + entries.length.toLocaleString("de-DE") + ")"),
        make("p", "ws-antwort__rat", "Diese Einträge haben nur einen Teil mit Ihrem Bedarf gemeinsam."), list);
      if (entries.length > SHOWN) {
        box.append(make("p", "ws-alle", suche.treffer.link(suche.address("suche/") + "?q="
          + encodeURIComponent(query), "Alle Treffer in der Suche")));
      }
      box.dataset.gruppe = "aehnlich";
      box.open = isOpen;
      return box;
    }

    /** What to do next; before all else where nobody has evaluated it. */
    next(query, answer, isNews, isElsewhere) {
      if (answer.hits.length === 0) {
        suche.nulltreffer.note(query);
      }
      const box = make("section", "ws-suche__leer ws-antwort__weiter",
        make("h2", "", isNews ? (isElsewhere ? "Hier hat das noch niemand bewertet"
          : "Noch niemand hat das bewertet") + ". So geht es weiter" : "Nicht das Gesuchte?"),
        suche.nulltreffer.advice(query));
      box.dataset.gruppe = "weiter";
      return box;
    }
  }

  /** The groups as the page describes them. */
  function groups() {
    return [...document.querySelectorAll("#ws-geprueft-listen [data-liste]")].map((section) => ({
      name: section.dataset.liste,
      title: section.dataset.titel,
      advice: section.querySelector(".ws-antwort__rat").textContent
    }));
  }

  function line(label, ...children) {
    return make("p", "ws-antwort__zeile", make("strong", "", label + " "), ...children);
  }

  /** One record: verdict, reason, what would change it, whom to ask. */
  function item(card, entry, marker, level) {
    const labels = card.card;
    const marks = make("p", "ws-marken", ...suche.treffer.origin(card), ...(entry.hit.near ? [] : [make("span", "ws-marke", "Nur ähnlich")]),
      ...suche.treffer.marks(card), make("span", "ws-leise", (labels.typ || card.typ) + ", " + (labels.datum || "")));
    const element = make("li", "ws-antwort__eintrag",
      make(level || "h3", "", suche.treffer.title(card, marker)), marks);
    element.dataset.recordId = card.id;
    if (labels.grund) {
      element.append(line(entry.group === "verworfen" ? "Warum nicht:" : "Warum:", labels.grund));
    } else {
      const text = make("p", "ws-antwort__zeile");
      marker.append(text, card.summary);
      element.append(text);
    }
    const triggers = (labels.ausloeser || "").split("|").filter(Boolean);
    if (triggers.length) {
      element.append(line(entry.group === "verworfen" ? "Das müsste sich ändern:" : "Neu prüfen, wenn:"),
        make("ul", "ws-antwort__ausloeser", ...triggers.map((trigger) => make("li", "", trigger))));
    }
    if (labels.neu) {
      const at = labels.neu.indexOf(" ");
      element.append(line("Neuer Stand:",
        suche.treffer.link(suche.address(labels.neu.slice(0, at)), labels.neu.slice(at + 1))));
    }
    element.append(line(entry.group === "laeuft" ? "Mitmachen:" : "Fragen:", ...contact(labels)));
    if (suche.treffer.isCompared(card)) {
      element.append(make("p", "ws-antwort__zeile", root.wissenMerken.knopf(card.id, card.title)));
    }
    suche.treffer.fit(element, card);
    return element;
  }

  /** Whom to ask: the unit, its organisation, and a function mailbox if there is one. */
  function contact(labels) {
    const mail = /[^\s,]+@[^\s,]+$/.exec(labels.kontakt || "");
    const unit = mail ? labels.kontakt.slice(0, mail.index).replace(/, $/, "") : labels.kontakt || "";
    const who = [unit, labels.organisation].filter(Boolean).join(", ");
    return mail ? [who + ", ", suche.treffer.link("mailto:" + mail[0], mail[0])] : [who];
  }

  suche.geprueft = {
    /** Start the page in its place. */
    start(place) {
      new Answer(place).fromAddress();
    }
  };
}(typeof globalThis === "undefined" ? this : globalThis));
