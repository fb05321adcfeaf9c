/* Giving out what was written: a file, a text to copy, a mail, or the "new file" page of the forge. */
(function (root) {
  "use strict";

  const form = root.wissenFormular;
  const { make, button, aside } = form.bau;
  const LONGEST_ADDRESS = 7000; // GitHub and most proxies refuse more than 8,000 bytes
  const LONGEST_MAIL = 1800; // Outlook cuts longer ones
  const NAMES = { github: "GitHub", gitlab: "GitLab", gitea: "Gitea" };
  const encode = encodeURIComponent;
  const encodePath = (path) => path.split("/").map(encode).join("/");

  const wiki = () => form.table().wiki;

  /** Pages of the configured repository. */
  function forge() {
    const repository = wiki().repository;
    if (!repository) {
      return null;
    }
    const { art, adresse, zweig, ordner } = repository;
    const below = (path) => encodePath([ordner, path].filter(Boolean).join("/"));
    const branch = encodePath(zweig);
    return {
      name: NAMES[art],
      edit: (path) => adresse + { github: "/edit/", gitlab: "/-/edit/", gitea: "/_edit/" }[art] + branch + "/" + below(path),
      /** [address, whether it brings the text along] */
      create(folder, name, text) {
        const page = adresse + { github: "/new/", gitlab: "/-/new/", gitea: "/_new/" }[art] + branch + "/" + below(folder);
        if (art === "gitlab") { // takes a name, but no text
          return [page + "?file_name=" + encode(name), false];
        }
        const full = page + "?filename=" + encode(name) + "&value=" + encode(text);
        return full.length <= LONGEST_ADDRESS ? [full, true] : [page + "?filename=" + encode(name), false];
      }
    };
  }

  function download(name, text) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /** Put a text on the clipboard; without permission, the old way. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      const area = make("textarea", { class: "ws-unsichtbar", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const worked = document.execCommand("copy");
      area.remove();
      return worked;
    }
  }

  function copyButton(text, label, said) {
    return button(label, async () => {
      said.textContent = await copy(text) ? "Der Text liegt in der Zwischenablage." : "Kopieren ging nicht. Bitte den Text unten markieren und kopieren.";
    });
  }

  function mail(subject, text) {
    const to = wiki().kontakt;
    if (!to) {
      return null;
    }
    const body = text.length <= LONGEST_MAIL ? text : "Bitte die heruntergeladene Datei anhängen.";
    return make("a", { class: "ws-knopf", href: "mailto:" + to + "?subject=" + encode(subject) + "&body=" + encode(body) }, "Per E-Mail an die Redaktion");
  }

  /** One file with the ways to give it out. */
  function fileBox(record, said) {
    const folder = form.zustand.typeOf(record.typ).ordner;
    const name = record.id + ".md";
    const text = form.yaml.file(record);
    const site = forge();
    const ways = [];
    if (site) {
      const [address, isFilled] = site.create(folder, name, text);
      const open = aside(address, isFilled ? "Auf " + site.name + " anlegen" : "Text kopieren und " + site.name + " öffnen");
      open.className = "ws-knopf ws-knopf--voll";
      if (!isFilled) {
        open.addEventListener("click", () => {
          copy(text);
          said.textContent = "Der Text liegt in der Zwischenablage. Auf der neuen Seite einfügen (Strg+V).";
        });
      }
      ways.push(open);
    }
    ways.push(button("Datei herunterladen", () => {
      download(name, text);
      said.textContent = "Die Datei " + name + " liegt bei Ihren Downloads.";
    }, { class: site ? "ws-knopf" : "ws-knopf ws-knopf--voll" }), copyButton(text, "Text kopieren", said));
    const letter = site ? null : mail("Wissensspeicher: " + record.daten.titel, text);
    return make("div", { class: "ws-formular__datei" },
      make("h3", {}, make("code", {}, folder + "/" + name)),
      make("p", { class: "ws-formular__knoepfe" }, ways, letter),
      make("details", {}, make("summary", {}, "Inhalt der Datei ansehen"), make("pre", { tabindex: "0", "aria-label": "Inhalt von " + name }, make("code", {}, text))));
  }

  /** What to do next, told for this wiki. */
  function steps(count) {
    const site = forge();
    const these = count === 1 ? "die Datei" : "die Dateien";
    if (site) {
      return [
        "Öffnen Sie " + site.name + " mit dem Knopf unten. Der Name der Datei" + (site.name === "GitLab" ? " steht schon da; fügen Sie den Text ein." : " und der Text stehen schon da."),
        "Speichern Sie mit „Commit“. Ohne Schreibrecht legt " + site.name + " von selbst einen Änderungsvorschlag an.",
        "Die Redaktion sieht den Vorschlag durch und veröffentlicht ihn."
      ];
    }
    const office = wiki().redaktion || "die Redaktion";
    return [
      "Laden Sie " + these + " herunter.",
      "Schicken Sie " + these + " an " + office + (wiki().kontakt ? " (" + wiki().kontakt + ")" : "") + ".",
      "Die Redaktion sieht den Eintrag durch und veröffentlicht ihn."
    ];
  }

  /** The finished part of the page. */
  function result(entries) {
    const said = make("p", { role: "status", class: "ws-formular__gesagt" });
    const records = entries.map(form.zustand.record);
    return make("section", { class: "ws-formular__fertig", "aria-labelledby": "f-fertig" },
      make("h2", { id: "f-fertig", tabindex: "-1" }, records.length === 1 ? "Fertig: Ihr Eintrag ist geprüft" : "Fertig: Ihre " + records.length + " Einträge sind geprüft"),
      make("ol", {}, steps(records.length).map((text) => make("li", {}, text))), said,
      records.map((record) => fileBox(record, said)),
      make("details", {}, make("summary", {}, "Was erst der Antrag prüft"),
        make("p", {}, "Das Formular kennt nur Ihren Eintrag. Im Antrag wird zusätzlich geprüft,"),
        make("ul", {}, form.table().nur_antrag.map((text) => make("li", {}, text + (text.endsWith(".") ? "" : ";"))))));
  }

  form.ausgabe = { forge, result, copyButton, mail, download };
}(typeof globalThis === "undefined" ? this : globalThis));
