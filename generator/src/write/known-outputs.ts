/**
 * Generated files as the last run left them: what the file system says of each, and its first line, which holds
 * the hash of the rest. A file of which the file system still says the same need not be read to be known.
 */
import { lstatSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import { readJson, writeJson } from "../cache/entry.ts";
import type { ExistingFile, KnownOutput, WritePlan } from "../output/files.ts";
import { linePacker, unpackLine } from "../output/first-lines.ts";
import type { LineTable, PackedLine } from "../output/first-lines.ts";
import { markerOf } from "../output/marker.ts";

/** By path from the root. */
export type KnownOutputs = ReadonlyMap<string, KnownOutput>;

/** Any write to a file changes this. */
export function statusOf({
  size,
  mtimeMs,
  ctimeMs,
  ino,
}: Pick<Stats, "size" | "mtimeMs" | "ctimeMs" | "ino">): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

/** In: the folder of the tree's state. Out: generated files as the last run left them; empty when that is not known. */
export function readKnownOutputs(stateFolder: string): KnownOutputs {
  const kept = readJson(entryIn(stateFolder)) as Kept | undefined;
  return new Map(
    kept?.files.map(([file, status, ...line]) => [
      file,
      { status, marker: unpackLine(kept.lines, line) },
    ]),
  );
}

interface Kept {
  readonly lines: LineTable;
  readonly files: readonly (readonly [file: string, status: string, ...line: PackedLine])[];
}

/** Out and kept: what is there after a plan has been carried out. Files it did not touch are as they were when they were read. */
export function keepKnownOutputs(
  root: string,
  stateFolder: string,
  { plan, existing }: { plan: WritePlan; existing: readonly ExistingFile[] },
): KnownOutputs {
  const gone = new Set([...plan.removals, ...plan.writes.map((write) => write.path)]);
  const untouched = existing.flatMap((file) =>
    file.known === undefined || gone.has(file.path) ? [] : [[file.path, file.known] as const],
  );
  const written = plan.writes.flatMap((write) => {
    const found = lstatSync(`${root}/${write.path}`, { throwIfNoEntry: false });
    return found === undefined
      ? []
      : [[write.path, { status: statusOf(found), marker: markerOf(write) }] as const];
  });
  const known = new Map([...untouched, ...written]);
  const { pack, table } = linePacker();
  const files = [...known].map(
    ([file, { status, marker }]) => [file, status, ...pack(marker)] as const,
  );
  writeJson(entryIn(stateFolder), { lines: table, files } satisfies Kept);
  return known;
}

const entryIn = (stateFolder: string) => path.join(stateFolder, "outputs");
