/** What references may lead to: rendered objects, what operators make from them, and facts of the cluster file. */
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import {
  postgresSecretNames,
  postgresServiceNames,
  priorityClassName,
  storeName,
} from "../../model/names.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { list, map, text } from "../../model/reading.ts";
import { isClaim } from "../../release/claims.ts";
import type { Reference } from "./reference.ts";

/** The parts an object has (keys, ports); undefined where nobody here can know them. */
export type Parts = ReadonlySet<string | number> | undefined;
export type Target =
  | { readonly exists: false; readonly valid: readonly string[] }
  | { readonly exists: true; readonly parts: Parts };

const there: Target = { exists: true, parts: undefined };

/** Finds what a reference of an object leads to. */
export type FindTarget = (object: CheckedObject, reference: Reference) => Target;

/** In: all objects. Out: the search in them; the Secrets of a namespace are gathered once. */
export function targetsIn(tree: CheckedTree): FindTarget {
  const known = new Map<string, Secrets>();
  const secretsIn = (cluster: string, namespace: string | undefined): Secrets => {
    const place = `${cluster} ${namespace}`;
    const secrets = known.get(place) ?? secretsOf(tree, cluster, namespace);
    known.set(place, secrets);
    return secrets;
  };
  const charts = new Set(
    tree.objects.filter(({ manifest }) => manifest.vendored === true).map(({ release }) => release),
  );
  return ({ release }, reference) => {
    const { facts } = release;
    const { kind, namespace, name } = reference;
    if (
      namespace !== undefined &&
      isForeign(tree, facts, namespace) &&
      !(charts.has(release) && isOfComponent(release, reference))
    )
      return there;
    if (kind === "/Secret") return ofSecret(secretsIn(facts.clusterName, namespace), name);
    const object = tree.find(facts.clusterName, kind, namespace, name);
    if (object !== undefined) return { exists: true, parts: partsOf(object) };
    const outside = namesOutside(tree, release, reference);
    if (outside.includes(name)) return there;
    return {
      exists: false,
      valid: [
        ...tree
          .inNamespace(facts.clusterName, kind, namespace)
          .map(({ manifest }) => manifest.name),
        ...outside,
      ],
    };
  };
}

/** Namespaces of nobody here, and of upstream charts, whose objects are not all in the tree. Gateways are facts, though. */
function isForeign(tree: CheckedTree, facts: EnvironmentFacts, namespace: string): boolean {
  const isGateways = Object.values(facts.cluster.gateways).some(
    (gateway) => gateway?.namespace === namespace,
  );
  return (
    !isGateways && (tree.owner(facts.clusterName, namespace)?.service.kind ?? "chart") === "chart"
  );
}

/** Whether it is the Service of a component of the same chart, which renders it, as it renders its pods. */
function isOfComponent({ service }: Release, { kind, namespace, name }: Reference): boolean {
  return (
    kind === "/Service" &&
    namespace === service.namespace &&
    service.components.some(
      ({ objectName, source }) =>
        objectName === name && source.kind === "chart" && source.spec.rendered === undefined,
    )
  );
}

/** What Kubernetes itself, an operator or a person's facts give. */
function namesOutside(
  tree: CheckedTree,
  { facts, service }: Release,
  { kind, namespace }: Reference,
): string[] {
  const { cluster, tiers } = facts;
  switch (kind) {
    case "scheduling.k8s.io/PriorityClass":
      return [
        ...Object.keys(tiers).map(priorityClassName),
        "system-cluster-critical",
        "system-node-critical",
      ];
    case "storage.k8s.io/StorageClass":
      return [...new Set(Object.values(cluster.storageClasses))];
    case "gateway.networking.k8s.io/Gateway":
      return Object.values(cluster.gateways).flatMap((gateway) =>
        gateway !== undefined && gateway.namespace === namespace ? gateway.name : [],
      );
    case "external-secrets.io/ClusterSecretStore":
      return Object.keys(tiers).map((tier) => storeName(facts.name, tier));
    case "rbac.authorization.k8s.io/ClusterRole":
      return [
        "cluster-admin",
        "admin",
        "edit",
        "view",
        "system:auth-delegator",
        "system:node-proxier",
        "system:monitoring",
      ];
    case "/PersistentVolumeClaim":
      return namespace === service.namespace ? adoptedClaims(service) : [];
    case "/Service":
      return tree
        .inNamespace(facts.clusterName, "postgresql.cnpg.io/Cluster", namespace)
        .flatMap(({ manifest }) => Object.values(postgresServiceNames(manifest.name)));
    default:
      return [];
  }
}

/** Claims that were there before, which the service takes over: nobody renders them. */
const adoptedClaims = ({ volumes }: Release["service"]): string[] =>
  volumes.flatMap(({ volume }) => (isClaim(volume) ? (volume.adopt ?? []) : []));

function partsOf(object: CheckedObject): Parts {
  if (object.kind === "/ConfigMap")
    return new Set([
      ...Object.keys(map(object.tree, "data")),
      ...Object.keys(map(object.tree, "binaryData")),
    ]);
  if (object.kind === "/Service")
    return new Set(list(object.tree, "spec", "ports").map((port) => Number(map(port)["port"])));
  return undefined;
}

/** The keys of a Secret by its name. */
type Secrets = ReadonlyMap<string, Parts>;

function ofSecret(secrets: Secrets, name: string): Target {
  return secrets.has(name)
    ? { exists: true, parts: secrets.get(name) }
    : { exists: false, valid: [...secrets.keys()] };
}

/** Secrets of a namespace: plain ones, and those that operators make. */
function secretsOf(tree: CheckedTree, cluster: string, namespace: string | undefined): Secrets {
  const found = new Map<string, Parts>();
  const add = (name: string | undefined, parts: Parts) => {
    if (name !== undefined) found.set(name, parts);
  };
  const here = (kind: string) => tree.inNamespace(cluster, kind, namespace);
  for (const object of here("external-secrets.io/ExternalSecret"))
    add(
      text(object.tree, "spec", "target", "name") ?? object.manifest.name,
      keysOfExternalSecret(object),
    );
  for (const { manifest } of here("/Secret")) add(manifest.name, undefined);
  for (const object of here("cert-manager.io/Certificate"))
    add(text(object.tree, "spec", "secretName"), new Set(["tls.crt", "tls.key", "ca.crt"]));
  for (const { manifest } of here("postgresql.cnpg.io/Cluster"))
    for (const name of postgresSecretNames(manifest.name)) add(name, undefined);
  return found;
}

/** Undefined where a whole folder is fetched: only the backend knows its keys. */
function keysOfExternalSecret({ tree }: CheckedObject): Parts {
  if (list(tree, "spec", "dataFrom").length > 0) return undefined;
  const fetched = list(tree, "spec", "data").flatMap((entry) => text(entry, "secretKey") ?? []);
  const made = Object.keys(map(tree, "spec", "target", "template", "data"));
  const merges =
    made.length === 0 || text(tree, "spec", "target", "template", "mergePolicy") === "Merge";
  return new Set(merges ? [...fetched, ...made] : made);
}
