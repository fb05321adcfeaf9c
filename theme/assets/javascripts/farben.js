/* Light, dark or as the system: one button in the header, the choice is kept in this browser.
   Runs where it stands, right below the button and before the page is painted, so nothing flashes.
   The attribute and the stored value are those of Material, so choices made there still hold. */
(function () {
  "use strict";
  var CHOICES = [
    { name: "Farben wie im System; zu hell wechseln", media: "(prefers-color-scheme)", sign: "auto" },
    { name: "Helle Farben; zu dunkel wechseln", media: "(prefers-color-scheme: light)", scheme: "default", sign: "hell" },
    { name: "Dunkle Farben; zu System wechseln", media: "(prefers-color-scheme: dark)", scheme: "slate", sign: "dunkel" }
  ];
  var key = new URL("../../", document.currentScript.src).pathname + ".__palette";
  var button = document.querySelector(".ws-farben");
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var chosen = 0;

  function show() {
    var choice = CHOICES[chosen];
    document.body.setAttribute("data-md-color-scheme", choice.scheme || (dark.matches ? "slate" : "default"));
    button.className = button.className.replace(/ ws-i--farben-\w+|$/, " ws-i--farben-" + choice.sign);
    button.setAttribute("aria-label", choice.name);
    button.title = choice.name;
  }

  try {
    var stored = JSON.parse(localStorage.getItem(key));
    if (stored && CHOICES[stored.index]) chosen = stored.index;
  } catch (error) { /* no storage: as the system */ }
  show();
  button.hidden = false;
  dark.addEventListener("change", show);
  button.addEventListener("click", function () {
    chosen = (chosen + 1) % CHOICES.length;
    show();
    try {
      localStorage.setItem(key, JSON.stringify({ index: chosen, color: { media: CHOICES[chosen].media,
        scheme: document.body.getAttribute("data-md-color-scheme"), primary: "custom", accent: "custom" } }));
    } catch (error) { /* holds for this page only */ }
  });
})();
