import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of package.json. Sources and the bundle in `dist` lie at different depths, so both
 * walk up instead of counting.
 *
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {string}
 */
export function projectRoot(moduleUrl) {
  let folder = dirname(fileURLToPath(moduleUrl));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`package.json not found above ${moduleUrl}`);
    folder = parent;
  }
  return folder;
}
