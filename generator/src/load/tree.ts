/**
 * What the repository holds, read once. Lists are sorted, so nothing later depends on the file system.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { SourceTree } from "../model/tree.ts";
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
import { helperFiles, isFile, unreadFiles } from "./unread.ts";

/** Reads all authored files below the root. */
export function readTree(root: string): SourceTree {
  const services = folders(root, servicesFolder).filter((name) => isFile(root, serviceFile(name)));
  const environments = folders(root, environmentsFolder).filter((name) =>
    isFile(root, environmentFile(name)),
  );
  const clusters = files(root, clustersFolder).filter(isAuthored).map(withoutEnding);
  const overlays = new Map(
    environments.map((name) => [
      name,
      files(root, environmentFolder(name))
        .filter(isAuthored)
        .map(withoutEnding)
        .filter((file) => file !== "environment"),
    ]),
  );
  const configFiles = new Map(
    services.map((name) => [
      name,
      deepFiles(root, `${serviceFolder(name)}/config`).map((file) =>
        file.slice(serviceFolder(name).length + 1),
      ),
    ]),
  );
  const paths = [
    ...(isFile(root, tiersFile) ? [tiersFile] : []),
    ...clusters.map(clusterFile),
    ...environments.map(environmentFile),
    ...[...overlays].flatMap(([environment, names]) =>
      names.map((name) => overlayFile(environment, name)),
    ),
    ...services.map(serviceFile),
    ...[...configFiles].flatMap(([service, names]) =>
      names.map((name) => `${serviceFolder(service)}/${name}`),
    ),
  ];
  const texts = new Map(paths.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
  const helpers = helperFiles(root, texts);
  // A module that overlays share lies beside them and is for no service.
  const isOverlay = (environment: string, name: string) =>
    services.includes(name) || !helpers.has(overlayFile(environment, name));
  const shared = [...overlays].flatMap(([environment, names]) =>
    names
      .filter((name) => !isOverlay(environment, name))
      .map((name) => overlayFile(environment, name)),
  );
  const sources = new Map([...texts].filter(([file]) => !shared.includes(file)));
  const unread = unreadFiles(root, sources, helpers);
  return {
    root,
    sources,
    services: withUnfinished(services, unread, servicesFolder),
    clusters,
    environments: withUnfinished(environments, unread, environmentsFolder),
    overlays: new Map(
      [...overlays].map(([environment, names]) => [
        environment,
        names.filter((name) => isOverlay(environment, name)),
      ]),
    ),
    configFiles,
    locks: textsOf(root, clusters, lockFile),
    factSources: textsOf(root, services, sourcesFile),
    unread,
  };
}

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
      .filter((name) => existsSync(path.join(root, fileOf(name))))
      .map((name) => [name, readFileSync(path.join(root, fileOf(name)), "utf8")]),
  );
}

const isAuthored = (file: string) => file.endsWith(".ts") && !file.endsWith(".d.ts");
const withoutEnding = (file: string) => file.slice(0, -".ts".length);

function folders(root: string, folder: string): string[] {
  return entries(root, folder).filter((name) =>
    statSync(path.join(root, folder, name)).isDirectory(),
  );
}

function files(root: string, folder: string): string[] {
  return entries(root, folder).filter((name) => statSync(path.join(root, folder, name)).isFile());
}

function entries(root: string, folder: string): string[] {
  const full = path.join(root, folder);
  return existsSync(full)
    ? readdirSync(full)
        .filter((name) => !name.startsWith("."))
        .sort()
    : [];
}

function deepFiles(root: string, folder: string): string[] {
  return [
    ...files(root, folder).map((name) => `${folder}/${name}`),
    ...folders(root, folder).flatMap((name) => deepFiles(root, `${folder}/${name}`)),
  ].sort();
}
