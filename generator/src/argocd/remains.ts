/**
 * What stays on the cluster when generated files go: objects that Argo CD never prunes, what a database server
 * retains, and what is in the store of secrets. Read from the files themselves, so that the names are those of
 * the cluster.
 */
import { asTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import type { Environment } from "../model/environment.ts";
import { podClaimName } from "../model/names.ts";
import { argocdFolder, environmentOfRendered, recoveryFolder } from "../model/paths.ts";
import { at } from "../model/reading.ts";
import type { ExistingFile, OutputFile, WritePlan } from "../output/files.ts";
import { readObject } from "../output/read-object.ts";
import { allows } from "./projects.ts";
import { changedKeys } from "./store-keys.ts";

export interface RemainingObject {
  /** As kubectl takes it: `persistentvolumeclaim`, `database.postgresql.cnpg.io`. */
  readonly kind: string;
  readonly name: string;
  /** Undefined for what belongs to the whole cluster. */
  readonly namespace: string | undefined;
  /** Its project allows it no more, so Argo CD leaves it. */
  readonly isBeyondProject?: true;
  /** Of a Database: what it is on the server, which retains it, with the role that owns it. */
  readonly database?: { readonly cluster: string; readonly name: string; readonly owner: string };
}

/** What stays in one environment. */
export interface Remains {
  readonly environment: string;
  /** Undefined for an environment that is gone too. */
  readonly cluster?: string;
  readonly objects: readonly RemainingObject[];
  /** Keys in the store that nothing reads any more. */
  readonly secrets: readonly string[];
  /** Keys that are read from now on: they must be in the store. */
  readonly newSecrets: readonly string[];
}

/** In: the plan, the files there are, all files that are wanted, what is known of environments. Out: one entry for each environment in which something stays, or is missing in the store. */
export function remainsOf(
  plan: Pick<WritePlan, "writes" | "removals">,
  existing: readonly ExistingFile[],
  wanted: readonly OutputFile[],
  environments: ReadonlyMap<string, Environment>,
): Remains[] {
  const keys = changedKeys(plan, existing, wanted, environments);
  const removed = new Set(plan.removals.filter((file) => environmentOf(file) !== undefined));
  const gone = Map.groupBy(
    existing.filter((file) => removed.has(file.path)),
    ({ path }) => environmentOf(path) ?? "",
  );
  return [...new Set([...gone.keys(), ...keys.keys()])].toSorted().flatMap((environment) => {
    const isGiven = givenBeside(environment, existing, wanted, environments);
    const objects = (gone.get(environment) ?? [])
      .map((file) => ({ file, left: kept(file, { environment, existing, wanted }) }))
      .filter(({ file, left }) => left.length > 0 && !isGiven(file))
      .flatMap(({ left }) => left);
    const { unread: secrets = [], added: newSecrets = [] } = keys.get(environment) ?? {};
    const cluster = environments.get(environment)?.cluster;
    const place = cluster === undefined ? {} : { cluster };
    return objects.length + secrets.length + newSecrets.length === 0
      ? []
      : [{ environment, ...place, objects, secrets, newSecrets }];
  });
}

/** Undefined for what no cluster has by its file alone. */
function environmentOf(file: string): string | undefined {
  const environment = environmentOfRendered(file);
  return environment !== undefined && file.startsWith(`${recoveryFolder(environment)}/`)
    ? undefined
    : environment;
}

/**
 * Out: whether a file of the same cluster gives the same object, in whatever folder: a service was renamed and its
 * namespace was not, or another environment carries it now. Where an environment was that is gone nobody says: an
 * environment that has come may be there.
 */
function givenBeside(
  environment: string,
  existing: readonly ExistingFile[],
  wanted: readonly OutputFile[],
  environments: ReadonlyMap<string, Environment>,
): (file: ExistingFile) => boolean {
  let byName: ReadonlyMap<string, readonly OutputFile[]> | undefined;
  return (file) => {
    byName ??= Map.groupBy(filesBeside(environment, existing, wanted, environments), nameOf);
    return (byName.get(nameOf(file)) ?? []).some((other) => identity(other) === identity(file));
  };
}

const nameOf = ({ path }: OutputFile) => path.slice(path.lastIndexOf("/"));
const identity = ({ content }: OutputFile) => JSON.stringify(objectOf(read(content)));

function filesBeside(
  ...[environment, existing, wanted, environments]: Parameters<typeof givenBeside>
): OutputFile[] {
  const cluster = environments.get(environment)?.cluster;
  const isNew = (name: string) => !existing.some(({ path }) => environmentOf(path) === name);
  const beside = [...environments].flatMap(([name, facts]) =>
    (cluster === undefined ? isNew(name) : facts.cluster === cluster) ? [name] : [],
  );
  const names = new Set<string | undefined>([environment, ...beside]);
  return wanted.filter(({ path }) => names.has(environmentOf(path)));
}

/** What a file leaves on the cluster when it goes. */
function kept({ path, content }: ExistingFile, trees: Trees): RemainingObject[] {
  const tree = read(content);
  const object = { ...objectOf(tree), ...databaseOf(tree) };
  const claims = claimsOfTemplates(tree);
  if (content.includes("Prune=false")) return [object, ...claims];
  return isBeyondProject(path, tree, trees)
    ? [{ ...object, isBeyondProject: true }, ...claims]
    : claims;
}

/** Whether the project of its Application stays and allows it no more; that of the root allows what it has. */
function isBeyondProject(path: string, tree: Tree, { environment, existing, wanted }: Trees) {
  const argocd = argocdFolder(environment);
  const service = path.split("/").at(-2)?.replace(/^_/, "");
  if (path.startsWith(`${argocd}/`) || tree["kind"] === undefined) return false;
  const applications = `${argocd}/application-${environment}.${service}.`;
  // A service that gets another tier is pruned under its new project.
  const isIts = (file: OutputFile | ExistingFile) => file.path.startsWith(applications);
  const application = wanted.find(isIts) ?? existing.find(isIts);
  const name = at(readObject(application?.content ?? ""), "spec", "project");
  const project = wanted.find((file) => file.path === `${argocd}/appproject-${String(name)}.yaml`);
  return project !== undefined && !allows(readObject(project.content), tree);
}

interface Trees {
  readonly environment: string;
  readonly existing: readonly ExistingFile[];
  readonly wanted: readonly OutputFile[];
}

const read = (content: string) => asTree(readObject(content));

function objectOf({ apiVersion, kind, metadata }: Tree): RemainingObject {
  const { name, namespace } = asTree(metadata);
  const [group = ""] = String(apiVersion).includes("/") ? String(apiVersion).split("/") : [];
  return {
    kind: [String(kind).toLowerCase(), ...(group === "" ? [] : [group])].join("."),
    name: String(name),
    namespace: namespace === undefined ? undefined : String(namespace),
  };
}

/** The claims of a StatefulSet's pods, which Kubernetes makes and keeps; those of the first one also where it is stopped, or an autoscaler knows how many. */
function claimsOfTemplates(tree: Tree): RemainingObject[] {
  const { kind, name, namespace } = objectOf(tree);
  const { replicas, volumeClaimTemplates: templates } = asTree(tree["spec"]);
  if (kind !== "statefulset.apps" || !Array.isArray(templates)) return [];
  const pods = Array.from({ length: Math.max(1, Number(replicas ?? 1)) }, (_, pod) => pod);
  return templates.flatMap((template) =>
    pods.map((pod) => ({
      kind: "persistentvolumeclaim",
      name: podClaimName(objectOf(asTree(template)).name, name, pod),
      namespace,
    })),
  );
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
