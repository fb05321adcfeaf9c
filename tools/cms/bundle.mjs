// Bundles Sveltia CMS for redaktion/: one ES module with its parts, nothing from elsewhere.
//
// node bundle.mjs TARGET.  Left out is what needs another server, and what weighs megabytes and no record
// of ours can use: maps, conversion of pictures, languages of the surface but German and English, and
// colouring of programming languages but those of LANGUAGES.  The same input gives the same bytes.
import * as esbuild from "esbuild";
import { cpSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { patched } from "./patches.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, process.argv[2]);
const sveltia = join(here, "node_modules/@sveltia/cms");
const LANGUAGES = new Set(["json", "xml", "yaml"]);
const LOCALES = new Set(["de.json", "en-GB.json"]); // American English is part of the script
const ABSENT = /^(?:leaflet\/|terra-draw|svgo\/|exifr\/)|\/(?:heic|webp_enc|webp_enc_simd)-[\w-]+\.js$/;
const FONTS = /\.woff2$|\.LICENSE\.txt$/;

const leaner = {
  name: "leaner",
  setup(build) {
    const absent = () => ({ path: "fehlt", namespace: "absent" });
    const last = (path) => path.split("/").pop();
    build.onResolve({ filter: /^@shikijs\/langs\// }, ({ path }) => (LANGUAGES.has(last(path)) ? undefined : absent()));
    build.onResolve({ filter: /\/locales\/[\w-]+\.json$/ }, ({ path }) => (LOCALES.has(last(path)) ? undefined : absent()));
    build.onResolve({ filter: ABSENT }, absent);
    build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "export default [];" }));
    build.onLoad({ filter: /@sveltia[\\/]cms[\\/]npm[\\/]index\.js$/ }, ({ path }) =>
      ({ contents: patched(readFileSync(path, "utf8")), loader: "js" }));
  }
};

await esbuild.build({
  entryPoints: { redaktion: "src/redaktion.js" },
  outdir: target,
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  splitting: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  chunkNames: "teile/[name]-[hash]",
  plugins: [leaner],
  logLevel: "warning"
});

// Reading and writing files, by itself, for the tests.
await esbuild.build({
  entryPoints: { dateiform: "src/dateiform.js" },
  outdir: here,
  outExtension: { ".js": ".mjs" },
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  logLevel: "warning"
});

// Fonts are found beside the script; their licences and that of Sveltia go with them.
mkdirSync(join(target, "assets"), { recursive: true });
for (const name of readdirSync(join(sveltia, "npm/assets")).filter((n) => FONTS.test(n)).sort()) {
  cpSync(join(sveltia, "npm/assets", name), join(target, "assets", name));
}
cpSync(join(sveltia, "LICENSE.txt"), join(target, "LICENSE.txt"));
for (const name of ["redaktion.css", "logo.svg"]) {
  cpSync(join(here, "src", name), join(target, name));
}
