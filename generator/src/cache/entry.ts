/**
 * Files of the cache. Each begins with the hash of what follows, so that a damaged one is as good as none; a
 * cache that cannot be written is no reason to fail.
 */
import { hash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writevSync,
} from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";

const hashLength = 40;
const digest = (content: Buffer) => hash("sha1", content, "hex");

/** What was kept under this name; undefined when nothing was, or when it is damaged. */
export function readEntry(file: string): unknown {
  return readProved(file, deserialize);
}

/** The same of what `writeJson` has kept. */
export function readJson(file: string): unknown {
  return readProved(file, (content): unknown => JSON.parse(content.toString()));
}

/** Keeps data under a name, in one step: another process sees all of it or nothing. */
export function writeEntry(file: string, data: unknown): void {
  writeProved(file, () => serialize(data));
}

/** The same for lists and maps of texts, of which there are many: read in a quarter of the time. */
export function writeJson(file: string, data: unknown): void {
  writeProved(file, () => Buffer.from(JSON.stringify(data)));
}

function readProved(file: string, read: (content: Buffer) => unknown): unknown {
  // Asked first: a first run looks for a thousand that are not there, and an error is made in ten times as long.
  if (!existsSync(file)) return undefined;
  try {
    const entry = readFileSync(file);
    const content = entry.subarray(hashLength);
    return entry.toString("latin1", 0, hashLength) === digest(content) ? read(content) : undefined;
  } catch {
    return undefined;
  }
}

function writeProved(file: string, print: () => Buffer): void {
  try {
    const content = print();
    const draft = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true });
    const entry = openSync(draft, "w");
    try {
      writevSync(entry, [Buffer.from(digest(content), "latin1"), content]);
    } finally {
      closeSync(entry);
    }
    renameSync(draft, file);
  } catch {
    // The next run makes it again.
  }
}
