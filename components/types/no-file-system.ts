/** In place of Node's `fs`, which quicktype-core names and does not use in a browser. */
export const createReadStream = undefined;
export const existsSync = undefined;
export const lstatSync = undefined;
export const readlinkSync = undefined;
