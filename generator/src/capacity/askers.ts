/** Who asks for most: what a person may make smaller first. */
import { sum } from "../release/resources/amounts.ts";
import type { Problem } from "../problems/problem.ts";
import type { ClusterDemand } from "./cluster.ts";
import type { Pod } from "./model.ts";
import { amount } from "./proof.ts";
import { quantity } from "./words.ts";

const told = 3;

/** In: pods that have no room together, and what they ask too much of. Out: the files of the largest services of those that ask for it, and what these ask for. */
export function largestAskers(
  { reserve }: Pick<ClusterDemand, "reserve">,
  pods: readonly Pod[],
  resource: string,
): NonNullable<Problem["related"]> {
  const kept = new Set(reserve?.pods);
  const services = Map.groupBy(
    pods,
    ({ set: { origin } }) => `${origin.environment}/${origin.service}`,
  );
  return [...services]
    .map(([name, mine]) => ({ name, mine, asked: asked(mine, resource) }))
    .filter((one) => one.asked > 0)
    .toSorted((a, b) => b.asked - a.asked || (a.name < b.name ? -1 : 1))
    .slice(0, told)
    .map(({ name, mine }) => ({
      file: mine[0]?.set.origin.file ?? "",
      note: `${name} asks for ${amountText(mine, resource)}${drillText(
        mine.filter((pod) => kept.has(pod)),
        resource,
      )}`,
    }));
}

const asked = (pods: readonly Pod[], resource: string) =>
  resource === "pods" ? pods.length : amount(sum(pods.map(({ set }) => set.asks)), resource);

/** What is short first, and the other one of memory and processor time. */
function amountText(pods: readonly Pod[], resource: string): string {
  const other = resource === "memory" ? "cpu" : "memory";
  return [resource, other].map((one) => quantity(one, asked(pods, one))).join(" and ");
}

const drillText = (pods: readonly Pod[], resource: string) =>
  pods.length === 0
    ? ""
    : `, of which ${quantity(resource, asked(pods, resource))} is kept for a restore drill, which counts it once more`;
