/** SQLite databases, by SQLite itself. */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  closeSync,
  rmSync,
  statSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

const header = "SQLite format 3\0";

export function isSqlite(file: string): boolean {
  return headOf(file).toString("latin1", 0, 16) === header;
}

function headOf(file: string): Buffer {
  const head = Buffer.alloc(100);
  const opened = openSync(file, "r");
  try {
    readSync(opened, head, 0, head.length, 0);
  } finally {
    closeSync(opened);
  }
  return head;
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

/**
 * On a copy, with the log of what was not yet in the file: the volume is read-only, and SQLite writes when it takes
 * such a log over.
 */
export function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "drill-"));
  try {
    const copy = path.join(folder, "copy.db");
    copyFileSync(file, copy);
    for (const log of ["-wal", "-journal"])
      if (existsSync(file + log)) copyFileSync(file + log, copy + log);
    const database = new DatabaseSync(copy);
    try {
      return use(database);
    } finally {
      database.close();
    }
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
