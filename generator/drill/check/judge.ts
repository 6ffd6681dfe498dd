/** Looks at a restored volume: what is wrong with it, and what there is. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { DrillCheck } from "../../src/model/drill-plan.ts";
import { lost } from "./compare.ts";
import type { CheckRequest, Findings } from "./findings.ts";
import { readAnswers } from "./postgres.ts";
import type { PostgresAnswers } from "./postgres.ts";
import { newestIn, rowsOf, withDatabase, wholeSqlite } from "./sqlite.ts";
import { filesOf, linesOf } from "./volume.ts";
import { brokenEnd } from "./whole.ts";

interface Volume {
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
  readonly request: CheckRequest;
  /** Filled while databases are looked into, as are the databases of files. */
  readonly tables: Map<string, number>;
  readonly opened: Set<string>;
  /** Of a PostgreSQL cluster; rows are of SQLite databases without. */
  readonly answers: PostgresAnswers | undefined;
}

/** In: the folder a volume is mounted at, and the one with what PostgreSQL said of it. */
export async function judge(
  root: string,
  request: CheckRequest,
  answered?: string,
): Promise<Findings> {
  let files = 0;
  let bytes = 0;
  for (const file of filesOf(root)) {
    files += 1;
    bytes += file.bytes;
  }
  const answers = answered === undefined ? undefined : readAnswers(answered);
  const tables = new Map(Object.entries(answers?.rows ?? {}));
  const volume: Volume = { root, files, bytes, request, tables, opened: new Set(), answers };
  const wrong: string[] = bytes === 0 ? ["the volume is empty"] : [];
  if (answers?.wrong !== undefined) wrong.push(answers.wrong);
  for (const check of request.checks) wrong.push(...(await told(volume, check)));
  const inventory = {
    files,
    bytes,
    ...(tables.size === 0 ? {} : { tables: Object.fromEntries(tables) }),
  };
  wrong.push(...lost(request.before, inventory, (table) => isKnown(volume, table)));
  return { wrong, inventory };
}

/** Whether it would have been found, were it there. */
const isKnown = ({ answers, opened }: Volume, table: string): boolean =>
  answers === undefined
    ? [...opened].some((database) => table.startsWith(`${database}/`))
    : answers.wrong === undefined;

async function told(volume: Volume, check: DrillCheck): Promise<string[]> {
  try {
    return await found(volume, check);
  } catch (error) {
    return [`${check.is}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function found(volume: Volume, check: DrillCheck): string[] | Promise<string[]> {
  switch (check.is) {
    case "files":
      return enough(volume, check);
    case "newest":
      return recentFile(volume, check);
    case "whole":
      return wholeFile(volume, check.path);
    case "databases":
      return withRows(volume, check);
    case "checksums":
      return sameSums(volume, check.path);
    case "rows":
      return enoughRows(volume, check);
    case "newest-row":
      return recentRow(volume, check);
  }
}

function enough({ files, bytes }: Volume, check: DrillCheck & { is: "files" }): string[] {
  return [
    ...(files < check.atLeast
      ? [`${files} files are there; at least ${check.atLeast} were expected`]
      : []),
    ...(bytes < check.bytes
      ? [`the files hold ${bytes} bytes; at least ${check.bytes} were expected`]
      : []),
  ];
}

/** What is younger than the backup was not in it: a program that made it anew proves nothing. */
const clockSlack = 5 * 60_000;

function recentFile(
  { root, request }: Volume,
  { path: at, within }: DrillCheck & { is: "newest" },
): string[] {
  const where = at === "" ? "the volume" : at;
  let newest: number | undefined;
  for (const { changed } of filesOf(root, at))
    if (changed <= request.ended + clockSlack) newest = Math.max(newest ?? changed, changed);
  if (newest === undefined) return [`no file from before the backup is in ${where}`];
  return tooOld(`the newest file of ${where}`, newest, request, within);
}

function tooOld(what: string, newest: number, { started }: CheckRequest, within: number): string[] {
  const age = Math.round((started - newest) / 1000);
  return age <= within
    ? []
    : [
        `${what} is of ${new Date(newest).toISOString()}, ${age} s before the backup; at most ${within} s were expected`,
      ];
}

async function wholeFile({ root }: Volume, at: string): Promise<string[]> {
  const file = path.join(root, at);
  if (!existsSync(file)) return [`${at} is not there`];
  const broken = await brokenEnd(file);
  return broken === undefined ? [] : [`${at} is not whole: ${broken}`];
}

/** So many sums that are wrong tell enough. */
const wrongSums = 20;

/** Lines as sha256sum writes them; paths are relative to the list. */
async function sameSums({ root }: Volume, at: string): Promise<string[]> {
  const list = path.join(root, at);
  if (!existsSync(list)) return [`${at} is not there`];
  const wrong: string[] = [];
  let lines = 0;
  for await (const line of linesOf(list)) {
    lines += 1;
    wrong.push(...(await wrongSum(list, at, line)));
    if (wrong.length === wrongSums) break;
  }
  return lines === 0 ? [`${at} names no file`] : wrong;
}

async function wrongSum(list: string, at: string, line: string): Promise<string[]> {
  const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
  if (name === undefined) return [`${at} holds a line that is no SHA-256 sum`];
  const file = path.resolve(path.dirname(list), name);
  if (!existsSync(file)) return [`${name} is in ${at}, and not there`];
  return (await sha256(file)) === sum ? [] : [`${name} is not what ${at} says`];
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function withRows({ answers }: Volume, { names }: DrillCheck & { is: "databases" }): string[] {
  // What a server that did not answer would have said is not known.
  if (answers === undefined || answers.wrong !== undefined) return [];
  return names.flatMap((name) => {
    if (!answers.databases.includes(name)) return [`database ${name} is not there`];
    const rows = Object.entries(answers.rows).filter(([table]) => table.startsWith(`${name}/`));
    return rows.some(([, count]) => count > 0) ? [] : [`no table of database ${name} has a row`];
  });
}

/** Rows of a database by table: of a file of the volume, or as PostgreSQL said. */
function enoughRows(volume: Volume, { path: at, atLeast }: DrillCheck & { is: "rows" }): string[] {
  return ofDatabase(volume, at, (rows) =>
    Object.entries(atLeast).flatMap(([table, least]) => {
      const there = rows[table];
      if (there === undefined) return [`${at} has no table ${table}`];
      return there < least
        ? [`table ${table} of ${at} has ${there} rows; at least ${least} were expected`]
        : [];
    }),
  );
}

function recentRow(volume: Volume, check: DrillCheck & { is: "newest-row" }): string[] {
  const { path: at, table, column, within } = check;
  return ofDatabase(volume, at, (rows) => {
    if (rows[table] === undefined) return [`${at} has no table ${table}`];
    const newest =
      volume.answers === undefined
        ? withDatabase(path.join(volume.root, at), (database) => newestIn(database, table, column))
        : volume.answers.newest[`${at}/${table}/${column}`];
    if (newest === undefined) return [`table ${table} of ${at} has no row with ${column}`];
    if (Number.isNaN(newest)) return [`${column} of table ${table} of ${at} holds no time`];
    return tooOld(`the newest row of table ${table} of ${at}`, newest, volume.request, within);
  });
}

/** A database that is not whole is not asked anything. */
function ofDatabase(
  { root, tables, opened, answers }: Volume,
  at: string,
  ask: (rows: Readonly<Record<string, number>>) => string[],
): string[] {
  if (answers !== undefined) return answers.wrong === undefined ? ask(ofPostgres(answers, at)) : [];
  const file = path.join(root, at);
  if (!existsSync(file)) return [`${at} is not there`];
  const broken = wholeSqlite(file);
  if (broken !== undefined) return [`${at} is not whole: ${broken}`];
  const rows = withDatabase(file, rowsOf);
  opened.add(at);
  for (const [table, count] of Object.entries(rows)) tables.set(`${at}/${table}`, count);
  return ask(rows);
}

function ofPostgres({ rows }: PostgresAnswers, database: string): Record<string, number> {
  const mine = Object.entries(rows).filter(([table]) => table.startsWith(`${database}/`));
  return Object.fromEntries(
    mine.map(([table, count]) => [table.slice(database.length + 1), count]),
  );
}
