/** Kinds the library itself renders: their files carry no group in their names, and every tier's project allows them. */
import { isClusterScoped } from "./scopes.ts";

export interface Kind {
  readonly group: string;
  readonly kind: string;
}

const kindsByGroup: Readonly<Record<string, readonly string[]>> = {
  "": [
    "ConfigMap",
    "LimitRange",
    "Namespace",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "ResourceQuota",
    "Service",
    "ServiceAccount",
  ],
  apps: ["DaemonSet", "Deployment", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  "external-secrets.io": ["ExternalSecret"],
  "gateway.envoyproxy.io": ["SecurityPolicy"],
  "gateway.networking.k8s.io": ["GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute", "UDPRoute"],
  "monitoring.coreos.com": [
    "AlertmanagerConfig",
    "PodMonitor",
    "Probe",
    "PrometheusRule",
    "ServiceMonitor",
  ],
  "networking.k8s.io": ["NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
  "postgresql.cnpg.io": ["Cluster", "Database"],
  "rbac.authorization.k8s.io": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "resource.k8s.io": ["ResourceClaimTemplate"],
  "snapshot.storage.k8s.io": ["VolumeSnapshotClass"],
  "velero.io": ["Schedule"],
};

export const libraryKinds: readonly Kind[] = Object.entries(kindsByGroup).flatMap(
  ([group, kinds]) => kinds.map((kind) => ({ group, kind })),
);

const names: ReadonlySet<string> = new Set(libraryKinds.map(({ kind }) => kind));

export const isOfLibrary = (kind: string): boolean => names.has(kind);

/** Those that live in a namespace. */
export const namespacedLibraryKinds: readonly Kind[] = libraryKinds.filter(
  ({ group, kind }) => !isClusterScoped(`${group}/v1`, kind),
);
