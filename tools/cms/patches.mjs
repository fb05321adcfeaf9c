// What is changed in Sveltia's script before it is bundled, so that it needs no other server and obeys
// a strict Content-Security-Policy.  Every change must be found exactly as often as it says: a new
// version that looks different stops the bundling instead of slipping through.

/** Variable that holds a text, in minified code. */
function holding(code, text) {
  const found = code.match(new RegExp("([\\w$]+)=`" + text.replace(/[.?/$]/g, "\\$&") + "`"));
  if (!found) {
    throw new Error(`Sveltia no longer holds ${text}; look at tools/cms/patches.mjs`);
  }
  return found[1].replace(/\$/g, "\\$");
}

const GITHUB_STATUS = "https://www.githubstatus.com/api/v2/status.json";
const GITLAB_STATUS = "https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7";
const PLACES = "https://nominatim.openstreetmap.org/search";

const PATCHES = [
  {
    // Styles of components: as constructed style sheets instead of <style>, which the policy refuses.
    find: () => /var n=e\.getRootNode\(\),r=n\.host\?n:n\.head\?\?n\.ownerDocument\.head;if\(!r\.querySelector\(`#`\+t\.hash\)\)\{let e=\w+\(`style`\);e\.id=t\.hash,e\.textContent=t\.code,r\.appendChild\(e\)\}/g,
    put: "var n=e.getRootNode(),r=n.adoptedStyleSheets?n:n.ownerDocument,a=r.wissenStyles??=new Set;"
      + "if(!a.has(t.hash)){a.add(t.hash);let s=new CSSStyleSheet;s.replaceSync(t.code);r.adoptedStyleSheets.push(s)}"
  },
  // The same for the one style that stands in its markup; redaktion.css has it.
  { find: () => /<svelte-css-wrapper style="display: contents">/g, put: "<svelte-css-wrapper>", times: 8 },
  // The first logo, shown before the configuration is read, is fetched from within the script: ours, as a file.
  { find: () => /`data:image\/svg\+xml;base64,\$\{btoa\([\w$]+\)\}`/g, put: "`logo.svg`" },
  // Whether a forge is up is asked at companies that have nothing to do with a self-hosted one.
  { find: (code) => new RegExp("await [\\w$]+\\(" + holding(code, GITHUB_STATUS) + "\\)", "g"), put: "{status:{indicator:`none`}}" },
  { find: (code) => new RegExp("await [\\w$]+\\(" + holding(code, GITLAB_STATUS) + "\\)", "g"), put: "{result:{status_overall:{status_code:100}}}" },
  // Maps: no field of ours has one.
  { find: (code) => new RegExp("await [\\w$]+\\(`\\$\\{" + holding(code, PLACES) + "\\}\\?\\$\\{[\\w$]+\\}`\\)", "g"), put: "[]" },
  { find: () => /https:\/\/\{s\}\.tile\.openstreetmap\.org\/\{z\}\/\{x\}\/\{y\}\.png/g, put: "" },
  // Addresses of the bundle that loads its parts from elsewhere; this one has them all.
  { find: () => /https:\/\/unpkg\.com/g, put: "", times: 4 },
  { find: () => /https:\/\/cdn\.jsdelivr\.net/g, put: "", times: 3 }
];

/** Sveltia's script with every change. */
export function patched(code) {
  let result = code;
  for (const { find, put, times = 1 } of PATCHES) {
    const expression = find(code);
    const found = result.match(expression)?.length ?? 0;
    if (found !== times) {
      throw new Error(`${expression} was found ${found} times instead of ${times}; look at tools/cms/patches.mjs`);
    }
    result = result.replace(expression, () => put);
  }
  return result;
}
