/**
 * The PostgreSQL schema: the SQLite one with another provider, and an output to match.
 *
 * @param {string} schema the text of prisma/schema.prisma
 * @returns {string}
 */
export function derivePostgresqlSchema(schema) {
  const derived = schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../lib/store/generated/sqlite"', '"./postgresql"');
  if (!derived.includes('"postgresql"') || !derived.includes('"./postgresql"')) {
    throw new Error("prisma/schema.prisma no longer has the lines that this derivation replaces");
  }
  return derived;
}
