/** What a PostgreSQL server said of a restored cluster (drill/postgres.ts). */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface PostgresAnswers {
  readonly wrong: string | undefined;
  readonly databases: readonly string[];
  /** Rows by `database/schema.table`. */
  readonly rows: Readonly<Record<string, number>>;
  /** Milliseconds since 1970 by `database/table/column`. */
  readonly newest: Readonly<Record<string, number>>;
}

export function readAnswers(folder: string): PostgresAnswers {
  const lines = (file: string) => {
    const at = path.join(folder, file);
    return existsSync(at)
      ? readFileSync(at, "utf8")
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => line.split("\t"))
      : [];
  };
  const failed = path.join(folder, "failed");
  const wrong = existsSync(failed)
    ? readFileSync(failed, "utf8")
        .trim()
        .replaceAll(/\s*\n\s*/g, "; ")
    : existsSync(path.join(folder, "done"))
      ? undefined
      : "nobody asked PostgreSQL to its end";
  return {
    wrong,
    databases: lines("databases").flatMap(([name]) => name ?? []),
    rows: Object.fromEntries(
      lines("rows").map(([database, table, count]) => [`${database}/${table}`, Number(count)]),
    ),
    newest: Object.fromEntries(
      lines("newest").flatMap(([database, table, column, seconds = ""]) =>
        seconds === "" ? [] : [[`${database}/${table}/${column}`, Number(seconds) * 1000]],
      ),
    ),
  };
}
