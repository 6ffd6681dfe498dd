/**
 * What the last complete render saw and left. When neither has changed there is nothing to do, and that is
 * known before any authored file is run: inputs by content, generated files by what the file system says of them.
 */
import { createHash, hash } from "node:crypto";
import type { Hash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { readEntry, writeEntry } from "../cache/entry.ts";
import { compiledFolder } from "../cache/folder.ts";
import { importsOthers } from "../cache/imports.ts";
import { followedFiles, isSpecial } from "../cache/on-disk.ts";
import { asTree } from "../model/data.ts";
import { libraryFolder } from "../model/paths.ts";
import { statusOf } from "./known-outputs.ts";
import type { KnownOutputs } from "./known-outputs.ts";

const stampName = "stamp";

export interface Stamp {
  readonly inputs: string;
  readonly outputs: string;
  /** How many generated files there are, for what is told to a person. */
  readonly files: number;
}

/**
 * Everything a render depends on: authored files, library, generator, pinned packages, Node and Helm. In: the root; what tells the
 * Helm that would be taken (`tools/helm-identity.ts`).
 */
export function inputsFingerprint(root: string, helm: string, list: Lister = deepFiles): string {
  // Lock files are not among them: a render writes them itself, so they count as output.
  const inputs = createHash("sha256").update(generatorFingerprint());
  for (const folder of ["charts", "environments"]) addInputs(inputs, root, folder, list);
  for (const file of followedFiles(root, libraryFolder)) addText(inputs, root, file);
  return inputs.update(helm).digest("hex");
}

const ownRoot = path.resolve(import.meta.dirname, "../../..");
let ownFingerprint: string | undefined;

/** What makes output of input: this generator, pinned packages and Node. Asked once of the disk. */
export function generatorFingerprint(): string {
  ownFingerprint ??= knownFingerprint();
  return ownFingerprint;
}

/** Four hundred files, which are as they were in nearly every run: then what the file system says of them is enough. */
function knownFingerprint(): string {
  const files = ["generator/src", "generator/catalogue"].flatMap((folder) =>
    deepFiles(path.join(ownRoot, folder)).filter(isInput),
  );
  const statuses = hash(
    "sha256",
    [process.version, ...[...files, lockOfPackages].map(statusLine)].join("\n"),
  );
  const place = path.join(compiledFolder, "fingerprint");
  const kept = asTree(readEntry(place));
  if (kept["statuses"] === statuses && typeof kept["fingerprint"] === "string")
    return kept["fingerprint"];
  const fingerprint = fingerprintOf(files);
  writeEntry(place, { statuses, fingerprint });
  return fingerprint;
}

const lockOfPackages = path.join(ownRoot, "package-lock.json");

function statusLine(file: string): string {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return `${file} ${found === undefined ? "" : statusOf(found)}`;
}

function fingerprintOf(files: readonly string[]): string {
  const own = createHash("sha256").update(process.version);
  for (const file of files)
    own.update(file.slice(ownRoot.length)).update("\0").update(readFileSync(file));
  addText(own, ownRoot, "package-lock.json");
  return own.digest("hex");
}

/** Everything below the owned folders, from the root. */
export function outputFiles(
  root: string,
  ownedRoots: readonly string[],
  list: Lister = deepFiles,
): string[] {
  return ownedRoots
    .flatMap((owned) => list(path.join(root, owned)))
    .map((file) => file.slice(root.length + 1));
}

/** Generated files by what the file system says of them: cheaper than reading them, and any write changes it. */
export function outputsFingerprint(
  root: string,
  files: readonly string[],
  known: KnownOutputs = new Map(),
): string {
  const lines = files.flatMap((file) => {
    if (isInput(file)) return [];
    const found =
      known.get(file)?.status ?? lstatSync(`${root}/${file}`, { throwIfNoEntry: false });
    return `${file} ${typeof found === "object" ? statusOf(found) : found}`;
  });
  return hash("sha256", lines.toSorted().join("\n"));
}

/**
 * An authored file that imports another one than `#rzp` may depend on what no fingerprint sees, and none sees what is in a
 * folder that is a link.
 */
export function canBeStamped(root: string, sources: ReadonlyMap<string, string>): boolean {
  const folders = new Set([...sources.keys()].map((file) => path.dirname(file)));
  const real = realpathSync(root);
  return (
    ![...sources].some(([file, text]) => file.endsWith(".ts") && importsOthers(text)) &&
    [...folders].every(
      (folder) => realpathSync(path.join(root, folder)) === path.join(real, folder),
    )
  );
}

/** In: the folder of the tree's state. Out: what the last complete render left; undefined when that is not known. */
export function readStamp(stateFolder: string): Stamp | undefined {
  return readEntry(path.join(stateFolder, stampName)) as Stamp | undefined;
}

/** A stamp that cannot be written costs the next run its time, nothing else: read-only trees are checked too. */
export function writeStamp(stateFolder: string, stamp: Stamp): void {
  writeEntry(path.join(stateFolder, stampName), stamp);
}

function addInputs(inputs: Hash, root: string, folder: string, list: Lister): void {
  for (const file of list(path.join(root, folder))) {
    const name = file.slice(root.length + 1);
    if (isInput(file) && !name.startsWith(`${libraryFolder}/`)) addText(inputs, root, name);
  }
}

function addText(inputs: Hash, root: string, file: string): void {
  try {
    inputs.update(`${file}\0`);
    inputs.update(isSpecial(root, file) ? "special" : readFileSync(path.join(root, file)));
  } catch {
    // A link that leads nowhere, as editors put beside a file that is not saved yet.
    inputs.update(`${file} is not there`);
  }
}

/** Written by a person: TypeScript that is no declaration, config files, the library, the catalogue. */
function isInput(file: string): boolean {
  if (file.endsWith(".test.ts")) return false;
  return (
    (file.endsWith(".ts") && !file.endsWith(".d.ts")) ||
    file.endsWith(".tgz") ||
    /(^|\/)(charts\/services\/[^/]+\/config|charts\/rzp-lib|generator\/catalogue)\//.test(file)
  );
}

/** Every file below a folder. */
export type Lister = (folder: string) => readonly string[];

/** Inputs and outputs lie in the same folders: each is read once, for who asks for both at the same moment. */
export function listerOnce(): Lister {
  const known = new Map<string, readonly string[]>();
  const list: Lister = (folder) => {
    const found = known.get(folder) ?? filesBelow(folder, list);
    known.set(folder, found);
    return found;
  };
  return list;
}

const deepFiles: Lister = (folder) => filesBelow(folder, deepFiles);

/** Links are named, not followed. */
function filesBelow(folder: string, list: Lister): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const full = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : list(full);
    return [full];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
