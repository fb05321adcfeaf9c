/* A record that goes on at teil-2/ (generator/pages/parts.py).
 *
 * A link to a heading that stands in another part goes on there by itself; and everything can be put on
 * one page, for reading, searching and printing. The rests come as a script (ganz.js), so this works from
 * file:// too; they are the same HTML as in the parts, made and cleaned by the build.
 */
(function (root) {
  "use strict";

  const contents = document.querySelector(".ws-teile");
  let whole = null; // the promise of everything on one page

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

  /** Put everything on this page. */
  function all() {
    whole = whole || new Promise((resolve, reject) => {
      root.wissenTeile.da = (rests) => {
        contents.remove();
        for (const way of [...document.querySelectorAll(".ws-weiter[data-rest]")]) {
          insert(way, rests[way.dataset.rest] || []);
        }
        redirect();
        resolve();
      };
      const script = Object.assign(document.createElement("script"), { src: contents.dataset.ganz });
      script.onerror = reject;
      document.head.append(script);
    });
    return whole;
  }

  root.wissenTeile = { alle: all };

  const button = Object.assign(document.createElement("button"), {
    type: "button", className: "ws-knopf", textContent: "Alles auf einer Seite zeigen"
  });
  button.addEventListener("click", () => {
    const first = document.querySelector(".ws-weiter[data-rest]");
    const section = first && first.parentElement;
    all().then(() => {
      if (section) {
        section.tabIndex = -1;
        section.focus({ preventScroll: true });
      }
    }, () => { button.replaceWith("Das ließ sich nicht laden. Die Teile stehen oben."); });
  });
  contents.append(button);

  if (!new URLSearchParams(root.location.search).has("vorlage")) {
    root.addEventListener("hashchange", follow);
    follow();
  }
}(typeof globalThis === "undefined" ? this : globalThis));
