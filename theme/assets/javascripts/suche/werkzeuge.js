/* Above a list of results: its order, cards or a table, and the file for a spreadsheet. */
(function (root) {
  "use strict";

  const suche = root.wissenSuche;
  const make = suche.treffer.make;
  const ORDERS = { "": "", neu: "Neueste zuerst", titel: "Titel von A bis Z", frist: "Läuft als Nächstes ab" };

  class Tools {
    constructor(onChange, onSave) {
      this.order = "";
      this.isTable = false;
      this.onChange = onChange;
      this.orders = make("select", "");
      this.orders.addEventListener("change", () => this.sort(this.orders.value));
      this.look = button("", () => {
        this.isTable = !this.isTable;
        onChange();
      });
      const save = button("Auswahl speichern (CSV)", async () => {
        save.disabled = true;
        try {
          await onSave();
        } catch (error) {
          save.textContent = "Das Speichern ging nicht. Bitte laden Sie die Seite neu.";
        }
        save.disabled = false;
      });
      this.element = make("div", "ws-suche__werkzeuge", make("label", "", "Sortieren: ", this.orders),
        this.look, save);
    }

    sort(order) {
      this.order = order;
      this.onChange();
    }

    /** Take order and look from the parameters of an address. */
    read(parameters) {
      this.order = parameters.get("sort") in ORDERS ? parameters.get("sort") : "";
      this.isTable = parameters.get("ansicht") === "tabelle";
    }

    write(parameters) {
      if (this.order) {
        parameters.set("sort", this.order);
      }
      if (this.isTable) {
        parameters.set("ansicht", "tabelle");
      }
    }

    /** usual: what the order is called that nobody chose; titles have one among one kind of records only. */
    show(total, usual, isOneKind) {
      const names = Object.keys(ORDERS).filter((name) => name !== "titel" || isOneKind || this.order === name);
      this.orders.replaceChildren(...names.map((name) => {
        const option = make("option", "", ORDERS[name] || usual);
        option.value = name;
        option.selected = name === this.order;
        return option;
      }));
      this.look.textContent = this.isTable ? "Als Karten zeigen" : "Als Tabelle zeigen";
      this.element.hidden = total === 0;
    }
  }

  function button(text, action) {
    const element = make("button", "ws-knopf ws-knopf--klein", text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  suche.werkzeuge = { Tools: Tools };
}(typeof globalThis === "undefined" ? this : globalThis));
