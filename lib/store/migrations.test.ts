import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { derivePostgresqlSchema } from "../build/postgresql-schema.mjs";
import { projectRoot } from "../build/project-root.mjs";
import { diffMigrationsToModels } from "../build/schema-diff.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore } from "../testing/store.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { migrate, readMigrations } from "./migrate.ts";

describe.each(PROVIDERS)("migrations of %s", (provider) => {
  const newDatabase = async () => parseDatabaseUrl(await newDatabaseUrl(provider));

  test("and the models agree", async () => {
    expect(await diffMigrationsToModels(await newDatabase())).toBeNull();
  });

  test("are all applied to an empty database, in order, and then never again", async () => {
    const database = await newDatabase();
    const { migrationDirectories } = await readMigrations(provider);
    const names = migrationDirectories.map(({ path }) => path);
    expect(names.length).toBeGreaterThan(0);
    expect(await migrate(database)).toEqual(names);
    expect(await migrate(database)).toEqual([]);
  });

  test("leave what is stored alone when the server boots again", async () => {
    const url = await newDatabaseUrl(provider);
    const first = await openTestStore(url);
    const bin = await first.newBin();
    const captures = newCaptures(bin, 3);
    await first.append(captures);
    await first.close();
    const second = await openTestStore(url);
    expect((await second.all(bin)).map(({ id }) => id)).toEqual(captures.map(({ id }) => id));
    await second.close();
  });

  test("do not stand in the way of a second process that has the database open", async () => {
    const url = await newDatabaseUrl(provider);
    const first = await openTestStore(url);
    const second = await openTestStore(url);
    const bin = await second.newBin();
    await first.append(newCaptures(bin, 1));
    expect(await second.all(bin)).toHaveLength(1);
    await second.close();
    await first.close();
  });
});

test("both databases have the same migrations", async () => {
  const [sqlite, postgresql] = await Promise.all(
    PROVIDERS.map(async (provider) => (await readMigrations(provider)).migrationDirectories),
  );
  expect(postgresql!.map(({ path }) => path)).toEqual(sqlite!.map(({ path }) => path));
});

test("the PostgreSQL schema differs in the provider and the client's folder alone", async () => {
  const path = join(projectRoot(import.meta.url), "prisma/schema.prisma");
  const source = (await readFile(path, "utf8")).split("\n");
  const derived = derivePostgresqlSchema(source.join("\n")).split("\n");
  expect(derived).toHaveLength(source.length);
  const changed = derived.filter((line, i) => line !== source[i]).map((line) => line.trim());
  expect(changed).toEqual([
    expect.stringMatching(/^output +=/),
    expect.stringMatching(/^provider += "postgresql"$/),
  ]);
});
