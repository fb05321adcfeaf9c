/* A record that goes on at teil-2/ (generator/pages/parts.py).
 *
 * A link to a heading that stands in another part goes on there by itself; and everything can be put on
 * one page, for reading, searching and printing. The rests come as a script (ganz.js), so this works from
 * file:// too; they are the same HTML as in the parts, made and cleaned by the build.
 *
 * A browser about to print waits for nothing, so the rests have to be there before: small ones are fetched
 * when the page has come to rest, others once something hints at printing. Ctrl+P and our own button wait
 * for them. Where none of this was quick enough, the sheet says by itself what is missing (_teile.html),
 * and afterwards the page offers to print again.
 */
(function (root) {
  "use strict";

  const contents = document.querySelector(".ws-teile");
  const notice = document.querySelector(".ws-teilnotiz");
  let rests = null; // by the number of their place, once they are here
  let loading = null;
  let short = false; // a sheet was made without them

  function address(link) {
    const url = new URL(link.href);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) {
      url.pathname += "index.html";
    }
    return url.href;
  }

  /** To the part that has what the address asks for. */
  function follow() {
    let wanted = "";
    try {
      wanted = decodeURIComponent(root.location.hash.slice(1));
    } catch (error) {
      return; // no address of ours
    }
    const entry = wanted && contents.isConnected && document.getElementById(wanted);
    if (entry && contents.contains(entry)) {
      const link = entry.closest(".ws-teile ol > li").querySelector("a"); // of the part
      root.location.replace(address(link) + "#" + encodeURIComponent(wanted));
    }
  }

  /** What continues a table or a list goes into it. */
  function join(before, after) {
    if (!before || !after || before.tagName !== after.tagName || !/^(TABLE|OL|UL)$/.test(before.tagName)) {
      return;
    }
    const [into, from] = after.tagName === "TABLE" ? [before.tBodies[0], after.tBodies[0]] : [before, after];
    if (into && from) {
      into.append(...from.childNodes);
      after.remove();
    }
  }

  function insert(way, pieces) {
    for (const html of pieces) {
      const template = document.createElement("template");
      template.innerHTML = html;
      const before = way.previousElementSibling;
      const after = template.content.firstElementChild;
      way.before(template.content);
      join(before, after);
    }
    way.remove();
  }

  /** Links that led to parts lead to places of this page. */
  function redirect() {
    for (const link of document.querySelectorAll('.ws-seite a[href*="teil-"][href*="#"]')) {
      const target = link.getAttribute("href").split("#")[1];
      if (document.getElementById(decodeURIComponent(target))) {
        link.setAttribute("href", "#" + target);
      }
    }
  }

  /** Get the rests, without showing them. */
  function load() {
    loading = loading || new Promise((resolve, reject) => {
      root.wissenTeile.da = (given) => { rests = given; resolve(); };
      const script = Object.assign(document.createElement("script"), { src: contents.dataset.ganz });
      script.onerror = () => { loading = null; reject(new Error("Nicht ladbar: " + script.src)); };
      document.head.append(script);
    });
    return loading;
  }

  function early() {
    load().catch(() => { /* it is tried again when it is needed */ });
  }

  function show() {
    if (!contents.isConnected) {
      return;
    }
    contents.remove(); // it has the ids of the headings that come now
    notice.remove();
    for (const way of [...document.querySelectorAll(".ws-weiter[data-rest]")]) {
      insert(way, rests[way.dataset.rest] || []);
    }
    redirect();
  }

  /** Put everything on this page. */
  function all() {
    return load().then(show);
  }

  function printed() {
    return all().catch(() => { /* then the sheet says what is missing */ }).then(() => root.print());
  }

  root.wissenTeile = { alle: all };

  function button(text, action) {
    const made = Object.assign(document.createElement("button"), {
      type: "button", className: "ws-knopf", textContent: text
    });
    made.addEventListener("click", action);
    return made;
  }

  /** After a print that lacked the rests: say so, and print everything if wished. */
  function again() {
    const box = Object.assign(document.createElement("div"), { className: "ws-hinweis ws-hinweis--achtung ws-teilnachdruck" });
    const text = document.createElement("div");
    const words = document.createElement("p");
    words.append("Im Ausdruck fehlten die weiteren Teile dieses Eintrags. ");
    const repeat = button("Alles drucken", () => { box.remove(); printed(); });
    text.append(words, repeat);
    box.append(text);
    (notice.isConnected ? notice : document.querySelector(".ws-kopf")).after(box);
    repeat.focus();
  }

  const buttons = document.createElement("p");
  buttons.className = "ws-teile__knoepfe";
  buttons.append(button("Alles auf einer Seite zeigen", () => {
    const first = document.querySelector(".ws-weiter[data-rest]");
    const section = first && first.parentElement;
    all().then(() => {
      if (section) {
        section.tabIndex = -1;
        section.focus({ preventScroll: true });
      }
    }, () => { buttons.replaceChildren("Das ließ sich nicht laden. Die Teile stehen oben."); });
  }), button("Alles drucken", printed));
  contents.append(buttons);

  root.addEventListener("keydown", (event) => {
    const asked = event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (asked && contents.isConnected) {
      event.preventDefault();
      printed();
    }
  });
  // On the way to the menus of the browser.
  document.addEventListener("contextmenu", early, { once: true });
  document.documentElement.addEventListener("mouseleave", (event) => {
    if (event.clientY <= 0) {
      early();
    }
  });
  root.addEventListener("beforeprint", () => {
    if (rests) {
      show();
    } else {
      short = contents.isConnected;
      early();
    }
  });
  root.addEventListener("afterprint", () => {
    if (short && !document.querySelector(".ws-teilnachdruck")) {
      again();
    }
    short = false;
  });
  const thrifty = root.navigator.connection && root.navigator.connection.saveData;
  if ("still" in contents.dataset && !thrifty) {
    const rest = () => (root.requestIdleCallback || root.setTimeout)(early);
    if (document.readyState === "complete") {
      rest();
    } else {
      root.addEventListener("load", rest);
    }
  }

  if (!new URLSearchParams(root.location.search).has("vorlage")) {
    root.addEventListener("hashchange", follow);
    follow();
  }
}(typeof globalThis === "undefined" ? this : globalThis));
