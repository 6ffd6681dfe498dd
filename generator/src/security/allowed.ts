/**
 * What a service has declared, as the policies on a cluster read it: one annotation of the Namespace with an item
 * for each rule and the pods or containers that need not keep it, `root:main/vpn host-path:main`.
 */
import type { Tree } from "../model/data.ts";
import type { ResolvedService } from "../model/platform.ts";
import { declaredBreaches } from "./breaches.ts";
import type { DeclaredBreach } from "./breaches.ts";
import { celAnnotation } from "./cel.ts";
import { isPostgresCluster } from "../release/postgres.ts";

/** The annotation of a Namespace, and of a role whose powers are declared. */
export const allowsAnnotation = "rzp.local/allows";

/** Nobody knows the pods of a chart or an operator so well: the Pod Security level of the Namespace is their only limit. */
const anything = "*";

/** Items of the annotation, sorted; none where every rule is kept. */
export function allowedItems(service: ResolvedService): string[] {
  if (service.kind === "chart" || service.spec.operatorPods !== undefined) return [anything];
  return declaredItems(service);
}

const declaredItems = (service: ResolvedService): string[] =>
  [...new Set(declaredBreaches(service).map(itemOf))].sort();

/** In: a rule that a rendered pod breaks, its labels and the container. Out: whether the service has declared it for that one. */
export function isAllowed(
  service: ResolvedService,
  { rule, labels, container }: { rule: string; labels: Tree; container: string | undefined },
): boolean {
  if (service.kind === "chart") return true;
  const pod = String(labels[podLabels.cluster] ?? labels[podLabels.component] ?? "");
  return declaredItems(service).includes(item(rule, pod, container));
}

const item = (rule: string, pod: string, container: string | undefined) =>
  `${rule}:${container === undefined ? pod : `${pod}/${container}`}`;

function itemOf({ rule, component, container }: DeclaredBreach): string {
  return item(rule, podName(component), container);
}

/** What its pods are called by: the label of their component, or of the database cluster they are instances of. */
const podName = (component: DeclaredBreach["component"]): string =>
  isPostgresCluster(component) ? component.objectName : component.name;

/** Labels by which pods are called; CloudNativePG gives the second a meaning of its own. */
const podLabels = { cluster: "cnpg.io/cluster", component: "app.kubernetes.io/component" } as const;

const declared = `${celAnnotation(allowsAnnotation)}.split(' ')`;
const label = (key: string) => `object.metadata.?labels[?'${key}']`;

/** Variables of a policy on pods: the items, and whom its rules speak of. */
export const allowedVariables = [
  { name: "allowed", expression: declared },
  {
    name: "pod",
    expression: `${label(podLabels.cluster)}.orValue(${label(podLabels.component)}.orValue(''))`,
  },
] as const;

/** CEL: the rule need not be kept, by the pod or by its container `c`. */
export const celAllowed = (rule: string, of: "pod" | "container"): string =>
  `('${rule}:' + variables.pod${of === "pod" ? "" : " + '/' + c.name"}) in variables.allowed`;

/** CEL: no rule need be kept here. */
export const celAllowsAnything = `'${anything}' in variables.allowed`;
