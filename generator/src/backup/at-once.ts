/** Claims that are reckoned to be copied at once, beside what the node agent of Velero is told: whoever changes one forgets the other. */
import type { Cluster } from "../model/cluster.ts";
import { asTree } from "../model/data.ts";
import { list } from "../model/reading.ts";
import type { Tree } from "../model/data.ts";
import { backupService } from "../model/known-services.ts";
import { clusterFile } from "../model/paths.ts";
import type { ResolvedService } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { copyingNodes, lanesOf } from "../release/backups/times.ts";
import { labelsOfNode } from "../release/pods/node-labels.ts";
import { ownObjects } from "../release/objects.ts";
import type { BackedCluster } from "./cluster.ts";

/**
 * In: a cluster that has backups. Problems: BACKUP_AT_ONCE_DIFFERS, a warning, whether the number reckoned with is said or not. What
 * the node agent is told elsewhere than in `objects` is known to nobody here.
 */
export function atOnceDiffers({ cluster, facts, maker }: BackedCluster): Problem[] {
  const reckoned = lanesOf(facts.cluster).ofNode;
  const told = maker === undefined ? undefined : toldOf(maker.service, facts.cluster);
  if (maker === undefined || told === undefined || reckoned === told.number) return [];
  const { name, number, node } = told;
  const than = reckoned > number ? "later" : "sooner";
  const isSaid = facts.cluster.backup?.claims?.atOnce !== undefined;
  return [
    problemAt(
      "BACKUP_AT_ONCE_DIFFERS",
      clusterFile(cluster),
      isSaid ? ["backup", "claims", "atOnce"] : ["backup"],
      {
        severity: "warning",
        message: `${node === undefined ? "a node" : `the node ${node}`} copies ${number} at once, as the ConfigMap \`${name}\` of ${backupService} says: backups and a recovery are done ${than} than is reckoned`,
        found: isSaid ? String(reckoned) : `no atOnce, which is ${reckoned}`,
        expected: `the ${node === undefined ? "" : "smallest "}number that \`loadConcurrency\` of the node agent has`,
        fix: `write atOnce: ${number}${isSaid ? "" : " in claims"}, or change loadConcurrency in ${maker.service.file}`,
        target: isSaid ? "value" : "key",
      },
    ),
  ];
}

interface Told {
  /** Of the ConfigMap. */
  readonly name: string;
  readonly number: number;
  /** Where it is told for single nodes. */
  readonly node?: string;
}

/** What the node agent is told, and by which object: JSON in a ConfigMap, under any key. Of several nodes the one that copies fewest. */
function toldOf(service: ResolvedService, cluster: Cluster): Told | undefined {
  return ownObjects(service)
    .filter(({ kind }) => kind === "ConfigMap")
    .flatMap(({ name, object }) =>
      Object.values(asTree(asTree(object)["data"])).flatMap((text) => {
        const load = asTree(asTree(parsed(text))["loadConcurrency"]);
        if (load["globalConfig"] === undefined && load["perNodeConfig"] === undefined) return [];
        return [{ name, ...fewest(load, cluster) }];
      }),
    )[0];
}

/** In: `loadConcurrency`. A node has the smallest number of those that select it, else that of all, which is 1 unless said. */
function fewest(load: Tree, cluster: Cluster): Omit<Told, "name"> {
  const ofAll = numbersIn([load["globalConfig"]])[0] ?? 1;
  const nodes = copyingNodes(cluster).map(([node, facts]): Omit<Told, "name"> => {
    const own = list(load, "perNodeConfig")
      .map(asTree)
      .filter(({ nodeSelector }) => isSelected(asTree(nodeSelector), labelsOfNode(node, facts)));
    const numbers = numbersIn(own.map(({ number }) => number));
    return numbers.length === 0 ? { number: ofAll } : { number: Math.min(...numbers), node };
  });
  return nodes.toSorted((a, b) => a.number - b.number)[0] ?? { number: ofAll };
}

/** Velero passes over what is no number of claims. */
const numbersIn = (values: readonly unknown[]): number[] =>
  values.filter((value) => typeof value === "number").filter((number) => number > 0);

/** Whether a selector of Kubernetes takes a node with these labels. */
function isSelected(selector: Tree, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(asTree(selector["matchLabels"])).every(
      ([key, value]) => labels[key] === value,
    ) &&
    list(selector, "matchExpressions").every((expression) => {
      const { key, operator } = asTree(expression);
      const own = labels[String(key)];
      const isThere =
        own !== undefined &&
        (operator === "Exists" ||
          operator === "DoesNotExist" ||
          list(expression, "values").includes(own));
      return operator === "NotIn" || operator === "DoesNotExist" ? !isThere : isThere;
    })
  );
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    // A file of another kind.
    return undefined;
  }
}
