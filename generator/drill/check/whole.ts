/** Whether a file is there to its end, by what its format says of its end. A file of any size is read in pieces, or at its ends. */
import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { brokenJson } from "./json.ts";
import { isSqlite, wholeSqlite } from "./sqlite.ts";
import { bytesAt } from "./volume.ts";

type Broken = string | undefined;

/** In: a file. Out: what is wrong with it, undefined where it is whole. */
export function brokenEnd(file: string): Broken | Promise<Broken> {
  const judge = judges[path.extname(file).toLowerCase()];
  if (judge !== undefined) return judge(file);
  return isSqlite(file) ? wholeSqlite(file) : "its end cannot be told by its name";
}

const judges: Readonly<Record<string, (file: string) => Broken | Promise<Broken>>> = {
  ".json": brokenJson,
  ".gz": brokenGzip,
  ".tgz": brokenGzip,
  ".xml": wholeXml,
  ".zip": wholeZip,
  ".db": wholeSqlite,
  ".sqlite": wholeSqlite,
  ".sqlite3": wholeSqlite,
};

/** Unpacked to its end, where its checksum is; what comes out is kept nowhere. */
async function brokenGzip(file: string): Promise<Broken> {
  const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(file), createGunzip(), nowhere);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a file begins and ends with; a declaration or a comment may stand before the first element. */
const ends = 65_536;

/** Ends with the end of the element it begins with. */
function wholeXml(file: string): Broken {
  const { size } = statSync(file);
  const from = Math.max(0, size - ends);
  // One byte is one character, so that places in both are places in the file.
  const begin = bytesAt(file, 0, ends).toString("latin1");
  const end = bytesAt(file, from, ends).toString("latin1").trimEnd();
  const root = /<([A-Za-z_][\w.:-]*)/.exec(begin.replace(/<!--[\s\S]*?(?:-->|$)/g, ""))?.[1];
  if (root === undefined) return "it has no element";
  return end.endsWith(`</${root}>`) ||
    (end.endsWith("/>") && from + end.lastIndexOf("<") === begin.indexOf(`<${root}`))
    ? undefined
    : `it does not end with </${root}>`;
}

/** The record at the end of a zip file, and the longest comment after it (APPNOTE.TXT, 4.3.16). */
const endRecord = 22;
const longestComment = 65_535;

/** Its directory is at its end, and says how long everything before it is. */
function wholeZip(file: string): Broken {
  const { size } = statSync(file);
  const from = Math.max(0, size - endRecord - longestComment);
  const end = bytesAt(file, from, endRecord + longestComment);
  const at = end.lastIndexOf(signature(5, 6));
  if (at < 0 || at + endRecord > end.length) return "its directory is missing";
  const directory = directoryOf(file, end.subarray(at), from + at);
  return directory !== undefined &&
    directory.offset + directory.size <= from + at &&
    isAt(file, directory.offset, signature(1, 2))
    ? undefined
    : "its directory does not fit to what is before it";
}

interface Directory {
  readonly size: number;
  readonly offset: number;
}

/** All ones: the numbers are in a record of 64 bits, and a locator before this record says where (4.3.14, 4.3.15). */
function directoryOf(file: string, record: Buffer, at: number): Directory | undefined {
  const [size, offset] = [record.readUInt32LE(12), record.readUInt32LE(16)];
  if (size !== 0xffff_ffff && offset !== 0xffff_ffff) return { size, offset };
  if (at < 20 || !isAt(file, at - 20, signature(6, 7))) return undefined;
  const large = Number(bytesAt(file, at - 12, 8).readBigUInt64LE());
  if (large + 56 > at || !isAt(file, large, signature(6, 6))) return undefined;
  const numbers = bytesAt(file, large + 40, 16);
  return { size: Number(numbers.readBigUInt64LE(0)), offset: Number(numbers.readBigUInt64LE(8)) };
}

const isAt = (file: string, offset: number, expected: Buffer) =>
  bytesAt(file, offset, expected.length).equals(expected);

/** `PK` and two numbers, as bytes: as a text they would make the ConfigMap of this program one line of escapes. */
const signature = (first: number, second: number) => Buffer.from([0x50, 0x4b, first, second]);
