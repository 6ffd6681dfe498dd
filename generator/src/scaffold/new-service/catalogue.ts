/** What new-service knows: folders of generator/catalogue in the shape of a service's own folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "../../../catalogue");

/** Names of all known services. */
export function catalogueNames(): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Files of a known service by their path in its folder; undefined when nobody knows it. */
export function catalogueFiles(service: string): ReadonlyMap<string, string> | undefined {
  const own = path.join(folder, service);
  if (!catalogueNames().includes(service)) return undefined;
  const names = readdirSync(own, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(own, path.join(entry.parentPath, entry.name)));
  return new Map(names.sort().map((name) => [name, readFileSync(path.join(own, name), "utf8")]));
}
