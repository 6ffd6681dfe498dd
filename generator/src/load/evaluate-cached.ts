/**
 * Authored files that have not changed are not run again: what each exported is kept by the hash of its text.
 * A file that imports others than `#rzp` may depend on more than its text and is always run.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import { evaluateFiles } from "./evaluate.ts";
import type { Evaluation } from "./evaluate.ts";
import { importsOthers } from "../cache/imports.ts";
import { authoredFiles } from "./tree.ts";
import type { SourceTree } from "../model/tree.ts";

/** When more files are run, this thread has the time to load the model while it waits. */
const judgedMost = 8;

/** In: the tree, the cache of this generator. Out and problems: those of evaluateFiles for all its files. */
export async function evaluateCached(
  tree: SourceTree,
  cache: string | undefined,
): Promise<Evaluation> {
  const files = authoredFiles(tree);
  if (cache === undefined) return evaluateFiles(tree.root, files);
  const entry = path.join(cache, "authored", hashOf(tree.root));
  const keys = new Map(files.map((file) => [file, keyOf(file, tree.sources.get(file) ?? "")]));
  const kept = readKept(entry);
  const known = new Map(
    files.flatMap((file) => {
      const key = keys.get(file);
      return key !== undefined && kept.has(key) ? [[file, kept.get(key)] as const] : [];
    }),
  );
  const others = files.filter((file) => !known.has(file));
  const { values, judged, problems } = await evaluateFiles(tree.root, others, {
    judges: others.length <= judgedMost,
  });
  const fresh = [...values].filter(
    ([file]) => keys.get(file) !== undefined && isAsRead(tree, file),
  );
  if (fresh.length > 0)
    writeEntry(
      entry,
      new Map([...known, ...fresh].map(([file, value]) => [keys.get(file), value])),
    );
  return { values: new Map([...known, ...values]), ...(judged && { judged }), problems };
}

/** One that was saved after it was read exports what another text says. */
function isAsRead({ root, sources }: SourceTree, file: string): boolean {
  try {
    return readFileSync(path.join(root, file), "utf8") === sources.get(file);
  } catch {
    return false;
  }
}

function readKept(entry: string): ReadonlyMap<unknown, unknown> {
  const kept = readEntry(entry);
  return kept instanceof Map ? kept : new Map();
}

/** Undefined for a file that must be run. */
function keyOf(file: string, text: string): string | undefined {
  return importsOthers(text) ? undefined : hashOf(`${file}\0${text}`);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
