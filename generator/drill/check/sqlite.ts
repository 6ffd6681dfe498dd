/** SQLite databases, by SQLite itself. */
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { bytesAt } from "./volume.ts";

const header = "SQLite format 3\0";

export function isSqlite(file: string): boolean {
  return bytesAt(file, 0, 16).toString("latin1") === header;
}

/** Every page is there and every index fits to its table. */
export function wholeSqlite(file: string): string | undefined {
  if (!existsSync(file)) return "it is not there";
  if (statSync(file).size === 0) return "it is empty";
  if (!isSqlite(file)) return "it is no SQLite database";
  try {
    return withDatabase(file, (database) => {
      const answers = database
        .prepare("PRAGMA integrity_check(5)")
        .all()
        .map((row) => String(Object.values(row)[0]));
      return answers.length === 1 && answers[0] === "ok" ? undefined : answers.join("; ");
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where it lies, as the volume is read-only; only what was half changed has to be taken back, which is done on a copy. */
export function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T {
  return isHalfChanged(file)
    ? onCopy(file, (copy) => asked(new DatabaseSync(copy), use))
    : asked(openedAsItIs(file), use);
}

function asked<T>(database: DatabaseSync, use: (database: DatabaseSync) => T): T {
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** A rollback journal that begins with zeros, or with nothing, is one of a change that came to its end. */
const isHalfChanged = (file: string) =>
  existsSync(`${file}-journal`) && (bytesAt(`${file}-journal`, 0, 1)[0] ?? 0) !== 0;

/**
 * SQLite writes beside a database that it reads: locks, and an index of the log of what was not yet in the file
 * (https://sqlite.org/wal.html, "Read-Only Databases"). Who is alone needs neither.
 */
function openedAsItIs(file: string): DatabaseSync {
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const url = pathToFileURL(file);
  url.search = hasLog ? "vfs=unix-none" : "immutable=1";
  const database = new DatabaseSync(url, { readOnly: true });
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  return database;
}

function onCopy<T>(file: string, use: (copy: string) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "drill-"));
  try {
    const copy = path.join(folder, "copy.db");
    for (const part of ["", "-wal", "-journal"])
      if (existsSync(file + part)) copyFileSync(file + part, copy + part);
    return use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows of every table. */
export function rowsOf(database: DatabaseSync): Record<string, number> {
  const tables = database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
    .map((row) => String(row["name"]));
  return Object.fromEntries(tables.map((table) => [table, count(database, table)]));
}

const count = (database: DatabaseSync, table: string) =>
  Number(database.prepare(`SELECT count(*) AS rows FROM ${quoted(table)}`).get()?.["rows"] ?? 0);

/** The newest time in a column, in milliseconds since 1970: text as ISO 8601, or seconds or milliseconds. */
export function newestIn(
  database: DatabaseSync,
  table: string,
  column: string,
): number | undefined {
  const value = database
    .prepare(`SELECT max(${quoted(column)}) AS newest FROM ${quoted(table)}`)
    .get()?.["newest"];
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string" && !/^\d+(\.\d+)?$/.test(value)) {
    // SQLite's own functions write no zone and mean UTC.
    const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(" ", "T")}Z`;
    return Date.parse(zoned);
  }
  const number = Number(value);
  return number > 1e11 ? number : number * 1000;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
