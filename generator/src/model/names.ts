/**
 * The only place that builds names. Names are frozen: what is built here never follows from how many
 * others there are, and a name over its limit always carries a hash of its full identity.
 */
import { createHash } from "node:crypto";

/** Limit of namespaces, Services and label values (RFC 1123 label). */
const labelLength = 63;
/** StatefulSet and CronJob append up to 11 characters to the names of their pods. */
const workloadLength = 52;
/** `rzp.local/checksum-<name>` is a key of an annotation, whose part after the slash is a label (see _pod.tpl). */
const checksummedLength = labelLength - "checksum-".length;
const hashLength = 8;

/** Cuts a name that is too long and adds a hash of all of it, so that no two long names meet. */
export function limited(name: string, limit: number): string {
  return name.length <= limit ? name : hashed(name, name, limit);
}

function hashed(name: string, identity: string, limit: number): string {
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, hashLength);
  return `${name.slice(0, limit - hashLength - 1).replace(/-+$/, "")}-${hash}`;
}

/** `<prefix>-<tier>-<service>`: tier and prefix hold no hyphen, so this can be read back. */
export function namespaceName(parts: {
  prefix: string | undefined;
  tier: string;
  service: string;
}): string {
  const { prefix, tier, service } = parts;
  return limited(`${namespaceBeginning(prefix, tier)}${service}`, labelLength);
}

/** What namespaces of a tier begin with, and those of no other tier or environment of a cluster, as no tier is a prefix. */
export const namespaceBeginning = (prefix: string | undefined, tier: string): string =>
  prefix === undefined ? `${tier}-` : `${prefix}-${tier}-`;

/** A pinned namespace has no tier to read back; the environment's prefix still comes first. */
function pinnedNamespace(prefix: string | undefined, pin: string): string {
  return limited(prefix === undefined ? pin : `${prefix}-${pin}`, labelLength);
}

/** Namespace of a service: by its tier, or the one it is pinned to. */
export function namespaceOf(
  service: string,
  spec: {
    readonly tier: string;
    readonly pins?: { readonly namespace?: string | undefined } | undefined;
  },
  prefix: string | undefined,
): string {
  const pin = spec.pins?.namespace;
  return pin === undefined
    ? namespaceName({ prefix, tier: spec.tier, service })
    : pinnedNamespace(prefix, pin);
}

/** Whether a pinned namespace is that of a service of another name: one that was renamed keeps it. */
export const isOfAnother = (pin: string | undefined, service: string): boolean =>
  pin?.includes("-") === true && pin.slice(pin.indexOf("-") + 1) !== service;

/** The component every service with one component has: adding a second one renames nothing. */
export const soleComponent = "main";

/** Objects of the main component bear the service's name, those of others the component's. */
export function objectName(service: string, component: string): string {
  return limited(component === soleComponent ? service : component, workloadLength);
}

/** An object beside a component's own, named after its concern. */
export function concernName(base: string, concern: string): string {
  return limited(`${base}-${concern}`, labelLength);
}

/** The headless Service that gives the pods of a StatefulSet a name each. */
export function podsServiceName(object: string): string {
  return concernName(object, "pods");
}

/** The claim of a device such as a graphics card (Kubernetes, dynamic resource allocation). */
export function gpuClaimName(object: string): string {
  return concernName(object, "gpu");
}

/** The Services CloudNativePG makes for a cluster: of the primary, of the replicas, of all instances. */
export function postgresServiceNames(cluster: string): {
  readonly primary: string;
  readonly replicas: string;
  readonly all: string;
} {
  return { primary: `${cluster}-rw`, replicas: `${cluster}-ro`, all: `${cluster}-r` };
}

/** The Secrets CloudNativePG makes for a cluster. */
export function postgresSecretNames(cluster: string): string[] {
  return ["app", "superuser", "ca", "server", "replication"].map((use) => `${cluster}-${use}`);
}

/** The Database object of a login: it needs a DNS name, and logins may hold underscores. */
export function databaseObjectName(login: string): string {
  return limited(login.replaceAll("_", "-"), labelLength);
}

/** What a StatefulSet calls the claim of a pod, which it counts from 0; a pattern for its number finds all. */
export function podClaimName(volume: string, object: string, pod: number | string): string {
  return `${volume}-${object}-${pod}`;
}

/** What CloudNativePG calls the claim of an instance, as it calls its pod. */
export function instanceClaimName(cluster: string, instance: number | string): string {
  return `${cluster}-${instance}`;
}

/** The init container that waits for a service this one needs. */
export function waitName(provider: string): string {
  return limited(`wait-for-${provider}`, labelLength);
}

/** The ConfigMap with the files of a component, or of a container beside its main one. */
export function filesName(object: string, container: string | undefined): string {
  return limited(
    container === undefined ? `${object}-files` : `${object}-files-${container}`,
    checksummedLength,
  );
}

/** The volume with the files of a container; undefined is the main one. */
export function configVolume(container: string | undefined): string {
  return container === undefined ? "files" : limited(`files-${container}`, labelLength);
}

/** The volume with a secret of which a container mounts keys as files. */
export function secretVolume(secret: string): string {
  return limited(`secret-${secret}`, labelLength);
}

/** The volume of a device of the node. Sticks have paths as `/dev/serial/by-id/usb-ITEAD_Zigbee_3.0-if00`: what a label cannot tell apart, a hash does. */
export function deviceVolume(path: string): string {
  const name = `device${path.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  return /^[a-z0-9/]+$/.test(path) ? limited(name, labelLength) : hashed(name, path, labelLength);
}

/** Key in the ConfigMap: the path with slashes as dots, so that two files of one name do not meet; no sign that a key cannot have. */
export function fileKey(path: string): string {
  return path
    .slice(1)
    .replaceAll("/", ".")
    .replaceAll(/[^A-Za-z0-9._-]/g, "-");
}

/** Cluster-scoped objects carry their namespace, which is unique on a cluster. */
export function clusterScopedName(namespace: string, name: string): string {
  return limited(`${namespace}-${name}`, labelLength);
}

/** One store an environment and tier; the environment is in it because a cluster may carry several. */
export function storeName(environment: string, tier: string): string {
  return `${environment}-${tier}`;
}

/** The quota of a namespace, and what containers get in it that say nothing. */
export const quotaName = "quota";
export const limitRangeName = "container-defaults";

/** The priority of a tier; it exists once on a cluster. */
export function priorityClassName(tier: string): string {
  return `tier-${tier}`;
}

/**
 * The Application of a service's layer: `<environment>.<service>`, and `.<layer>` for a layer that is not its
 * own. No name of ours holds a dot, so it can be read back; Argo CD objects of several environments on one
 * cluster share a namespace.
 */
export function applicationName(
  environment: string,
  { service, layer }: { readonly service: string; readonly layer: string },
  own: string | undefined,
): string {
  return layer === own ? `${environment}.${service}` : `${environment}.${service}.${layer}`;
}

/** The AppProject of a tier, which is one word without hyphen, so this can be read back. */
export function projectName(environment: string, tier: string): string {
  return `${environment}-${tier}`;
}

/** The PrometheusRule with what no service asks for by itself, beside what reads it. */
export const platformRulesName = "rzp";

/** A policy of admission of an environment, and its binding; what it is about is one word. */
export function admissionName(environment: string, subject: string): string {
  return `${environment}-rzp-${subject}`;
}

/** The root Application of an environment and its project. */
export function rootName(environment: string): string {
  return environment;
}

/** The Secret with a tier's machine identity: made by hand once, by reference everywhere else. */
export function identityName(environment: string, tier: string): string {
  return `infisical-${storeName(environment, tier)}`;
}

/** Name of the Secret a service's own secrets are in, and of those it gets from others. */
export const ownSecret = "own";

/** Name of the Secret with the credentials of image registries. */
export const pullSecret = "pull";

/** Name of the Secret with what a provider shares with this service. */
export function secretFromProvider(provider: string): string {
  return limited(`from-${provider}`, labelLength);
}

/** Name of the Secret with all keys of a folder; `.` is the service's own. */
export function secretOfFolder(folder: string): string {
  return folder === "." ? "folder" : limited(`folder-${folder}`, labelLength);
}

/** Name of the Secret with a consumer's login, in the namespace of the database. */
export function secretOfLogin(consumer: string): string {
  return limited(`login-${consumer}`, labelLength);
}

/** The first database of a cluster and the role that owns it; nobody logs in as it. */
export const databaseOwner = "app";

/** Name of the Secret with the owner of a database cluster's first database. */
export function secretOfOwner(cluster: string): string {
  return concernName(cluster, "owner");
}

/** Name of the Secret with which the gateway proves itself to the environment's sign-in provider. */
export const signInSecret = "sign-in";

/** Name of the Secret with what Alertmanager needs to tell people. */
export const alertSecret = "alert-receivers";

/** Names RZP gives to Secrets, of whatever service: another consumer must never take one that somebody chose. */
export const isDerivedSecret = (name: string): boolean =>
  /^(own|pull|folder|sign-in|alert-receivers|(folder|from|login)-.*|.*-owner)$/.test(name);

/** Path of a secret in its backend. A service reads its own folder and those of its edges. */
export function secretPath(service: string, key: string): string {
  return `/services/${service}/${key}`;
}

/** Folder of a service's secrets in their backend; `.` is its own. */
export function secretFolder(service: string, folder: string): string {
  return folder === "." ? `/services/${service}` : `/services/${service}/${folder}`;
}

/** Path of the password between two services, which only those two may read. */
export function edgePath(provider: string, consumer: string): string {
  return `${edgeFolder(provider, consumer)}/password`;
}

/** Folder of the credentials between two services. */
export function edgeFolder(provider: string, consumer: string): string {
  return `/edges/${provider}/${consumer}`;
}

/** Key of the password of the owner of a database cluster's first database, in the service's own path. */
export function ownerPasswordKey(component: string): string {
  return component === soleComponent ? "owner-password" : `${component}-owner-password`;
}

/** The pseudo-service and tier of what belongs to the environment itself. */
export const ownService = "environment";

/** Path of a secret of the environment itself, which every service may need that is behind its sign-in. */
export function environmentSecretPath(key: string): string {
  return secretPath(ownService, key);
}

/** Names no service and no tier may bear: RZP's own, and the one key of Helm's values that all charts share. */
export const reservedNames: readonly string[] = [ownService, "global"];

/** First word of the namespaces of Kubernetes itself (`kube-…`, its documentation of namespaces); no other begins with it. */
export const kubernetesWord = "kube";

/** The project that Argo CD makes itself, which everything without one is in. */
export const argocdProject = "default";

/** The keys of those labels by which pods are selected (Kubernetes, recommended labels). */
const labels = {
  name: "app.kubernetes.io/name",
  component: "app.kubernetes.io/component",
} as const;

/** On claims that are not backed up, or in another way. */
export const backupLabel = "rzp.local/backup";

/** On the root of an environment: the cluster it was rendered for. */
export const clusterLabel = "rzp.local/cluster";

/**
 * Labels that only RZP sets, and the one by which policies know a namespace, which the API server sets: rzp-lib refuses them
 * from anyone else (`_labels.tpl`, which a test compares).
 */
export const reservedLabels: readonly string[] = [
  labels.name,
  labels.component,
  "app.kubernetes.io/part-of",
  "app.kubernetes.io/managed-by",
  "rzp.local/environment",
  "rzp.local/tier",
  "rzp.local/service",
  backupLabel,
  "rzp.local/kubernetes-service",
  "pod-security.kubernetes.io/enforce",
  "pod-security.kubernetes.io/audit",
  "pod-security.kubernetes.io/warn",
  "pod-security.kubernetes.io/enforce-version",
  "pod-security.kubernetes.io/audit-version",
  "pod-security.kubernetes.io/warn-version",
  "kubernetes.io/metadata.name",
];

/** The two labels of every selector; they never change. */
export function selectorLabels(service: string, component: string): Record<string, string> {
  return { [labels.name]: service, [labels.component]: component };
}

/** Full name of a Service inside the cluster. */
export function serviceHost(name: string, namespace: string, domain: string): string {
  return `${name}.${namespace}.svc.${domain}`;
}

/** Where Argo CD itself and its objects live; the namespace of the service named argo-cd, or its usual one. */
export const argocdNamespace = "argocd";

/** A Schedule of Velero: `prod-default-2h-bulk`. Velero puts the time behind it, 15 characters, to name a backup. */
export function backupScheduleName(parts: readonly string[]): string {
  return limited(parts.join("-"), labelLength - "-20261125230000".length);
}

/** What a template of machines is called on its host. */
export const templateName = (cluster: string, host: string): string =>
  limited(`${cluster}-template-${host.toLowerCase()}`, labelLength);

/** What a node's machine is called where its hosts run it: clusters may share hosts. */
export const machineName = (cluster: string, node: string): string =>
  limited(`${cluster}-${node}`, labelLength);

/**
 * The hardware address of a machine: locally administered (IEEE 802, second bit), two bytes of the cluster, three of
 * its number. So it never changes, and a machine that is made again has it again.
 */
export function hardwareAddress(cluster: string, id: number): string {
  const ofCluster = createHash("sha256").update(cluster).digest().subarray(0, 2);
  const bytes = [0x02, ...ofCluster, (id >> 16) & 0xff, (id >> 8) & 0xff, id & 0xff];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":");
}

/** What names of public hosts lead to; it leads to the way in. Clusters may share a zone. */
export const gatewayHost = (cluster: string, zone: string): string =>
  `${limited(`gateway-${cluster}`, labelLength)}.${zone}`;

/** What the tunnel of a cluster is called in its account. */
export const tunnelName = (cluster: string): string => limited(`rzp-${cluster}`, labelLength);
