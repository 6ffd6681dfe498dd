/**
 * What stays on the cluster when generated files go: objects that Argo CD never prunes, what a database server
 * retains, and what is in the store of secrets. Read from the files themselves, so that the names are those of
 * the cluster.
 */
import { load } from "js-yaml";
import { asTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import type { Environment } from "../model/environment.ts";
import { recoveryFolder, renderedFolder } from "../model/paths.ts";
import type { ExistingFile, OutputFile, WritePlan } from "../output/files.ts";
import { isStore } from "./secret-backends/choose.ts";

export interface RemainingObject {
  /** As kubectl takes it: `persistentvolumeclaim`, `database.postgresql.cnpg.io`. */
  readonly kind: string;
  readonly name: string;
  /** Undefined for what belongs to the whole cluster. */
  readonly namespace: string | undefined;
  /** Of a Database: what it is on the server, which retains it, with the role that owns it. */
  readonly database?: { readonly cluster: string; readonly name: string; readonly owner: string };
}

/** What stays in one environment. */
export interface Remains {
  readonly environment: string;
  /** Undefined for an environment that is gone too. */
  readonly cluster?: string;
  readonly objects: readonly RemainingObject[];
  /** Keys in the store that no rendered file reads any more. */
  readonly secrets: readonly string[];
}

/** In: the plan, the files there are, all files that are wanted, what is known of environments. Out: one entry for each environment in which something stays. */
export function remainsOf(
  { removals }: Pick<WritePlan, "removals">,
  existing: readonly ExistingFile[],
  wanted: readonly OutputFile[],
  environments: ReadonlyMap<string, Environment>,
): Remains[] {
  const removed = new Set(removals.filter((file) => environmentOf(file) !== undefined));
  const gone = existing.filter((file) => removed.has(file.path));
  return [...Map.groupBy(gone, ({ path }) => environmentOf(path) ?? "")].flatMap(
    ([environment, files]) => {
      const rendered = wanted.filter(({ path }) => environmentOf(path) === environment);
      const trees = files.map((file) => ({ file, tree: read(file.content) }));
      const objects = trees
        .filter(({ file }) => !isMoved(file, rendered))
        .flatMap(({ file, tree }) => [
          ...(file.content.includes("Prune=false")
            ? [{ ...objectOf(tree), ...databaseOf(tree) }]
            : []),
          ...claimsOfTemplates(tree),
        ]);
      const facts = environments.get(environment);
      const hasStore = facts === undefined || isStore(facts.secrets);
      const secrets = [...new Set(trees.flatMap(({ tree }) => keysOf(tree)))].filter(
        (key) => hasStore && !rendered.some(({ content }) => content.includes(`key: ${key}\n`)),
      );
      const place = facts === undefined ? {} : { cluster: facts.cluster };
      return objects.length + secrets.length === 0
        ? []
        : [{ environment, ...place, objects, secrets: secrets.toSorted() }];
    },
  );
}

const renderedFile = new RegExp(`^${renderedFolder("([^/]+)", "[^/]+")}/`);

/** Undefined for what no cluster has by its file alone. */
function environmentOf(file: string): string | undefined {
  const environment = renderedFile.exec(file)?.[1];
  return environment !== undefined && file.startsWith(`${recoveryFolder(environment)}/`)
    ? undefined
    : environment;
}

/** Whether another file gives the same object: a service was renamed, and its namespace was not. */
function isMoved(file: ExistingFile, rendered: readonly OutputFile[]): boolean {
  const end = file.path.slice(file.path.lastIndexOf("/"));
  const identity = (content: string) => JSON.stringify(objectOf(read(content)));
  return rendered.some(
    ({ path, content }) => path.endsWith(end) && identity(content) === identity(file.content),
  );
}

/** A file may have been edited into something that is no YAML. */
function read(content: string): Tree {
  try {
    return asTree(load(content));
  } catch {
    return {};
  }
}

function objectOf({ apiVersion, kind, metadata }: Tree): RemainingObject {
  const { name, namespace } = asTree(metadata);
  const [group = ""] = String(apiVersion).includes("/") ? String(apiVersion).split("/") : [];
  return {
    kind: [String(kind).toLowerCase(), ...(group === "" ? [] : [group])].join("."),
    name: String(name),
    namespace: namespace === undefined ? undefined : String(namespace),
  };
}

/** The claims of a StatefulSet's first pod, which Kubernetes makes and keeps. */
function claimsOfTemplates(tree: Tree): RemainingObject[] {
  const { kind, name, namespace } = objectOf(tree);
  const templates = asTree(tree["spec"])["volumeClaimTemplates"];
  if (kind !== "statefulset.apps" || !Array.isArray(templates)) return [];
  return templates.map((template) => ({
    kind: "persistentvolumeclaim",
    name: `${objectOf(asTree(template)).name}-${name}-0`,
    namespace,
  }));
}

function databaseOf(tree: Tree): Pick<RemainingObject, "database"> {
  if (objectOf(tree).kind !== "database.postgresql.cnpg.io") return {};
  const { cluster, name, owner } = asTree(tree["spec"]);
  return {
    database: {
      cluster: String(asTree(cluster)["name"]),
      name: String(name),
      owner: String(owner),
    },
  };
}

/** What an ExternalSecret reads from the store. */
function keysOf(tree: Tree): string[] {
  const { data } = asTree(tree["spec"]);
  if (tree["kind"] !== "ExternalSecret" || !Array.isArray(data)) return [];
  return data.map((entry) => String(asTree(asTree(asTree(entry)["remoteRef"]))["key"]));
}
