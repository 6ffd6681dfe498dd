/** Whether a file is there to its end, by what its format says of its end. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { isSqlite, wholeSqlite } from "./sqlite.ts";

/** In: a file. Out: what is wrong with it, undefined where it is whole. */
export function brokenEnd(file: string): string | undefined {
  const judge = judges[path.extname(file).toLowerCase()];
  if (judge !== undefined) return judge(file);
  return isSqlite(file) ? wholeSqlite(file) : "its end cannot be told by its name";
}

const judges: Readonly<Record<string, (file: string) => string | undefined>> = {
  ".json": (file) => without(() => JSON.parse(text(file))),
  ".gz": (file) => without(() => gunzipSync(readFileSync(file))),
  ".tgz": (file) => without(() => gunzipSync(readFileSync(file))),
  ".xml": wholeXml,
  ".zip": wholeZip,
  ".db": wholeSqlite,
  ".sqlite": wholeSqlite,
  ".sqlite3": wholeSqlite,
};

const text = (file: string) => readFileSync(file, "utf8");

function without(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Ends with the end of the element it begins with. */
function wholeXml(file: string): string | undefined {
  const content = text(file);
  const root = /<([A-Za-z_][\w.:-]*)/.exec(content.replace(/<!--[\s\S]*?-->/g, ""))?.[1];
  if (root === undefined) return "it has no element";
  const end = content.trimEnd();
  return end.endsWith(`</${root}>`) ||
    (end.endsWith("/>") && end.lastIndexOf("<") === end.indexOf(`<${root}`))
    ? undefined
    : `it does not end with </${root}>`;
}

/** Its directory is at its end, and says how long everything before it is (APPNOTE.TXT, 4.3.16). */
function wholeZip(file: string): string | undefined {
  const content = readFileSync(file);
  const at = content.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 22 > content.length) return "its directory is missing";
  const size = content.readUInt32LE(at + 12);
  const offset = content.readUInt32LE(at + 16);
  // All ones: the numbers are in the directory of the 64-bit form before it.
  if (offset === 0xffff_ffff) return undefined;
  return offset + size <= at && content.readUInt32LE(offset) === 0x0201_4b50
    ? undefined
    : "its directory does not fit to what is before it";
}
