/** What is promised of a service: a promise that can be measured. */
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { watchesOf } from "../../release/monitoring/watch.ts";
import { siteOf } from "../site.ts";

/** Problems: OBJECTIVE_UNMEASURED. A cluster on which nobody is watched, and what is stopped, break no promise here. */
export function checkObjective(release: Release): Problem[] {
  if (typeof release.service.spec.objective !== "number") return [];
  const watches = watchesOf(release);
  if (watches.some(({ by }) => by !== "runs" && by !== "state")) return [];
  return [
    siteOf(release).report("OBJECTIVE_UNMEASURED", ["objective"], {
      message: `nothing of ${release.service.name} can be asked whether it is available`,
      found: String(release.service.spec.objective),
      expected:
        "a component with metrics, or with a port and a health that is asked over the network",
      fix: "give it one, or take the objective out: jobs are watched for failure and age",
    }),
  ];
}
