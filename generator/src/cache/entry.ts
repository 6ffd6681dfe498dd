/**
 * Files of the cache. Each begins with the hash of what follows, so that a damaged one is as good as none; a
 * cache that cannot be written is no reason to fail.
 */
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";

const hashLength = 40;
const digest = (content: Buffer) => hash("sha1", content, "hex");

/** What was kept under this name; undefined when nothing was, or when it is damaged. */
export function readEntry(file: string): unknown {
  try {
    const entry = readFileSync(file);
    const content = entry.subarray(hashLength);
    return entry.toString("latin1", 0, hashLength) === digest(content)
      ? deserialize(content)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps data under a name, in one step: another process sees all of it or nothing. */
export function writeEntry(file: string, data: unknown): void {
  try {
    const content = serialize(data);
    const draft = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(draft, Buffer.concat([Buffer.from(digest(content), "latin1"), content]));
    renameSync(draft, file);
  } catch {
    // The next run makes it again.
  }
}
