/* Exact fractions: what is equal in the working is equal here, as in Python. */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich = root.wissenVergleich || {};
  const DECIMAL = /^(-?)(\d{1,30})(?:[.,](\d{0,30}))?$/;

  function common(a, b) {
    while (b) {
      [a, b] = [b, a % b];
    }
    return a;
  }

  class Bruch {
    constructor(above, below = 1n) {
      const sign = below < 0n ? -1n : 1n;
      const shared = common(above < 0n ? -above : above, below * sign) || 1n;
      this.above = sign * above / shared;
      this.below = sign * below / shared;
    }

    /** "12.5" or "12,5" as a fraction; null if it is no plain decimal number. */
    static read(text) {
      const found = DECIMAL.exec(String(text).trim());
      if (!found) {
        return null;
      }
      const places = found[3] || "";
      return new Bruch(BigInt(found[1] + found[2] + places), 10n ** BigInt(places.length));
    }

    plus(other) {
      return new Bruch(this.above * other.below + other.above * this.below,
        this.below * other.below);
    }

    minus(other) {
      return this.plus(new Bruch(-other.above, other.below));
    }

    times(other) {
      return new Bruch(this.above * other.above, this.below * other.below);
    }

    over(other) {
      return new Bruch(this.above * other.below, this.below * other.above);
    }

    /** -1, 0 or 1. */
    sign() {
      return this.above > 0n ? 1 : this.above < 0n ? -1 : 0;
    }

    compare(other) {
      return this.minus(other).sign();
    }

    abs() {
      return this.above < 0n ? new Bruch(-this.above, this.below) : this;
    }

    /** Rounded half up (away from zero) to so many decimal places; up or down instead if asked. */
    rounded(places, way = "half") {
      const scale = 10n ** BigInt(places);
      const size = (this.above < 0n ? -this.above : this.above) * scale;
      let whole = size / this.below;
      const rest = size % this.below;
      if (way === "half" ? rest * 2n >= this.below : way === "up" && rest > 0n) {
        whole += 1n;
      }
      return new Bruch(this.above < 0n ? -whole : whole, scale);
    }

    /** A plain decimal number with a dot, rounded to at most so many places, without idle zeros. */
    plain(places) {
      return this.digits(places).replace(/\.?0+$/, (zeros, at, all) =>
        (all.includes(".") ? "" : zeros));
    }

    digits(places) {
      const scale = 10n ** BigInt(places);
      const value = this.rounded(places);
      const whole = value.above * (scale / value.below);
      const size = (whole < 0n ? -whole : whole).toString().padStart(places + 1, "0");
      const cut = size.length - places;
      return (whole < 0n ? "-" : "") + size.slice(0, cut) + (places ? "." + size.slice(cut) : "");
    }

    /** As Germans write it: "1.234,50"; without `fixed` no idle zeros. */
    german(places, fixed = false) {
      const [whole, rest] = (fixed ? this.digits(places) : this.plain(places)).split(".");
      return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (rest ? "," + rest : "");
    }
  }

  Bruch.ZERO = new Bruch(0n);
  vergleich.Bruch = Bruch;
}(typeof globalThis === "undefined" ? this : globalThis));
