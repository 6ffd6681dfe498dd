/** Resources as a role names them. A role that names one nobody has is accepted by the API server, and gives nothing. */
import { accountResource, apiResource } from "./powers.ts";

/** Those of Kubernetes itself, by group. In the group without a name there are no others; later versions add to the rest. */
const ofKubernetes: Readonly<Record<string, readonly string[]>> = {
  "": [
    "bindings",
    "componentstatuses",
    "configmaps",
    "endpoints",
    "events",
    "groups", // whom one may impersonate, as users
    "limitranges",
    "namespaces",
    "nodes",
    "persistentvolumeclaims",
    "persistentvolumes",
    "pods",
    "podtemplates",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "serviceaccounts",
    "services",
    "users",
  ],
  apps: ["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"],
  autoscaling: ["horizontalpodautoscalers"],
  batch: ["cronjobs", "jobs"],
  policy: ["poddisruptionbudgets"],
  "apiextensions.k8s.io": ["customresourcedefinitions"],
  "apiregistration.k8s.io": ["apiservices"],
  "authentication.k8s.io": ["tokenreviews"],
  "authorization.k8s.io": ["subjectaccessreviews"],
  "certificates.k8s.io": ["certificatesigningrequests"],
  "coordination.k8s.io": ["leases"],
  "discovery.k8s.io": ["endpointslices"],
  "events.k8s.io": ["events"],
  "networking.k8s.io": ["ingressclasses", "ingresses", "networkpolicies"],
  "node.k8s.io": ["runtimeclasses"],
  "rbac.authorization.k8s.io": ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
  "scheduling.k8s.io": ["priorityclasses"],
  "storage.k8s.io": ["csidrivers", "csinodes", "storageclasses", "volumeattachments"],
};

/** Looked up by what people write, which may be a word that every object has. */
const byGroup = new Map(Object.entries(ofKubernetes));

const known = [...byGroup].flatMap(([group, names]) =>
  names.map((name) => ({ name, written: accountResource(group, name) })),
);

/** `apps/v1/deployments`, as `apiVersion` has it. */
const versionName = /^v\d+((alpha|beta)\d+)?$/;

export interface ResourceSlip {
  readonly message: string;
  /** What is meant, as `account` names it; undefined where nobody can know. */
  readonly meant?: string;
}

/** In: a resource as `account` names it. Out: why there can be none of that name; undefined where there may be. */
export function resourceSlip(resource: string): ResourceSlip | undefined {
  if (resource.includes("*")) return undefined;
  const parts = resource.split("/");
  const version = parts.find((part) => versionName.test(part));
  if (version !== undefined) {
    const others = parts.filter((part) => part !== version).join("/");
    const message = `\`${version}\` is a version, and rights hold for all versions of a resource`;
    return { ...(resourceSlip(others) ?? { meant: others }), message };
  }
  const [front = "", ...behind] = parts;
  if (isGroup(front, behind))
    return {
      message: `\`${front}\` is a group, which stands behind the resource`,
      meant: accountResource(front, behind.join("/")),
    };
  const { group, name } = apiResource(front);
  const isOneOfMany = byGroup.get(group)?.some((plural) => singularOf(plural) === name) === true;
  if (byGroup.get(group)?.includes(name) === true || (isOfOthers(group) && !isOneOfMany))
    return undefined;
  const meant = known.find((one) => one.name === name || singularOf(one.name) === name)?.written;
  return {
    message:
      group === ""
        ? `the API has no resource \`${name}\` without a group`
        : `the API has no resource \`${front}\``,
    ...(meant === undefined ? {} : { meant: [meant, ...behind].join("/") }),
  };
}

/** Groups of others are domains. `k8s.io` itself is no group, those of Kubernetes lie below it. */
const isOfOthers = (group: string): boolean => group.includes(".") && group !== "k8s.io";

/** `coordination.k8s.io/leases`, where `signers.certificates.k8s.io/approve` is a resource and a part of it. */
function isGroup(front: string, [part = "", ...more]: readonly string[]): boolean {
  if (part === "") return false;
  if (front !== "" && byGroup.has(front)) return true;
  const isSubresource = !part.endsWith("s") || part === "status" || part === "finalizers";
  if (!front.includes(".") || isSubresource || more.length > 0) return false;
  const { group, name } = apiResource(front);
  // Names of resources are plural, first words of groups mostly not.
  if (isOfOthers(group)) return !name.endsWith("s");
  return !byGroup.has(group) && !known.some((one) => one.name === name);
}

const singularOf = (plural: string): string =>
  plural
    .replace(/ies$/, "y")
    .replace(/sses$/, "ss")
    .replace(/([^s])s$/, "$1");
