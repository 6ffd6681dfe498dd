/** Which keys rendered files read in a store of secrets, before a run and after it. */
import type { Environment } from "../model/environment.ts";
import { environmentOfRendered, renderedFolder } from "../model/paths.ts";
import { at, list } from "../model/reading.ts";
import type { ExistingFile, OutputFile, WritePlan } from "../output/files.ts";
import { readObject } from "../output/read-object.ts";
import { isStore } from "./secret-backends/choose.ts";

/** Of one environment, sorted. */
export interface ChangedKeys {
  /** What nothing reads any more that has the same store. */
  readonly unread: readonly string[];
  /** What nothing read before: ExternalSecrets wait for it. None in an environment that is new as a whole. */
  readonly added: readonly string[];
}

interface Text {
  readonly path: string;
  readonly content: string;
}

/** In: the plan, the files there are, all files that are wanted, what is known of environments. Out: by environment, what changes; a store without values of people has no keys. */
export function changedKeys(
  { writes, removals }: Pick<WritePlan, "writes" | "removals">,
  existing: readonly ExistingFile[],
  wanted: readonly OutputFile[],
  environments: ReadonlyMap<string, Environment>,
): ReadonlyMap<string, ChangedKeys> {
  const touched = new Set([...removals, ...writes.map(({ path }) => path)]);
  const before = existing.filter(({ path }) => touched.has(path) && readsKeys(path));
  const after = writes.filter(({ path }) => readsKeys(path));
  const names = new Set([...before, ...after].map(({ path }) => environmentOf(path)));
  return new Map(
    [...names].flatMap((name) => {
      const store = storeOf(name, existing, environments);
      if (store === undefined) return [];
      const isIn = ({ path }: Text) => environmentOf(path) === name;
      const old = keysOf(before.filter(isIn));
      const next = keysOf(after.filter(isIn));
      const sharesStore = ({ path }: Text) =>
        readsKeys(path) && storeOf(environmentOf(path), existing, environments) === store;
      const isNew = !existing.some(({ path }) => environmentOf(path) === name);
      const unread = notReadIn(wanted.filter(sharesStore), old.difference(next));
      const added = isNew ? [] : notReadIn(existing.filter(sharesStore), next.difference(old));
      return unread.length + added.length === 0 ? [] : [[name, { unread, added }] as const];
    }),
  );
}

const readsKeys = (path: string) => externalSecret.test(path);
const externalSecret = new RegExp(`^${renderedFolder("[^/]+", "[^/]+")}/externalsecret[^/]*$`);
const environmentOf = (path: string) => environmentOfRendered(path) ?? "";

/** The folder of values that an environment reads: environments may share one. Undefined for throw-away values. */
function storeOf(
  environment: string,
  existing: readonly ExistingFile[],
  environments: ReadonlyMap<string, Environment>,
): string | undefined {
  const secrets = environments.get(environment)?.secrets;
  if (secrets !== undefined)
    return isStore(secrets) && "project" in secrets
      ? JSON.stringify([secrets.host, secrets.project, secrets.environment])
      : undefined;
  // It is gone, so its own files say where it was.
  const beginning = `${renderedFolder(environment, "_environment")}/clustersecretstore-`;
  const file = existing.find(({ path }) => path.startsWith(beginning));
  if (file === undefined) return environment;
  const backend = at(readObject(file.content), "spec", "provider", "infisical");
  const [project, folder] = ["projectSlug", "environmentSlug"].map((slug) =>
    at(backend, "secretsScope", slug),
  );
  return backend === undefined
    ? undefined
    : JSON.stringify([at(backend, "hostAPI"), project, folder]);
}

/** What ExternalSecrets read from the store. */
function keysOf(files: readonly Text[]): Set<string> {
  return new Set(
    files.flatMap(({ content }) =>
      list(readObject(content), "spec", "data").map((entry) =>
        String(at(entry, "remoteRef", "key")),
      ),
    ),
  );
}

function notReadIn(files: readonly Text[], keys: ReadonlySet<string>): string[] {
  return [...keys]
    .filter((key) => !files.some(({ content }) => content.includes(`key: ${key}\n`)))
    .toSorted();
}
