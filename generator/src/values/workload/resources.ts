/** What each container asks for, how many pods there are, and which stays on a full node. */
import type { Derived } from "../../model/derived.ts";
import { priorityClassName } from "../../model/names.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import { defaultSize } from "../../model/size-presets.ts";
import { countFacts, sizeFacts } from "../../release/resources/causes.ts";
import { componentFact, serviceFact, tierFact } from "../../release/causes.ts";
import { isWorkload } from "../../release/components.ts";
import { containersOf } from "../../release/containers.ts";
import { instancesOf, isStopped, replicasOf } from "../../release/pods/replicas.ts";
import { requestsOf, withoutFactor } from "../../release/resources/container-requests.ts";
import type { Requests } from "../../release/resources/container-requests.ts";

export interface AskedContainer {
  readonly component: string;
  /** Undefined for the main one. */
  readonly container: string | undefined;
  readonly requests: Requests;
  /** The same without the environment's factor. */
  readonly whole: Requests;
  /** The preset, where no numbers are said; and whether somebody chose it. */
  readonly size: string | undefined;
  readonly isChosen: boolean;
  readonly factor: number | undefined;
}

/** Requests and limits of every container RZP or an operator makes of this service. */
export function derivedRequests(release: Release): Derived<AskedContainer>[] {
  return release.service.components.flatMap((component) =>
    containersOf(component).map((container): Derived<AskedContainer> => {
      const { name, spec } = container;
      return {
        value: {
          component: component.objectName,
          container: name,
          requests: requestsOf(release.facts, spec),
          whole: requestsOf(withoutFactor(release.facts), spec),
          size: spec.resources === undefined ? (spec.size ?? defaultSize) : undefined,
          isChosen: spec.size !== undefined,
          factor: release.facts.environment.requests,
        },
        rule: "requests-by-size",
        causes: sizeFacts(release, component, container),
      };
    }),
  );
}

export interface PodNumber {
  readonly component: string;
  readonly runs: string;
  /** Undefined where nobody counts them: on every node, or one a run. */
  readonly pods: number | undefined;
  readonly isSaid: boolean;
  /** How many are said, where the environment allows fewer. */
  readonly beyond?: number;
}

/** How many pods each component has, but for those an autoscaler counts. */
export function derivedCounts(release: Release): Derived<PodNumber>[] {
  return release.service.components.flatMap((component) => {
    const value = numberOf(release, component);
    return value === undefined
      ? []
      : [
          {
            value: { component: component.objectName, ...value },
            rule: "replicas-capped",
            causes: countFacts(release, component, { runs: true }),
          },
        ];
  });
}

function numberOf(
  release: Release,
  component: ResolvedComponent,
): Omit<PodNumber, "component"> | undefined {
  if (component.source.kind === "chart") return undefined;
  const { runs, replicas, scale } = component.source.spec;
  const kind = runs?.as ?? "deployment";
  if (isStopped(release)) return { runs: kind, pods: 0, isSaid: false };
  if (runs?.as === "postgresCluster")
    return counted({ runs: kind, pods: instancesOf(release, runs) }, runs.instances);
  if (scale !== undefined || !isWorkload(component)) return undefined;
  return kind === "deployment" || kind === "statefulSet"
    ? // A kind that is written is another fact than one that is not.
      counted(
        { runs: runs === undefined ? "" : kind, pods: replicasOf(release, component) },
        replicas,
      )
    : { runs: kind, pods: undefined, isSaid: false };
}

function counted(
  { runs, pods }: Pick<PodNumber, "runs" | "pods">,
  said: number | undefined,
): Omit<PodNumber, "component"> {
  return {
    runs,
    pods,
    isSaid: said !== undefined,
    ...(said !== undefined && pods !== undefined && pods < said ? { beyond: said } : {}),
  };
}

/** The priority class of the pods of a component: of its tier unless it is said. */
export interface PodPriority {
  readonly component: string;
  readonly priorityClass: string;
  readonly isSaid: boolean;
}

/** In: a release. Out: one for each component but those of charts. */
export function derivedPriorities(release: Release): Derived<PodPriority>[] {
  const { service, facts } = release;
  return service.components.flatMap((component) => {
    if (component.source.kind === "chart") return [];
    const said = component.source.spec.priority;
    const fact = componentFact(service, component, "priority");
    return [
      {
        value: {
          component: component.objectName,
          priorityClass: said ?? priorityClassName(service.tier),
          isSaid: said !== undefined,
        },
        rule: "priority-by-tier",
        causes:
          said === undefined
            ? [fact, serviceFact(service, "tier"), tierFact(facts, service.tier, "priority")]
            : [fact],
      },
    ];
  });
}

/** Classes that the values of a chart name, sorted: nobody writes one into them, and which pods get which is the chart's. */
export function derivedChartPriorities({ service }: Release): Derived<readonly string[]>[] {
  if (service.kind !== "chart") return [];
  return [
    {
      value: [...new Set(classesIn(service.spec.chart.values))].toSorted(),
      rule: "priority-of-chart",
      causes: [serviceFact(service, "chart", "values")],
    },
  ];
}

const classesIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, child]) =>
        key === "priorityClassName" && typeof child === "string" && child !== ""
          ? [child]
          : classesIn(child),
      );
