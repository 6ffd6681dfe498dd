/**
 * What lies among the authored files and is none of them. Without this a misnamed file would take an
 * environment or a service out of everything that is rendered, in silence.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { relativeImports } from "../cache/imports.ts";
import {
  clusterFile,
  clusterOfLock,
  clustersFolder,
  environmentFile,
  environmentsFolder,
  serviceFile,
  servicesFolder,
} from "../model/paths.ts";
import { hasMarker } from "../output/marker.ts";
import { entriesIn, isFile, isSpecial } from "../cache/on-disk.ts";

/** What is generated or mounted beside a values.ts: nobody looks for facts there. */
const generatedFolders = ["charts", "ci", "templates"];
const ownFolders = [...generatedFolders, "config"];

/**
 * In: the authored files, the modules they import. Out: what is neither and looks as if it held facts, be it with
 * an ending that nobody reads, and every other file in a folder that lacks the file which makes it an environment
 * or a service; sorted. Generated files do not count, nor the lock of a cluster, which is judged where it is read.
 */
export function unreadFiles(
  root: string,
  sources: ReadonlyMap<string, string>,
  helpers: ReadonlySet<string>,
): string[] {
  const isMine = (folder: string) =>
    folder !== clustersFolder && !ownFolders.includes(path.basename(folder));
  const files = [
    ...filesIn(root, clustersFolder, () => true).filter((file) => mayBeFacts(root, file)),
    ...below(root, environmentsFolder, sources, { fileOf: environmentFile, isMine }),
    ...below(root, servicesFolder, sources, { fileOf: serviceFile, isMine }),
  ];
  const isLock = (file: string) => {
    const cluster = clusterOfLock(file);
    return cluster !== undefined && sources.has(clusterFile(cluster));
  };
  return files
    .filter((file) => !sources.has(file) && !helpers.has(file) && !isLock(file))
    .toSorted();
}

/** What is no file where authored files and those under config/ are; sorted. */
export function specialFiles(root: string): string[] {
  const specialIn = (folder: string): string[] =>
    entriesIn(root, folder).flatMap((entry) => {
      const place = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return generatedFolders.includes(entry.name) ? [] : specialIn(place);
      return !entry.isFile() && isSpecial(root, place) ? [place] : [];
    });
  return [environmentsFolder, servicesFolder].flatMap(specialIn).toSorted();
}

/** Modules that authored files import by a relative path, and those that these import. */
export function helperFiles(root: string, sources: ReadonlyMap<string, string>): Set<string> {
  const helpers = new Set<string>();
  const waiting = [...sources].filter(([file]) => isTypeScript(file));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, text] = next;
    for (const specifier of relativeImports(text)) {
      const file = path.posix.join(path.posix.dirname(from), specifier);
      if (helpers.has(file) || !isFile(root, file)) continue;
      helpers.add(file);
      waiting.push([file, readFileSync(path.join(root, file), "utf8")]);
    }
  }
  return helpers;
}

interface Kind {
  readonly fileOf: (name: string) => string;
  readonly isMine: (folder: string) => boolean;
}

function below(
  root: string,
  container: string,
  sources: ReadonlyMap<string, string>,
  { fileOf, isMine }: Kind,
): string[] {
  return entriesIn(root, container).flatMap((entry) => {
    const folder = `${container}/${entry.name}`;
    if (!entry.isDirectory()) return mayBeFacts(root, folder) ? [folder] : [];
    if (folder === clustersFolder) return [];
    const file = fileOf(entry.name);
    if (sources.has(file))
      return filesIn(root, folder, isMine).filter((inside) => mayBeFacts(root, inside));
    const others = filesIn(root, folder, () => true).filter(
      (other) => other !== file && !isGenerated(root, other),
    );
    return existsSync(path.join(root, file)) ? [file, ...others] : others;
  });
}

function filesIn(root: string, folder: string, isMine: (folder: string) => boolean): string[] {
  return entriesIn(root, folder).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isMine(name) ? filesIn(root, name, isMine) : [];
    const leadsNowhere = entry.isSymbolicLink() && !existsSync(path.join(root, name));
    return entry.isFile() || leadsNowhere ? [name] : [];
  });
}

/**
 * Code in any ending, and data where only environments and clusters are written: a chart's own YAML stands beside
 * a service's values.ts.
 */
function mayBeFacts(root: string, file: string): boolean {
  if (/\.[cm]?[jt]sx?$/.test(file)) return !/\.(d|test)\.[cm]?[jt]sx?$/.test(file);
  const isData = file.startsWith(`${environmentsFolder}/`) && /\.(ya?ml|json)$/.test(file);
  return isData && !isGenerated(root, file);
}

/** What may be an authored file, or a module of one. */
export const isTypeScript = (file: string): boolean =>
  file.endsWith(".ts") && !file.endsWith(".d.ts");
const isGenerated = (root: string, file: string) =>
  isFile(root, file) && hasMarker(readFileSync(path.join(root, file), "utf8"));
