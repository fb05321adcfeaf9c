/* Wide tables and code blocks scroll sideways; whoever uses a keyboard must be able to
   do that too (WCAG 2.1.1). Only what really scrolls becomes a stop for the tab key. */
(function () {
  "use strict";
  function box(className, child) {
    var element = document.createElement("div");
    element.className = className;
    child.replaceWith(element);
    element.append(child);
    return element;
  }
  function wrap() { // as Material's script does, which runs on static pages only
    document.querySelectorAll(".ws-seite .md-typeset table:not([class])").forEach(function (table) {
      box("md-typeset__scrollwrap", box("md-typeset__table", table));
    });
  }
  function mark() {
    document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code, .ws-rolle").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", "Breiter Inhalt, seitlich rollbar");
      } else if (box.getAttribute("role") === "group") {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
      }
    });
  }
  wrap();
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();

/* On a file share nobody turns "bewertungen/" into "bewertungen/index.html": do it here. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;
  function mend(element, name) {
    var address = element.getAttribute(name);
    if (!address || /^([a-z][a-z0-9+.-]*:|#|\/\/)/i.test(address)) return;
    var parts = /^([^?#]*)(.*)$/.exec(address);
    if (parts[1] === "" && parts[2]) return;
    if (parts[1] === "" || /(^|\/)\.{0,2}$/.test(parts[1])) {
      element.setAttribute(name, parts[1].replace(/([^/])$/, "$1/") + "index.html" + parts[2]);
    }
  }
  function mendAll() {
    document.querySelectorAll("a[href]").forEach(function (a) { mend(a, "href"); });
    document.querySelectorAll("form[action]").forEach(function (form) { mend(form, "action"); });
  }
  document.addEventListener("DOMContentLoaded", mendAll);
  document.addEventListener("click", function (event) { // links that a script has added since
    var link = event.target.closest && event.target.closest("a[href]");
    if (link) mend(link, "href");
  }, true);
})();
