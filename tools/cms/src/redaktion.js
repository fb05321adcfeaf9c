// redaktion/: starts Sveltia with the configuration beside the page, reads and writes records the
// way `wissen` does, and asks the web form's checks before anything is saved.
import CMS from "@sveltia/cms";
import { FileForm } from "./dateiform.js";
import { guarded } from "./waechter.js";

const form = globalThis.wissenFormular;
const config = withExpressions(globalThis.wissenRedaktion);

/** Patterns as expressions: Sveltia would make them without the flag that ours are written for. */
function withExpressions(value) {
  if (Array.isArray(value)) {
    return value.map(withExpressions);
  }
  return value === null || typeof value !== "object" ? value : Object.fromEntries(Object.entries(value)
    .map(([key, inner]) => [key, key === "pattern" ? [new RegExp(inner[0], "u"), inner[1]] : withExpressions(inner)]));
}

// The wiki is German, and so is its editor, whatever the browser speaks.
Object.defineProperty(navigator, "languages", { get: () => ["de"] });

for (const [name, ending, markdown] of [["frontmatter", "md", true], ["yml", "yml", false], ["yaml", "yaml", false]]) {
  const file = new FileForm(form, markdown);
  CMS.registerCustomFormat(`wissen-${name}`, ending, {
    fromFile: (text) => file.read(text),
    toFile: (content) => file.write(content)
  });
}
CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => guarded(form, entry.toJS()) });
CMS.init({ config });
