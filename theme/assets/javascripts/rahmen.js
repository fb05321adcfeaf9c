/* Wide tables and code blocks scroll sideways; whoever uses a keyboard must be able to
   do that too (WCAG 2.1.1). Only what really scrolls becomes a stop for the tab key. */
(function () {
  "use strict";
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
  addEventListener("load", mark);
  addEventListener("resize", mark);
})();
