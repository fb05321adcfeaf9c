/* Light, dark or as the system: one button in the header, the choice is kept in this browser.
   Runs in the head, before any style is there to wait for, and colours the page as soon as it has a body:
   before it is painted, so nothing flashes.  The attribute and the stored value are those of Material, so
   choices made there still hold. */
(function () {
  "use strict";
  var CHOICES = [
    { name: "Farben wie im System; zu hell wechseln", media: "(prefers-color-scheme)", sign: "auto" },
    { name: "Helle Farben; zu dunkel wechseln", media: "(prefers-color-scheme: light)", scheme: "default", sign: "hell" },
    { name: "Dunkle Farben; zu System wechseln", media: "(prefers-color-scheme: dark)", scheme: "slate", sign: "dunkel" }
  ];
  var key = new URL("../../", document.currentScript.src).pathname + ".__palette";
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var chosen = 0;

  function colour() {
    document.body.setAttribute("data-md-color-scheme", CHOICES[chosen].scheme || (dark.matches ? "slate" : "default"));
  }

  function offer() {
    var button = document.querySelector(".ws-farben");
    function name() {
      button.className = button.className.replace(/ ws-i--farben-\w+|$/, " ws-i--farben-" + CHOICES[chosen].sign);
      button.setAttribute("aria-label", CHOICES[chosen].name);
      button.title = CHOICES[chosen].name;
    }
    colour(); // a script of Material may have coloured the page in the meantime
    name();
    button.hidden = false;
    button.addEventListener("click", function () {
      chosen = (chosen + 1) % CHOICES.length;
      colour();
      name();
      try {
        localStorage.setItem(key, JSON.stringify({ index: chosen, color: { media: CHOICES[chosen].media,
          scheme: document.body.getAttribute("data-md-color-scheme"), primary: "custom", accent: "custom" } }));
      } catch (error) { /* holds for this page only */ }
    });
  }

  try {
    var stored = JSON.parse(localStorage.getItem(key));
    if (stored && CHOICES[stored.index]) chosen = stored.index;
  } catch (error) { /* no storage: as the system */ }
  new MutationObserver(function (changes, observer) {
    if (document.body) {
      observer.disconnect();
      colour();
    }
  }).observe(document.documentElement, { childList: true });
  dark.addEventListener("change", colour);
  document.addEventListener("DOMContentLoaded", offer);
})();
