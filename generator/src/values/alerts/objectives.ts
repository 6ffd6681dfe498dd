/** What a service promises, and how it is known whether it keeps it: by those of its components that can be asked. */
import { availableSeries, objectiveSeries } from "../../model/alerts/objectives.ts";
import type { Derived } from "../../model/derived.ts";
import type { Release } from "../../model/platform.ts";
import { noOtherComponent, serviceFact, tierFact } from "../../release/causes.ts";
import { derivedWatches, seriesFacts } from "../../release/monitoring/watch.ts";
import type { AliveSeries } from "../../release/monitoring/watch.ts";
import { takenForAlive } from "./expressions.ts";

export interface Objective {
  /** In percent of 30 days. */
  readonly percent: number;
  readonly isSaid: boolean;
  /** It is available while each of them has one that is 1. */
  readonly alive: readonly AliveSeries[];
}

/** What the service says, else its tier's; none where nothing can be asked. */
export function derivedObjective(release: Release): Derived<Objective> | undefined {
  const { service, facts } = release;
  const said = service.spec.objective;
  const watches = derivedWatches(release);
  const alive = watches.flatMap(({ value }) => value.alive ?? []);
  const percent = said ?? facts.tiers[service.tier]?.objective;
  if (typeof percent !== "number" || alive.length === 0) return undefined;
  return {
    value: { percent, isSaid: said !== undefined, alive },
    rule: "objective-by-tier",
    causes: [
      serviceFact(service, "objective"),
      ...(said === undefined
        ? [serviceFact(service, "tier"), tierFact(facts, service.tier, "objective")]
        : []),
      ...watches.flatMap(({ value, aliveCauses }) => [
        ...aliveCauses,
        ...seriesFacts(service, value.alive),
      ]),
      ...noOtherComponent(service, "that can be asked"),
    ],
  };
}

/** The two series the rules of objectives begin with. */
export function objectiveRecords({ percent, alive }: Objective, namespace: string) {
  return [
    { record: availableSeries, expr: availability(alive, namespace) },
    // What 99.9 / 100 is in binary is not what people write.
    { record: objectiveSeries, expr: `vector(${Number((percent / 100).toFixed(6))})` },
  ];
}

/** 1 while at least one pod of each component is alive, with all that is read of it; a series that is not there is a component that is not. */
function availability(alive: readonly AliveSeries[], namespace: string): string {
  const [only, ...others] = alive.map((series) => takenForAlive(namespace, series));
  if (others.length === 0) return `max(${only}) or vector(0)`;
  const living = [only, ...others].map((one) => `max by (job) (${one} == 1)`);
  return `count(${living.join(" or ")}) == bool ${alive.length} or vector(0)`;
}
