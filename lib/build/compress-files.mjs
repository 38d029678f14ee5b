import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

/** Smaller ones fit into one packet as they are. */
const MIN_BYTES = 1024;

/**
 * Writes a Brotli copy, `.br`, beside each script and style below a folder.
 * @param {string} folder
 */
export async function compressFiles(folder) {
  const compress = promisify(brotliCompress);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    names
      .filter((name) => /\.(js|css)$/.test(name))
      .map(async (name) => {
        const file = join(folder, name);
        const bytes = readFileSync(file);
        if (bytes.length >= MIN_BYTES) writeFileSync(`${file}.br`, await compress(bytes));
      }),
  );
}
