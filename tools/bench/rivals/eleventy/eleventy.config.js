// Plain Eleventy: one page per record, paginated lists per type.  Markdown runs no template engine,
// which is the faster setting and the safe one for texts of others.
const LIMIT = 50;
const FOLDERS = ["ag-ergebnisse", "anbieter", "arbeitsgruppen", "best-practices", "bewertungen", "glossar", "kriterienkataloge", "loesungen", "organisationen", "projekte"];

module.exports = function (config) {
  config.setQuietMode(true);
  config.addGlobalData("layout", "record.njk");
  config.addGlobalData("folders", FOLDERS);
  config.addFilter("day", (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value));
  for (const folder of FOLDERS) {
    config.addCollection(folder, (api) =>
      api.getAll().filter((item) => item.filePathStem.startsWith(`/${folder}/`)).sort((a, b) => a.data.title.localeCompare(b.data.title, "de")),
    );
    const matter = `---\nlayout: list.njk\ntitle: ${folder}\npagination: {data: collections.${folder}, size: ${LIMIT}}\npermalink: "/${folder}/{% if pagination.pageNumber %}seite-{{ pagination.pageNumber + 1 }}/{% endif %}index.html"\n---\n`;
    config.addTemplate(`liste-${folder}.njk`, matter);
  }
  config.addTemplate("index.njk", "---\nlayout: base.njk\ntitle: Start\npermalink: /index.html\n---\n<h1>Wissensspeicher</h1>");
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
};
