/** Data of a volume that a plan's checks find to be right. */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { DrillCheck, DrillVolume } from "../../../src/model/drill-plan.ts";

/** Fills a folder. In: what will be looked at, and when all of it was written. */
export function fill(folder: string, { checks }: DrillVolume, written: number): void {
  mkdirSync(folder, { recursive: true });
  const files = new Set(["one", "two", ...checks.flatMap(filesFor)]);
  const time = new Date(written);
  for (const name of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    write(file);
    utimesSync(file, time, time);
  }
}

function filesFor(check: DrillCheck): string[] {
  switch (check.is) {
    case "files":
      return Array.from({ length: check.atLeast }, (_, index) => `file-${index}`);
    case "newest":
      // A name with an ending is a file's own; `.storage` is a folder.
      return [path.extname(check.path) === "" ? path.join(check.path, "file") : check.path];
    case "whole":
      return [check.path];
    default:
      return [];
  }
}

const texts: Readonly<Record<string, string>> = {
  ".xml": "<Config><Port>1</Port></Config>\n",
  ".json": "{}\n",
};

function write(file: string): void {
  if (path.extname(file) !== ".sqlite") {
    writeFileSync(file, texts[path.extname(file)] ?? "some data\n");
    return;
  }
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE facts (id INTEGER); INSERT INTO facts VALUES (1)");
  database.close();
}

/** What PostgreSQL says of a cluster with the databases its plan asks for (drill/postgres.ts). */
export function answersFor({ checks }: DrillVolume): Readonly<Record<string, string>> {
  const names = checks.flatMap((check) => (check.is === "databases" ? check.names : []));
  return {
    databases: names.map((name) => `${name}\n`).join(""),
    rows: names.map((name) => `${name}\tpublic.facts\t3\n`).join(""),
    done: "",
  };
}
