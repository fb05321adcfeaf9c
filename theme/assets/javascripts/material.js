/* What the script of Material expects to be there: the site's root, and a place for small notes in this
   browser, called after it.  Only static pages load either. */
(function () {
  "use strict";
  var root = new URL("../../", document.currentScript.src);

  window.__md_scope = root;
  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (sum, sign) {
      return (sum << 5) - sum + sign.charCodeAt(0);
    }, 0);
  };
  window.__md_get = function (name, storage, scope) {
    return JSON.parse((storage || localStorage).getItem((scope || root).pathname + "." + name));
  };
  window.__md_set = function (name, value, storage, scope) {
    try {
      (storage || localStorage).setItem((scope || root).pathname + "." + name, JSON.stringify(value));
    } catch (error) { /* no storage, no note */ }
  };
}());
