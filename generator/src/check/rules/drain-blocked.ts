/** A budget that lets no pod go: a node with such a pod is never drained, and an update of the nodes stands still. */
import type { Problem } from "../../problems/problem.ts";
import { componentOf, nameOf, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isUntouched } from "../origin.ts";
import { isSelected, podOf } from "../pods.ts";
import { at, map, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";

/** Whose pods a drain evicts and somebody makes again; those of a DaemonSet are left alone, those of jobs end. */
const kinds = ["apps/Deployment", "apps/StatefulSet"] as const;
const budgetKind = "policy/PodDisruptionBudget";

/** Problems: MANIFEST_DRAIN_BLOCKED. */
export function blockedDrains(tree: CheckedTree): Problem[] {
  return tree.ofKind(budgetKind).flatMap((budget) => {
    const workloads = selected(tree, budget);
    return [...lettingNoneGo(tree, budget, workloads), ...besideAnother(tree, budget, workloads)];
  });
}

/** An empty selector takes all pods of the namespace, one of expressions is not judged. */
function selected(tree: CheckedTree, budget: CheckedObject): CheckedObject[] {
  const { manifest, release } = budget;
  const selector = at(budget.tree, "spec", "selector");
  if (selector === undefined || at(selector, "matchExpressions") !== undefined) return [];
  return kinds
    .flatMap((kind) => tree.inNamespace(release.facts.clusterName, kind, manifest.namespace))
    .filter((workload) => isSelected(podOf(workload)?.labels ?? {}, map(selector, "matchLabels")));
}

/** What its own numbers say: none of the pods may be missing. */
function lettingNoneGo(
  tree: CheckedTree,
  budget: CheckedObject,
  workloads: readonly CheckedObject[],
): Problem[] {
  const pods = workloads.reduce((sum, workload) => sum + fewestPods(tree, workload), 0);
  const field = pods > 0 ? blocking(budget, pods) : undefined;
  if (field === undefined) return [];
  return [
    problemIn(budget, {
      code: "MANIFEST_DRAIN_BLOCKED",
      path: ["spec", field],
      field: fieldOf(budget),
      message:
        pods === 1
          ? "its only pod may never go, so its node cannot be drained"
          : `none of its ${pods} pods may ever go, so no node with one of them can be drained`,
      found: `${field}: ${JSON.stringify(at(budget.tree, "spec", field))}`,
      expected: "a budget that lets one pod be missing",
      fix: "take it out: from two pods on there is a budget, and disruption of the component says another one. With one pod there is none to keep",
    }),
  ];
}

/** The field by which no pod may be missing. Kubernetes rounds both up. */
function blocking(
  budget: CheckedObject,
  pods: number,
): "minAvailable" | "maxUnavailable" | undefined {
  const amount = (field: string) => {
    const value = at(budget.tree, "spec", field);
    const percent = typeof value === "string" ? /^(\d+)%$/.exec(value)?.[1] : undefined;
    if (percent !== undefined) return Math.ceil((Number(percent) * pods) / 100);
    return typeof value === "number" ? value : undefined;
  };
  if ((amount("minAvailable") ?? 0) >= pods) return "minAvailable";
  return amount("maxUnavailable") === 0 ? "maxUnavailable" : undefined;
}

/** An autoscaler may take a workload down to the fewest it says, one unless said. */
function fewestPods(
  tree: CheckedTree,
  { manifest, release, tree: workload }: CheckedObject,
): number {
  const scaler = tree
    .inNamespace(
      release.facts.clusterName,
      "autoscaling/HorizontalPodAutoscaler",
      manifest.namespace,
    )
    .find(
      (one) =>
        text(one.tree, "spec", "scaleTargetRef", "kind") === manifest.kind &&
        text(one.tree, "spec", "scaleTargetRef", "name") === manifest.name,
    );
  const count =
    scaler === undefined
      ? at(workload, "spec", "replicas")
      : at(scaler.tree, "spec", "minReplicas");
  return typeof count === "number" ? count : 1;
}

/** What another budget makes of it: eviction refuses a pod that two are for. */
function besideAnother(
  tree: CheckedTree,
  budget: CheckedObject,
  workloads: readonly CheckedObject[],
): Problem[] {
  if (isUntouched(budget)) return [];
  const { manifest, release } = budget;
  const other = tree
    .inNamespace(release.facts.clusterName, budgetKind, manifest.namespace)
    .find(
      (one) =>
        one.manifest.name !== manifest.name &&
        (isUntouched(one) || one.manifest.name < manifest.name) &&
        selected(tree, one).some((workload) => workloads.includes(workload)),
    );
  if (other === undefined) return [];
  return [
    problemIn(budget, {
      code: "MANIFEST_DRAIN_BLOCKED",
      path: ["spec", "selector"],
      field: fieldOf(budget),
      message: `${nameOf(other)} is for the same pods, and Kubernetes evicts no pod that two budgets are for`,
      expected: "one budget for each pod",
      fix: "take it out, and say disruption of the component",
    }),
  ];
}

function fieldOf(budget: CheckedObject): Keys {
  const component = componentOf(budget);
  return component === undefined ? [] : [...component.path, "disruption"];
}
