/* Shows the full addresses of a calendar and its feed, ready to be copied. */
(function () {
  "use strict";
  function field(link) {
    var input = document.createElement("input");
    input.type = "text";
    input.readOnly = true;
    input.value = link.href;
    input.setAttribute("aria-label", "Adresse: " + link.textContent);
    input.addEventListener("focus", function () { input.select(); });
    return input;
  }
  document.querySelectorAll(".ws-abos .ws-abo, #alles + .ws-abo").forEach(function (line) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "ws-knopf ws-knopf--klein";
    button.textContent = "Adressen zeigen";
    button.addEventListener("click", function () {
      var fields = [].map.call(line.querySelectorAll("a"), field);
      button.replaceWith.apply(button, fields);
      fields[0].focus();
    });
    line.append(" ", button);
  });
})();
