/** How much its pods get, how many they are, and what holds when a node is full or drained. */
import type { Release } from "../model/platform.ts";
import { derivedAutoscalers, derivedBudgets } from "../values/availability.ts";
import {
  derivedChartPriorities,
  derivedCounts,
  derivedPriorities,
  derivedRequests,
} from "../values/workload/resources.ts";
import type { AskedContainer, PodNumber } from "../values/workload/resources.ts";
import {
  derivedLimitRanges,
  derivedQuotaless,
  derivedQuotas,
  isDerivable,
} from "../values/quota.ts";
import type { Uncounted } from "../values/quota.ts";
import { bytes, bytesWords, coresWords, countWords, millicores } from "../model/units.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: what a service asks for, how many pods it has, and what keeps them there. */
export function capacityConsequences(release: Release): Consequence[] {
  return [
    ...derivedRequests(release).map((derived) => consequence(derived, requestWords)),
    ...derivedCounts(release).map((derived) => consequence(derived, podNumberWords)),
    ...derivedAutoscalers(release).map((derived) => consequence(derived, scaleWords)),
    ...derivedBudgets(release).map((derived) =>
      consequence(derived, ([name, budget]) => ({
        about: `PodDisruptionBudget ${name}`,
        says: `${budgetWords(budget)} while a node is drained${isSaid(derived.causes, "disruption") ? ", as said" : ""}`,
      })),
    ),
    ...derivedQuotas(release).map((derived) =>
      consequence(derived, ([name, quota]) => ({
        about: `ResourceQuota ${name}`,
        says: quotaWords(release, quota, isSaid(derived.causes, "quota")),
      })),
    ),
    ...derivedQuotaless(release).map((derived) => consequence(derived, quotalessWords)),
    ...derivedLimitRanges(release).map((derived) =>
      consequence(derived, ([name, { cpu, memory, memoryLimit }]) => ({
        about: `LimitRange ${name}`,
        says: `a container that says nothing asks for ${coresOf(cpu)} and ${bytesOf(memory)}${memoryLimit === undefined ? "" : `, and may use ${bytesOf(memoryLimit)}`}`,
      })),
    ),
    ...derivedChartPriorities(release).map((derived) =>
      consequence(derived, (classes) => ({
        about: "priority of the chart's pods",
        says:
          classes.length === 0
            ? "its values name no priority class (`priorityClassName`)"
            : `its values name ${classes.join(", ")}; pods to which they give none have none`,
      })),
    ),
    ...derivedPriorities(release).map((derived) =>
      consequence(derived, ({ component, priorityClass, isSaid: said }) => ({
        about: `priority of ${component}`,
        says: `its pods have the priority class ${priorityClass}${said ? ", as said" : ""}`,
      })),
    ),
  ];
}

const coresOf = (quantity: string) => coresWords(millicores(quantity));
const bytesOf = (quantity: string) => bytesWords(bytes(quantity));

const isSaid = (causes: Consequence["causes"], field: string) =>
  causes.some(({ path, absent }) => path.at(-1) === field && absent === undefined);

function requestWords({ component, container, requests, size, isChosen, factor }: AskedContainer) {
  const { cpu, memory, memoryLimit, cpuLimit, scratch } = requests;
  const why =
    size === undefined ? "as said" : `the size ${size}${isChosen ? "" : ", since none is said"}`;
  return {
    about: `container ${container ?? "main"} of ${component}`,
    says: `asks for ${coresOf(cpu)} and ${bytesOf(memory)}${scratch === undefined ? "" : `, ${bytesOf(scratch)} of ephemeral storage`}; may use ${bytesOf(memoryLimit)}${cpuLimit === undefined ? "" : ` and ${coresOf(cpuLimit)}`} (${why}${factor === undefined ? "" : `, times ${factor}`})`,
  };
}

function podNumberWords({ component, runs, pods, isSaid: said, beyond }: PodNumber) {
  const kinds: Readonly<Record<string, string>> = {
    daemonSet: "one pod on every node",
    schedule: "one pod a run",
    job: "one pod",
  };
  const number = pods === undefined ? (kinds[runs] ?? "") : countWords(pods, "pod");
  const kind = pods === undefined || runs === "" ? "" : ` (${runs})`;
  const why =
    beyond !== undefined
      ? `, ${beyond} as said, but no more than the environment allows`
      : said
        ? ", as said"
        : "";
  return { about: `pods of ${component}`, says: `${number}${kind}${why}` };
}

const budgetWords = ({ keep, miss = 0 }: ReturnType<typeof derivedBudgets>[number]["value"][1]) =>
  keep === undefined
    ? `${countWords(miss, "pod")} may be missing`
    : `${countWords(keep, "pod")} ${keep === 1 ? "stays" : "stay"}`;

function scaleWords([name, { min, max, cpu, memory }]: readonly [
  string,
  {
    readonly min: number;
    readonly max: number;
    readonly cpu?: number | undefined;
    readonly memory?: number | undefined;
  },
]) {
  const by = [
    ...(cpu === undefined ? [] : [`${cpu}% of the processor time`]),
    ...(memory === undefined ? [] : [`${memory}% of the memory`]),
  ];
  return {
    about: `HorizontalPodAutoscaler ${name}`,
    says: `from ${min} to ${max} pods, so that they use ${by.join(" and ")} they ask for`,
  };
}

/** What is said, or the sum, together with the pods it has room for; what each asks for is told above. */
function quotaWords(
  release: Release,
  quota: ReturnType<typeof derivedQuotas>[number]["value"][1],
  said: boolean,
): string {
  const { cpu, memory, memoryLimit, pods, devices = {} } = quota;
  const most = [
    ...(pods === undefined ? [] : [countWords(pods, "pod")]),
    ...(cpu === undefined ? [] : [`${coresOf(cpu)} asked for`]),
    ...(memory === undefined ? [] : [`${bytesOf(memory)} of memory asked for`]),
    ...(memoryLimit === undefined ? [] : [`${bytesOf(memoryLimit)} of memory used`]),
    ...Object.entries(devices).map(([device, count]) => `${count} ${device}`),
  ];
  const parts = isDerivable(release) ? podParts(release) : [];
  return `at most ${most.join(", ")}${said ? ", as said" : ""}${parts.length === 0 ? "" : `; for ${parts.join("; ")}`}`;
}

function quotalessWords({ chart, objects, patches }: Uncounted) {
  const uncounted = [
    ...(chart ? ["that the chart brings"] : []),
    ...(objects.length === 0 ? [] : [`of objects ${objects.join(", ")}`]),
    ...(patches.length === 0 ? [] : [`that patches ${patches.join(", ")} change`]),
  ];
  const why =
    uncounted.length === 0
      ? "while the service is stopped"
      : `since pods ${uncounted.join(" and ")} are not counted`;
  return { about: "ResourceQuota", says: `none, ${why}` };
}

/** `server, 2 pods, as said: main (large), vpn (small, not said)` */
function podParts(release: Release): string[] {
  const counts = new Map([
    ...derivedCounts(release).map(
      ({ value }) => [value.component, podNumberWords(value).says] as const,
    ),
    ...derivedAutoscalers(release).map(
      ({ value: [, { component, min, max }] }) =>
        [component, `from ${min} to ${max} pods`] as const,
    ),
  ]);
  const containers = derivedRequests(release).map(({ value }) => value);
  return [...Map.groupBy(containers, ({ component }) => component)].map(([component, mine]) => {
    const each = mine.map(
      ({ container = "main", size, isChosen, whole: { cpu, memory } }) =>
        `${container} (${size === undefined ? `${coresOf(cpu)}, ${bytesOf(memory)}` : `${size}${isChosen ? "" : ", not said"}`})`,
    );
    return `${component}, ${counts.get(component) ?? "pods"}: ${each.join(", ")}`;
  });
}
