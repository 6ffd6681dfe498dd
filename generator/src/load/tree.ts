/**
 * What the repository holds, read once. Lists are sorted, so nothing later depends on the file system.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { SourceTree } from "../model/tree.ts";
import {
  clusterFile,
  environmentFile,
  lockFile,
  overlayFile,
  serviceFile,
  serviceFolder,
  sourcesFile,
  tiersFile,
} from "../model/paths.ts";

/** Reads all authored files below the root. */
export function readTree(root: string): SourceTree {
  const services = folders(root, "charts/services").filter((name) =>
    existsSync(path.join(root, serviceFile(name))),
  );
  const environments = folders(root, "environments").filter((name) =>
    existsSync(path.join(root, environmentFile(name))),
  );
  const clusters = files(root, "environments/clusters").filter(isAuthored).map(withoutEnding);
  const overlays = new Map(
    environments.map((name) => [
      name,
      files(root, `environments/${name}`)
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
    ...(existsSync(path.join(root, tiersFile)) ? [tiersFile] : []),
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
  const sources = new Map(paths.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
  const factSources = textsOf(root, services, sourcesFile);
  const locks = textsOf(root, clusters, lockFile);
  return {
    root,
    sources,
    services,
    clusters,
    environments,
    overlays,
    configFiles,
    locks,
    factSources,
  };
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
