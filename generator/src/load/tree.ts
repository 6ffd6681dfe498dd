/**
 * What the repository holds, read once. Lists are sorted, so nothing later depends on the file system.
 */
import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ConfigFile, SourceTree } from "../model/tree.ts";
import {
  clusterFile,
  clustersFolder,
  environmentFile,
  environmentFolder,
  environmentsFolder,
  lockFile,
  overlayFile,
  serviceFile,
  serviceFolder,
  servicesFolder,
  sourcesFile,
  tiersFile,
} from "../model/paths.ts";
import { entriesIn, followedFiles, isFile, isFolder } from "../cache/on-disk.ts";
import { helperFiles, isTypeScript, specialFiles, unreadFiles } from "./unread.ts";

/** Reads all authored files below the root. */
export function readTree(root: string): SourceTree {
  const names = namesIn(root);
  const { services, clusters, environments, overlays } = names;
  const configNames = configNamesOf(root, services);
  const texts = new Map(
    pathsOf(root, names, configNames).map((file) => [
      file,
      readFileSync(path.join(root, file), "utf8"),
    ]),
  );
  const helpers = helperFiles(root, texts);
  // A module that overlays share lies beside them and is for no service.
  const isShared = (environment: string, name: string) =>
    !services.includes(name) && helpers.has(overlayFile(environment, name));
  const shared = new Set(overlayPaths(overlays, isShared));
  const sources = new Map([...texts].filter(([file]) => !shared.has(file)));
  const unread = unreadFiles(root, sources, helpers);
  return {
    root,
    sources,
    services: withUnfinished(services, unread, servicesFolder),
    clusters,
    environments: withUnfinished(environments, unread, environmentsFolder),
    overlays: new Map(
      [...overlays].map(([environment, own]) => [
        environment,
        own.filter((name) => !isShared(environment, name)),
      ]),
    ),
    configFiles: new Map(
      [...configNames].map(([service, own]) => [
        service,
        own.map((file) => configFile(root, file, texts, serviceFolder(service))),
      ]),
    ),
    locks: textsOf(root, clusters, lockFile),
    factSources: textsOf(root, services, sourcesFile),
    unread,
    special: specialFiles(root),
  };
}

/** What there is a file for. */
interface Names extends Pick<SourceTree, "services" | "clusters" | "environments"> {
  /** By environment, each with a file beside its own, be it for a service or not. */
  readonly overlays: ReadonlyMap<string, readonly string[]>;
}

function namesIn(root: string): Names {
  const environments = folders(root, environmentsFolder).filter((name) =>
    isFile(root, environmentFile(name)),
  );
  const authoredIn = (folder: string) =>
    files(root, folder).filter(isTypeScript).map(withoutEnding);
  return {
    services: folders(root, servicesFolder).filter((name) => isFile(root, serviceFile(name))),
    clusters: authoredIn(clustersFolder),
    environments,
    overlays: new Map(
      environments.map((name) => [
        name,
        authoredIn(environmentFolder(name)).filter((file) => file !== "environment"),
      ]),
    ),
  };
}

/** By service, relative to its folder. */
const configNamesOf = (root: string, services: readonly string[]): Map<string, string[]> =>
  new Map(
    services.map((name) => [
      name,
      followedFiles(root, `${serviceFolder(name)}/config`).map((file) =>
        file.slice(serviceFolder(name).length + 1),
      ),
    ]),
  );

/** What is no text becomes one with the mark of unreadable bytes, which a text may hold as well. */
function configFile(
  root: string,
  file: string,
  texts: ReadonlyMap<string, string>,
  folder: string,
): ConfigFile {
  const place = `${folder}/${file}`;
  const text = texts.get(place) ?? "";
  return {
    file,
    bytes: Buffer.byteLength(text),
    isText: !text.includes("\uFFFD") || isUtf8(readFileSync(path.join(root, place))),
  };
}

/** Every file whose text is read. */
function pathsOf(
  root: string,
  { services, clusters, environments, overlays }: Names,
  configNames: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [
    ...(isFile(root, tiersFile) ? [tiersFile] : []),
    ...clusters.map(clusterFile),
    ...environments.map(environmentFile),
    ...overlayPaths(overlays, () => true),
    ...services.map(serviceFile),
    ...[...configNames].flatMap(([service, own]) =>
      own.map((name) => `${serviceFolder(service)}/${name}`),
    ),
  ];
}

const overlayPaths = (
  overlays: Names["overlays"],
  isMeant: (environment: string, name: string) => boolean,
): string[] =>
  [...overlays].flatMap(([environment, own]) =>
    own.filter((name) => isMeant(environment, name)).map((name) => overlayFile(environment, name)),
  );

/** A folder with files that nobody reads is one somebody means: its name is known, its file is to come. */
function withUnfinished(
  names: readonly string[],
  unread: readonly string[],
  container: string,
): string[] {
  const unfinished = unread
    .filter((file) => file.startsWith(`${container}/`) && !file.startsWith(`${clustersFolder}/`))
    .map((file) => file.slice(container.length + 1).split("/"))
    .flatMap(([name = "", ...rest]) => (rest.length > 0 ? [name] : []));
  return [...new Set([...names, ...unfinished])].sort();
}

/** The files that are run. */
export function authoredFiles(tree: SourceTree): string[] {
  return [...tree.sources.keys()].filter((file) => file.endsWith(".ts"));
}

/** Text of a file for each name that has one. */
function textsOf(
  root: string,
  names: readonly string[],
  fileOf: (name: string) => string,
): Map<string, string> {
  return new Map(
    names
      .filter((name) => isFile(root, fileOf(name)))
      .map((name) => [name, readFileSync(path.join(root, fileOf(name)), "utf8")]),
  );
}

const withoutEnding = (file: string) => file.slice(0, -".ts".length);

const folders = (root: string, folder: string): string[] =>
  namesBelow(root, folder).filter((name) => isFolder(root, `${folder}/${name}`));

const files = (root: string, folder: string): string[] =>
  namesBelow(root, folder).filter((name) => isFile(root, `${folder}/${name}`));

const namesBelow = (root: string, folder: string) =>
  entriesIn(root, folder).map(({ name }) => name);
