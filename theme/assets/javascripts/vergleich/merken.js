/* "Zum Vergleich vormerken": a button on evaluations and solutions, and a bar that shows the choice.
 *
 * The choice stays in this browser (localStorage), separately for each wiki; nothing is sent anywhere.
 * wissenMerken.knopf(id, title) gives such a button to other scripts. On a page that lists evaluations
 * or solutions (entries with data-passung) each gets one; its id is the last part of its address.
 */
(function (root) {
  "use strict";

  const MOST = 5;
  const site = new URL("../../../", document.currentScript.src);
  const files = /(?<!\/index)\.html$/.test(root.location.pathname); // a site of files, not of folders
  const name = files ? "vergleich.html" : root.location.protocol === "file:" ? "vergleich/index.html" : "vergleich/";
  const page = new URL(name, site).href;
  const KEY = "wissen-vergleich " + site.pathname;
  const ID = /^[a-z0-9-]{1,200}$/;
  const buttons = new Set();
  let bar = null;
  let say = null;

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return kept.filter((each) => each && ID.test(each.id) && typeof each.titel === "string").slice(0, MOST);
    } catch (unreadable) {
      return [];
    }
  }

  function write(chosen, message) {
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch (refused) {
      message = "Dieser Browser merkt sich nichts. Bitte die Einstellungen für Websitedaten prüfen.";
    }
    show();
    say.textContent = message;
  }

  function toggle(id, title) {
    const chosen = read();
    if (chosen.some((each) => each.id === id)) {
      write(chosen.filter((each) => each.id !== id), title + " ist nicht mehr vorgemerkt.");
    } else if (chosen.length >= MOST) {
      say.textContent = "Es sind schon fünf vorgemerkt. Bitte zuerst einen Eintrag entfernen.";
      bar.classList.add("ws-merkleiste--voll");
    } else {
      write([...chosen, { id: id, titel: title }],
        title + " ist vorgemerkt. " + (chosen.length + 1) + " von höchstens fünf.");
    }
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text || "";
    return element;
  }

  function knopf(id, title) {
    const button = make("button", "ws-merken", "");
    button.dataset.merken = id;
    button.dataset.titel = title;
    button.type = "button";
    button.addEventListener("click", () => toggle(id, title));
    buttons.add(button);
    label(button, read());
    return button;
  }

  function label(button, chosen) {
    const on = chosen.some((each) => each.id === button.dataset.merken);
    button.textContent = on ? "Nicht mehr vormerken" : "Zum Vergleich vormerken";
    button.classList.toggle("ws-merken--an", on);
    button.setAttribute("aria-label", button.textContent + ": " + button.dataset.titel);
  }

  function address(chosen) {
    return page + "?ids=" + chosen.map((each) => each.id).join(",");
  }

  function show() {
    const chosen = read();
    buttons.forEach((button) => label(button, chosen));
    bar.hidden = chosen.length === 0;
    bar.classList.remove("ws-merkleiste--voll");
    document.documentElement.classList.toggle("ws-mit-merkleiste", chosen.length > 0);
    const list = bar.querySelector("ul");
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...chosen.map((each) => {
      const item = make("li", "");
      const remove = make("button", "ws-merkleiste__weg", each.titel);
      remove.type = "button";
      remove.setAttribute("aria-label", each.titel + ": nicht mehr vormerken");
      remove.addEventListener("click", () => toggle(each.id, each.titel));
      item.append(remove);
      return item;
    }));
    const compare = bar.querySelector("a");
    compare.href = address(chosen);
    compare.textContent = chosen.length > 1 ? "Vergleichen" : "Ansehen";
    bar.querySelector("strong").textContent = chosen.length + " vorgemerkt" + (chosen.length > 1 ? "" : ", noch einen wählen");
    if (focused && !bar.hidden) {
      (list.querySelector("button") || compare).focus();
    }
  }

  function build() {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("assets/stylesheets/merken.css", site).href;
    document.head.append(style);
    bar = make("aside", "ws-merkleiste", "");
    bar.setAttribute("aria-label", "Zum Vergleich vorgemerkt");
    bar.hidden = true;
    const empty = make("button", "ws-merkleiste__leeren", "Leeren");
    empty.type = "button";
    empty.addEventListener("click", () => write([], "Nichts mehr vorgemerkt."));
    bar.append(make("strong", "", "Vorgemerkt"), make("ul", "ws-glatt", ""),
      make("a", "ws-knopf ws-knopf--voll", ""), empty);
    say = make("p", "ws-unsichtbar", "");
    say.setAttribute("role", "status");
    document.querySelector(".md-main, main, body").append(bar);
    document.body.append(say);
  }

  function begin() {
    build();
    const place = document.querySelector(".ws-taten");
    if (record && place) {
      place.prepend(knopf(record.dataset.recordId, document.querySelector("h1").textContent), " ");
    }
    const listed = record ? [] : document.querySelectorAll("tr[data-passung], li.ws-eintrag[data-passung]");
    listed.forEach((entry) => {
      const link = entry.querySelector("a[href]");
      const id = /([a-z0-9-]+)(?:\.html|\/(?:index\.html)?)$/.exec(new URL(link.href).pathname);
      if (id) {
        (entry.querySelector(".ws-eintrag__fuss") || link.parentElement).append(" ", knopf(id[1], link.textContent));
      }
    });
    show();
    addEventListener("storage", (event) => { if (event.key === KEY) { show(); } });
    addEventListener("pageshow", show);
  }

  const record = document.querySelector("[data-record-id]");
  if (record) {
    begin();
  } else { // a list can be read without its buttons: they come when the page stands
    addEventListener("load", () => (root.requestIdleCallback || setTimeout)(begin));
  }
  root.wissenMerken = { knopf: knopf };
}(typeof globalThis === "undefined" ? this : globalThis));
