/* The data of the records to compare: one script file each, loaded when it is needed.
 *
 * A file calls wissenVergleich.laden(id, data), or wissenVergleich.umzug(formerId, id) if a record has
 * another id now. Written by generator/pages/comparing.py. Nothing is fetched: works from file:// too.
 */
(function (root) {
  "use strict";

  const vergleich = root.wissenVergleich = root.wissenVergleich || {};
  const ID = /^[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?$/;
  const MOST = 5;
  const loaded = new Map();
  const moved = new Map();

  vergleich.laden = (id, data) => { loaded.set(id, data); };
  vergleich.umzug = (former, id) => { moved.set(former, id); };

  function addScript(url) {
    return new Promise((resolve) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = element.onerror = () => { element.remove(); resolve(); };
      document.head.append(element);
    });
  }

  /** The data of a record with its id as of today, or null if there is none. */
  async function one(id, pattern) {
    if (!loaded.has(id) && !moved.has(id)) {
      await addScript(pattern.replace(":id", id));
    }
    if (moved.has(id)) {
      const today = moved.get(id);
      moved.delete(id);
      return one(today, pattern);
    }
    return loaded.has(id) ? Object.assign({ id: id }, loaded.get(id)) : null;
  }

  /** {records, missing, more} for ids; each record once, at most five. */
  async function all(ids, pattern) {
    const wanted = [...new Set(ids)].filter((id) => ID.test(id));
    const found = await Promise.all(wanted.slice(0, MOST).map((id) => one(id, pattern)));
    const records = [];
    found.forEach((record) => {
      if (record && !records.some((other) => other.id === record.id)) {
        records.push(record);
      }
    });
    return {
      records: records,
      missing: wanted.slice(0, MOST).filter((id, number) => !found[number]),
      more: Math.max(0, wanted.length - MOST),
    };
  }

  vergleich.daten = { all: all, MOST: MOST };
}(typeof globalThis === "undefined" ? this : globalThis));
