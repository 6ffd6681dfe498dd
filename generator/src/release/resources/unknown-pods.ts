/** What a service brings beside its components that has pods, or may: nobody here knows how many, or what they ask for. */
import { isTree } from "../../model/data.ts";
import type { ResolvedService } from "../../model/platform.ts";
import { groupOf } from "../../model/scopes.ts";
import { ownObjects } from "../objects.ts";

const podKinds: ReadonlySet<string> = new Set([
  "Pod",
  "Deployment",
  "ReplicaSet",
  "ReplicationController",
  "StatefulSet",
  "DaemonSet",
  "Job",
  "CronJob",
]);
/** Groups of Kubernetes without a domain; the others it serves end in .k8s.io, and so do those for networks and snapshots. */
const plainGroups: ReadonlySet<string> = new Set(["", "apps", "batch", "autoscaling", "policy"]);

/**
 * Groups of operators that are known, with those of their kinds that have pods. A solver pod of cert-manager runs for the moment
 * in which a name is proved; it says what it asks for, which is less than the head-room, and is tried again.
 */
const operators: Readonly<Record<string, readonly string[]>> = {
  "cert-manager.io": [],
  "external-secrets.io": [],
  "gateway.networking.x-k8s.io": [],
  "gateway.envoyproxy.io": ["EnvoyProxy"],
  "generators.external-secrets.io": [],
  "k8s.cni.cncf.io": [],
  "kueue.x-k8s.io": [],
  "metallb.io": [],
  "monitoring.coreos.com": ["Alertmanager", "Prometheus", "PrometheusAgent", "ThanosRuler"],
  "multicluster.x-k8s.io": [],
  "postgresql.cnpg.io": ["Cluster", "Pooler"],
  "scheduling.x-k8s.io": [],
  "secrets-store.csi.x-k8s.io": [],
  // Its name is older than the rule that such names are Kubernetes' own.
  "sparkoperator.k8s.io": ["ScheduledSparkApplication", "SparkApplication", "SparkConnect"],
  "velero.io": ["Restore"],
};

/** Fields by which a patch changes how many pods there are, or what they ask for. */
const countedFields: ReadonlySet<string> = new Set([
  "replicas",
  "instances",
  "parallelism",
  "maxReplicas",
  "containers",
  "initContainers",
  "resources",
  "strategy",
]);

/** `objects` that are pods, or of a kind for which an operator may make some. */
export function objectsWithPods(service: ResolvedService): string[] {
  return ownObjects(service).flatMap(({ key, kind, object: { apiVersion } }) =>
    podKinds.has(kind) || mayHavePods(groupOf(apiVersion), kind) ? [key] : [],
  );
}

function mayHavePods(group: string, kind: string): boolean {
  if (Object.hasOwn(operators, group)) return operators[group]?.includes(kind) === true;
  // Those of projects beside it only where they are known: some make pods, as jobset.x-k8s.io.
  return !plainGroups.has(group) && !group.endsWith(".k8s.io");
}

/** `patches` that change how many pods there are, or what they ask for. */
export const patchesOfPods = ({ spec }: ResolvedService): string[] =>
  Object.entries(spec.patches ?? {}).flatMap(([key, patch]) => (namesCounted(patch) ? [key] : []));

function namesCounted(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(namesCounted);
  return (
    isTree(value) &&
    Object.entries(value).some(([key, inner]) => countedFields.has(key) || namesCounted(inner))
  );
}
