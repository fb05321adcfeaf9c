/* Validity ages by itself: whatever says how long it holds is corrected by the reader's clock.
 *
 * A page is as old as its build, and states only ever move on: valid, soon due, expired. So a state is
 * replaced by a later one, never by an earlier one (a clock that is slow changes nothing), and what is
 * superseded stays so. The twin of generator/catalogue/validity.py; a test compares both.
 *
 * An element with data-bis holds until that day; data-angaben: it is no evaluation, its statements are
 * due for review. A hidden one is valid, and says so only when that ends.
 */
(function (root) {
  "use strict";
  const DAY = 24 * 60 * 60 * 1000;
  const SOON = 90;
  const STATES = ["gueltig", "bald_zu_pruefen", "abgelaufen", "ersetzt"];
  const SENTENCES = {
    bewertung: {
      gueltig: "Gilt bis {}",
      bald_zu_pruefen: "Gilt nur noch bis {}",
      abgelaufen: "Abgelaufen seit {}",
      ersetzt: "Ersetzt durch neueren Stand"
    },
    angaben: {
      gueltig: "Angaben gelten bis {}",
      bald_zu_pruefen: "Angaben prüfen bis {}",
      abgelaufen: "Prüfung überfällig seit {}",
      ersetzt: "Ersetzt durch neueren Stand"
    }
  };

  /** The reader's day as 2026-06-21. */
  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  /** Days from one day to another one. */
  function daysTo(until, day) {
    return (Date.parse(until) - Date.parse(day)) / DAY;
  }

  /** The state of what holds so many more days, if nothing replaces it. */
  function stateWith(left) {
    return left < 0 ? "abgelaufen" : left <= SOON ? "bald_zu_pruefen" : "gueltig";
  }

  /** The later one of two states. */
  function later(state, other) {
    return STATES.indexOf(other) > STATES.indexOf(state) ? other : state;
  }

  /** A state that was true on the day of the build, as it is today. */
  function advanced(state, until, day) {
    return later(state, stateWith(daysTo(until, day || today())));
  }

  /** A state in words. */
  function told(kind, state, until) {
    return SENTENCES[kind][state].replace("{}", until.split("-").reverse().join("."));
  }

  function mend(element, day) {
    const shown = /\bws-z-([a-z_]+)/.exec(element.className);
    const before = element.dataset.gueltigkeit || (shown ? shown[1] : "gueltig");
    const state = advanced(before, element.dataset.bis, day);
    if (state === before) {
      return;
    }
    if (element.hidden) {
      element.className = "ws-marke ws-z-" + state;
      element.hidden = false;
    } else if (shown) {
      element.classList.replace(shown[0], "ws-z-" + state);
    }
    if (element.dataset.gueltigkeit) {
      element.dataset.gueltigkeit = state;
    }
    element.textContent = told("angaben" in element.dataset ? "angaben" : "bewertung", state,
      element.dataset.bis);
  }

  /** Correct everything below an element. */
  function mendAll(scope) {
    const day = today();
    scope.querySelectorAll("[data-bis]").forEach((element) => mend(element, day));
  }

  root.wissenGueltigkeit = {
    STATES: STATES, today: today, daysTo: daysTo, stateWith: stateWith, later: later, advanced: advanced, told: told
  };
  mendAll(document);
  addEventListener("pageshow", () => mendAll(document)); // a page may come back days later
}(window));
