/** A repository whose environments run on a cluster each, for what follows from a cluster's version. */
import { symlinkSync } from "node:fs";
import path from "node:path";
import { baseFile, createRepository, projectRoot, type Repository } from "../support/repository.ts";

/** In: the version of dev's cluster, of prod's, and more files. Out: the repository, with the tools' pins. */
export function twoClusters(
  versions: { readonly dev: string; readonly prod: string },
  files: Readonly<Record<string, string>> = {},
): Repository {
  const home = baseFile("environments/clusters/home.ts");
  const repository = createRepository({
    files: {
      "environments/clusters/home.ts": home.replace("1.35.4", versions.prod),
      "environments/clusters/lab.ts": home
        .replace("1.35.4", versions.dev)
        .replace('carrier: "prod"', 'carrier: "dev"'),
      "environments/dev/environment.ts": baseFile("environments/dev/environment.ts")
        .replace('cluster: "home"', 'cluster: "lab"')
        .replace(/ *prefix: .*\n/, ""),
      ...files,
    },
  });
  symlinkSync(path.join(projectRoot, "tools"), path.join(repository.root, "tools"), "dir");
  return repository;
}
