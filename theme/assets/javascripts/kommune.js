/* Meine Kommune: what fits the reader's municipality, marked in words.
 *
 * The choice is kept in this browser only (localStorage, one for each wiki on a server). Whenever a page
 * is opened, the profile of the chosen municipality is read again from daten/kommune/<id>.js, a script of
 * the wiki that calls `empfange`, so it does not go stale.
 *
 * Other scripts may use `wissenKommune`; it is there before all scripts with `defer` in a page's content:
 *
 *   profil()          the chosen municipality or null:
 *                     { id, name, groessenklasse, einwohner, grenzen, fachverfahren: [], betriebsmodell: [], loesungen: {id: status},
 *                     worte, namen: {Fachverfahren: [weitere Namen]} }
 *   urteile(angaben)  what to say of something, as [{ was, art, text }]; was: "einsatz", "groesse", "betrieb",
 *                     "anschluss" or "nutzer"; art: "passt", "anders", "offen" or "meine".
 *                     angaben (all optional): { fuer: ["gk6"], betrieb: ["saas_de"], loesung: "id",
 *                     anschluss: ["Beispiel-EWO"], nutzer: {"gk6": ["Name"]} }; "fuer: []" says that the
 *                     size is not known.
 *   groessen(klassen) size classes in words
 *   namensform(name)  what names of the same software have in common
 *   marke(urteil)     the element that shows it
 *   zeichne(element)  (re)draws the marks of everything below element that carries data-passung
 *   waehle(id), vergiss()
 *
 * On `document` the event "wissen-kommune" tells that another profile holds now.
 *
 * In pages: data-passung='{"fuer":["gk6"], …}' on a list entry or a record; data-kommune="<id>" where that
 * municipality can be chosen.
 */
(function () {
  "use strict";
  var site = new URL("../../", document.currentScript.src);
  var LEGAL_FORMS = /^(gmbh|mbh|ggmbh|ag|kg|kgaa|ohg|gbr|se|ug|eg|ev|co|inc|ltd)$/;
  var KEY = site.pathname + ".kommune";
  var profile = read();
  var wanted = null; // the id that is being chosen
  var kept = true; // whether this browser remembers

  function read() {
    try {
      var stored = JSON.parse(localStorage.getItem(KEY));
      return stored && typeof stored.id === "string" && stored.worte ? stored : null;
    } catch (error) { return null; }
  }

  function write(value) {
    try {
      if (value) localStorage.setItem(KEY, JSON.stringify(value)); else localStorage.removeItem(KEY);
      kept = true;
    } catch (error) { kept = false; }
  }

  function load(id) {
    if (!/^[a-z0-9-]+$/.test(id)) return;
    var script = document.createElement("script");
    script.src = new URL("daten/kommune/" + id + ".js", site).href;
    script.onload = script.onerror = function () { script.remove(); };
    document.head.append(script);
  }

  /** Called by the scripts in daten/kommune/. */
  function receive(data) {
    var chosen = wanted !== null;
    wanted = null;
    if (!chosen && !profile) return; // forgotten meanwhile
    var changed = JSON.stringify(data) !== JSON.stringify(profile);
    profile = data;
    if (changed || chosen) write(profile);
    if (changed || chosen) tell();
  }

  function choose(id) { wanted = id; load(id); }

  function forget() { profile = null; wanted = null; write(null); tell(); }

  function tell() {
    draw(document);
    document.dispatchEvent(new CustomEvent("wissen-kommune"));
  }

  // Judgements

  function words(values) {
    return values.map(function (value) { return profile.worte[value] || value; }).join("; ");
  }

  /** Size classes in words, those side by side as one range: the twin of generator/records/sizes.py. */
  function sizes(values) {
    var bounds = profile.grenzen || {};
    var named = Object.keys(bounds), largest = Math.max.apply(null, named.map(function (name) { return bounds[name][1]; }));
    var ranges = [];
    named.forEach(function (name) {
      var last = ranges[ranges.length - 1];
      if (values.indexOf(name) < 0) return;
      if (last && last[1] === bounds[name][0]) last[1] = bounds[name][1]; else ranges.push(bounds[name].slice());
    });
    var told = ranges.map(function (range) {
      var until = range[1].toLocaleString("de-DE") + " Einwohner", open = range[1] < largest ? "unter " : "";
      return range[0] ? range[0].toLocaleString("de-DE") + " bis " + open + until : (open || "bis ") + until;
    });
    var others = values.filter(function (value) { return !bounds[value]; });
    return told.concat(others.length ? words(others) : []).join("; ");
  }

  function bySize(about) {
    var mine = profile.groessenklasse;
    if (!about.fuer.length) return { art: "offen", text: "Keine Angabe zur Größe" };
    if (!mine) return { art: "offen", text: "Keine Angabe zu Ihrer Größe; geprüft für: " + sizes(about.fuer) };
    if (about.fuer.indexOf(mine) >= 0) return { art: "passt", text: "Passt: geprüft für Ihre Größenklasse" };
    return { art: "anders", text: "Weicht ab: geprüft für " + sizes(about.fuer) };
  }

  function byOperation(about) {
    var mine = profile.betriebsmodell;
    if (!mine.length) return null;
    var same = about.betrieb.filter(function (value) { return mine.indexOf(value) >= 0; });
    return same.length ? { art: "passt", text: "Passt: Betrieb, wie Sie ihn schon haben (" + words(same) + ")" }
      : { art: "anders", text: "Weicht ab: Betrieb als " + words(about.betrieb) + "; bei Ihnen bisher " + words(mine) };
  }

  /** What names of the same software have in common: the twin of generator/records/product_names.py. */
  function nameKey(name) {
    var folded = { "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss" };
    var plain = name.normalize("NFC").toLowerCase().replace(/[äöüß]/g, function (letter) { return folded[letter]; })
      .normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\be\.\s?v\./g, "ev");
    var parts = plain.match(/[a-z0-9]+/g) || [];
    while (parts.length > 1 && LEGAL_FORMS.test(parts[parts.length - 1])) parts.pop();
    return parts.join("");
  }

  function byConnection(about) {
    if (!profile.fachverfahren.length) return null;
    var offered = about.anschluss.map(nameKey);
    var found = profile.fachverfahren.filter(function (name) {
      return [name].concat((profile.namen || {})[name] || []).some(function (each) { return offered.indexOf(nameKey(each)) >= 0; });
    });
    return found.length ? { art: "passt", text: "Passt: Anschluss an " + found.join(", ") }
      : { art: "offen", text: "Kein Anschluss an Ihre Fachverfahren genannt" };
  }

  function byUsers(about) {
    var users = (about.nutzer[profile.groessenklasse] || []).filter(function (name) { return name !== profile.name; });
    if (!users.length) return null;
    var names = users.slice(0, 2).join(", ");
    return { art: "passt", text: "Genutzt in Ihrer Größe: " + names + (users.length > 2 ? " und weitere" : "") };
  }

  function judge(about) {
    if (!profile) return [];
    var found = [];
    var status = about.loesung && profile.loesungen[about.loesung];
    function add(was, judgement) { if (judgement) found.push({ was: was, art: judgement.art, text: judgement.text }); }
    if (status) add("einsatz", { art: "meine", text: "Bei Ihnen: " + words([status]) });
    if (about.fuer) add("groesse", bySize(about));
    if (about.betrieb && about.betrieb.length && !status) add("betrieb", byOperation(about));
    if (about.anschluss && about.anschluss.length) add("anschluss", byConnection(about));
    if (about.nutzer) add("nutzer", byUsers(about));
    return found;
  }

  function running() {
    return Object.keys(profile.loesungen).filter(function (id) { return /^(genutzt|pilot)$/.test(profile.loesungen[id]); });
  }

  // Marks

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function mark(judgement) {
    return make("span", "ws-marke ws-passung__wort ws-z-" + judgement.art, judgement.text);
  }

  /** On the page of a record: a section of its own below what it says first. */
  function section(root, judgements) {
    var place = root.querySelector(".ws-urteil, .ws-kurz");
    if (!place || !judgements.length) return;
    var box = make("section", "ws-passung");
    box.append(make("h2", "", "Für " + profile.name));
    var list = make("ul", "ws-glatt");
    judgements.forEach(function (judgement) {
      var item = make("li");
      item.append(mark(judgement));
      list.append(item);
    });
    box.append(list);
    place.after(box);
  }

  function draw(root) {
    root.querySelectorAll(".ws-passung, .ws-passung__wort").forEach(function (old) { old.remove(); });
    var places = [].slice.call(root.querySelectorAll("[data-passung]"));
    if (root.dataset && root.dataset.passung) places.unshift(root);
    places.forEach(function (place) {
      var about;
      try { about = JSON.parse(place.dataset.passung); } catch (error) { return; }
      var judgements = judge(about);
      if (place.dataset.typ) { section(place, judgements); return; }
      var line = place.querySelector(".ws-marken, .ws-eintrag__fuss") || place.querySelector("td") || place;
      judgements.forEach(function (judgement) { line.append(" ", mark(judgement)); });
    });
    drawChoice(root);
  }

  // Choosing

  function button(text, action, full) {
    var element = make("button", "ws-knopf ws-knopf--klein ws-waehlen" + (full ? " ws-knopf--voll" : ""), text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  function drawChoice(root) {
    var chip = document.querySelector(".ws-kommune");
    if (chip) {
      chip.hidden = !profile;
      chip.textContent = profile ? profile.name : "";
      chip.title = profile ? "Meine Kommune: " + profile.name : "";
    }
    root.querySelectorAll("[data-kommune]").forEach(function (place) {
      var old = place.querySelector(".ws-waehlen, .ws-gewaehlt");
      var focused = old && old.contains(document.activeElement);
      place.querySelectorAll(".ws-waehlen, .ws-gewaehlt").forEach(function (element) { element.remove(); });
      var id = place.dataset.kommune;
      var name = place.dataset.name || place.textContent.trim();
      if (profile && profile.id === id) {
        place.append(" ", make("span", "ws-marke ws-z-meine ws-gewaehlt", "Meine Kommune"), " ", button("Vergessen", forget));
      } else {
        var pick = button(place.localName === "li" ? "Wählen" : "Das ist meine Kommune", function () { choose(id); });
        if (place.localName === "li") pick.setAttribute("aria-label", "Wählen: " + name);
        place.append(" ", pick);
      }
      if (focused) place.querySelector(".ws-waehlen").focus();
    });
    var box = document.getElementById("ws-kommune-wahl");
    if (box) drawProfile(box);
  }

  /** What is known of the chosen municipality. */
  function drawProfile(box) {
    var focused = box.contains(document.activeElement);
    box.replaceChildren();
    if (focused) box.focus();
    if (!profile) return;
    box.append(make("h2", "", profile.name));
    var facts = make("dl", "ws-paare");
    [["Größenklasse", profile.groessenklasse ? words([profile.groessenklasse]) : ""],
      ["Fachverfahren", profile.fachverfahren.join(", ")],
      ["Betrieb der Lösungen", words(profile.betriebsmodell)],
      ["Lösungen im Einsatz", String(running().length || "")]].forEach(function (fact) {
      facts.append(make("dt", "", fact[0]), make("dd", "", fact[1] || "keine Angabe"));
    });
    box.append(facts, button("Vergessen", forget));
    if (!kept) box.append(make("p", "", "Ihr Browser merkt sich die Wahl hier nicht; sie gilt nur auf dieser Seite."));
  }

  window.wissenKommune = {
    profil: function () { return profile; }, urteile: judge, groessen: sizes, marke: mark, zeichne: draw, waehle: choose,
    vergiss: forget, empfange: receive, namensform: nameKey
  };
  draw(document);
  if (profile) load(profile.id);
  addEventListener("storage", function (event) { // chosen in another tab
    if (event.key === KEY) { profile = read(); tell(); }
  });
})();
