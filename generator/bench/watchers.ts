/**
 * What watches the services of a bench repository: metrics, rules, logs and dashboards of all of them. The very files
 * `new-service` gives: much of what they are made of follows from all other services, so they are part of every edit.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "./repository.ts";
import type { AuthoredFiles } from "./services.ts";

/** Beside the services that are counted. */
export const watchers = [
  "blackbox-exporter",
  "dashboards",
  "openobserve",
  "prometheus",
  "vector",
] as const;

export function watcherFiles(): AuthoredFiles {
  return Object.fromEntries(
    watchers.flatMap((name) => {
      const folder = path.join(projectRoot, "generator/catalogue", name);
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const file = path.join(entry.parentPath, entry.name);
          const inService = `charts/services/${name}/${path.relative(folder, file)}`;
          return [inService, readFileSync(file, "utf8")] as const;
        });
    }),
  );
}
