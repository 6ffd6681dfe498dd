/** The files of a restored volume, as they were backed up. Neither many of them nor a large one is ever held in memory at once. */
import { closeSync, createReadStream, lstatSync, opendirSync, openSync, readSync } from "node:fs";
import path from "node:path";

export interface VolumeFile {
  readonly bytes: number;
  readonly changed: number;
}

/** Velero's own mark in a volume it has filled, and what file systems make themselves. */
const notData = new Set([".velero", "lost+found"]);

/** Those below a folder of the volume, or the file itself, one after the other. */
export function* filesOf(root: string, at = ""): Generator<VolumeFile> {
  const own = path.join(root, at);
  const found = lstatSync(own, { throwIfNoEntry: false });
  if (found?.isFile() === true) yield { bytes: found.size, changed: found.mtimeMs };
  if (found?.isDirectory() !== true) return;
  const folder = opendirSync(own);
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync())
      if (at !== "" || !notData.has(entry.name)) yield* filesOf(root, path.join(at, entry.name));
  } finally {
    folder.closeSync();
  }
}

/** So many bytes of a file, fewer where it ends. */
export function bytesAt(file: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const opened = openSync(file, "r");
  try {
    return bytes.subarray(0, readSync(opened, bytes, 0, length, offset));
  } finally {
    closeSync(opened);
  }
}

/** Longer than a path may be. */
const longestLine = 65_536;

/** Lines of a text that are not empty; one that is too long to be meant is cut, and the last. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of createReadStream(file, "utf8") as AsyncIterable<string>) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines.filter((line) => line !== "");
    if (rest.length > longestLine) break;
  }
  if (rest !== "") yield rest;
}
