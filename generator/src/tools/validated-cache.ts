/**
 * Remembers which objects passed, so that an unchanged one is never checked twice. One text file of
 * hashes for each combination of validator, CRDs and Kubernetes version.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Host } from "./host.ts";

/** Past this the file holds mostly objects that no longer exist, and is begun anew. */
const hashesMax = 50_000;

/** Reads what passed before. In: the name of the combination; out: hashes, none when there is no file. */
export async function readPassed(combination: string, host: Host): Promise<ReadonlySet<string>> {
  const text = await readFile(fileOf(combination, host), "utf8").catch(() => "");
  return new Set(text.split("\n").filter((line) => line !== ""));
}

/**
 * Adds what passed now. In: the combination and the hashes. It reads the file once more, so that of
 * two runs at once at most the newest hashes of one are lost: they are checked again, no more. So are
 * those that a full or read-only cache does not take.
 */
export async function addPassed(
  combination: string,
  hashes: readonly string[],
  host: Host,
): Promise<void> {
  if (hashes.length === 0) return;
  const file = fileOf(combination, host);
  const before = await readPassed(combination, host);
  const kept = before.size > hashesMax ? [] : [...before];
  await write(file, `${[...new Set([...kept, ...hashes])].join("\n")}\n`).catch(() => undefined);
}

async function write(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } finally {
    // What a full disk took of it.
    await rm(unfinished, { force: true });
  }
}

function fileOf(combination: string, host: Host): string {
  return join(host.cache, "validated", combination);
}
