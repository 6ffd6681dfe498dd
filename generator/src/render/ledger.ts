/**
 * What the last run of a tree has made, in short and in one file: enough to know what is as it was, without
 * reading what was kept of it.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { readJson, writeJson } from "../cache/entry.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import { linePacker, unpackLine } from "../output/first-lines.ts";
import type { LineTable, PackedLine } from "../output/first-lines.ts";
import type { FirstLines } from "../output/known-files.ts";

/** A release, when no rule found an error in any. */
export interface ShortRelease {
  /** Of everything it is made from. */
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly wantsSecrets: boolean;
  /** Of everything the environment's own objects are made from. */
  readonly share: string;
  readonly metrics: readonly string[];
  /** Its objects, each with its file. */
  readonly objects: readonly ShortObject[];
  /** What the rules asked about others, when they found nothing in this one. */
  readonly asked?: readonly string[];
}

export type ShortObject = readonly [
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string | null,
  file: string,
];

export interface Ledger {
  /** By environment and service. */
  readonly releases: Readonly<Record<string, ShortRelease>>;
  readonly files: FirstLines;
}

const nothing: Ledger = { releases: {}, files: {} };

/** In: the cache of this generator, a tree. */
export function readLedger(cache: string | undefined, root: string): Ledger {
  if (cache === undefined) return nothing;
  const kept = readJson(placeOf(cache, root)) as Kept | undefined;
  if (kept === undefined) return nothing;
  const { releases, lines } = kept;
  const files = Object.entries(kept.files).map(
    ([madeOf, mine]) =>
      [madeOf, mine.map(([file, ...line]) => [file, unpackLine(lines, line)] as const)] as const,
  );
  return { releases, files: Object.fromEntries(files) };
}

interface Kept extends Pick<Ledger, "releases"> {
  readonly lines: LineTable;
  readonly files: Readonly<
    Record<string, readonly (readonly [file: string, ...line: PackedLine])[]>
  >;
}

/** In: the cache, the root of a tree, and what is known of its last run. Replaces what was kept of the run before. */
export function writeLedger(cache: string, root: string, { releases, files }: Ledger): void {
  const { pack, table } = linePacker();
  const packed = Object.entries(files).map(
    ([madeOf, mine]) =>
      [madeOf, mine.map(([file, line]) => [file, ...pack(line)] as const)] as const,
  );
  const kept: Kept = { releases, lines: table, files: Object.fromEntries(packed) };
  writeJson(placeOf(cache, root), kept);
}

/** The next run looks at everything that was kept. */
export function forgetLedger(cache: string, root: string): void {
  writeLedger(cache, root, nothing);
}

export const headerOf = ([apiVersion, kind, name, namespace]: ShortObject): ManifestHeader => ({
  apiVersion,
  kind,
  name,
  namespace: namespace ?? undefined,
});

const placeOf = (cache: string, root: string) =>
  path.join(cache, "ledgers", createHash("sha256").update(root).digest("hex"));
