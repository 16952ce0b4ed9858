/**
 * A Vite plugin for the catalogs. `import t from "locale:task"` gives the texts of the area `task`
 * in the current language; each language and area is a chunk of its own, loaded when it is needed.
 */

import { areas, catalogOf, filesOf, FOLDER, languages } from "./catalogs.mjs";
import { compile } from "./catalog.mjs";

const PREFIX = "locale:";
const RESOLVED = `\0${PREFIX}`;

export function catalogs() {
  return {
    name: "dayline-catalogs",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(RESOLVED)) return null;
      const name = id.slice(RESOLVED.length);
      if (name === "all") return allCode();
      const [language, area] = name.split("/");
      if (area === undefined) return areaCode(name);
      for (const file of filesOf(language, area)) this.addWatchFile(file);
      return compile(catalogOf(language, area));
    },
    /** A changed catalog reloads the page. */
    hotUpdate({ file }) {
      if (!file.startsWith(FOLDER)) return;
      this.environment.moduleGraph.invalidateAll();
      this.environment.hot.send({ type: "full-reload" });
    },
  };
}

const areaCode = (area) =>
  `import { textsOf } from "/src/text/texts.ts";\nexport default textsOf(${JSON.stringify(area)});\n`;

/** Exports the loaders of all catalogs: language → area → loader. */
function allCode() {
  const rows = languages().map((language) => {
    const loaders = areas().map((area) => `"${area}": () => import("${PREFIX}${language}/${area}")`);
    return `"${language}": { ${loaders.join(", ")} },`;
  });
  return `export default {\n${rows.join("\n")}\n};\n`;
}
