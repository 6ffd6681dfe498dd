/** What `list -- --coverage` tells: who is watched how. */
import type { Release } from "../../model/platform.ts";
import { exporterAtHand, exporterLine } from "../../release/exporters.ts";
import { coverageOf } from "../../release/monitoring/coverage.ts";
import type { Coverage, Covered } from "../../release/monitoring/coverage.ts";

export interface ListedCoverage {
  readonly environment: string;
  readonly service: string;
  readonly component: string;
  /** `metrics`, `exporter`, `probe`, `runs`, `state`, `stopped` or `nobody`. */
  readonly by: string;
  /** The series that is 1 while it is alive. */
  readonly alive: string | undefined;
  /** What would watch it and is not there. */
  readonly lacks: string | undefined;
  /** What it would say to be asked by a known exporter, where it says no metrics. */
  readonly could: string | undefined;
}

export interface CoverageListing {
  readonly rows: readonly ListedCoverage[];
  /** `prod: 40 of 40 components are watched (100 %), 5 of them by the state of their pods alone`. */
  readonly sums: readonly string[];
}

/** In: releases of all environments, and the one that is asked for. Out: its components, and how many of them are watched. */
export function listCoverage(
  releases: readonly Release[],
  environment: string | undefined,
): CoverageListing {
  const wanted = coverageOf(releases).filter(
    ({ facts }) => environment === undefined || facts.name === environment,
  );
  return {
    rows: wanted.flatMap(({ components }) => components.map(listed)),
    sums: wanted.map(sumOf),
  };
}

function listed({ release, component, by, alive, lacks }: Covered): ListedCoverage {
  const exporter = exporterAtHand(component);
  return {
    environment: release.facts.name,
    service: release.service.name,
    component: component.name,
    by: lacks === undefined ? by : "nobody",
    alive:
      alive === undefined
        ? undefined
        : `${alive.metric}{namespace="${alive.namespace}",job="${alive.job}"}`,
    lacks,
    could: exporter === undefined ? undefined : exporterLine(exporter),
  };
}

function sumOf({ facts, watched, byStateAlone, of }: Coverage): string {
  const percent = of === 0 ? 100 : Math.floor((watched / of) * 100);
  const alone =
    byStateAlone === 0 ? "" : `, ${byStateAlone} of them by the state of their pods alone`;
  return `${facts.name}: ${watched} of ${of} components are watched (${percent} %)${alone}`;
}
