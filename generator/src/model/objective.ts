/** How much of the time a service is to be available. */
import { z } from "zod";
import { leastObjective } from "./alerts/objectives.ts";
import { mendObjective } from "./mends.ts";
import { rule } from "./primitives.ts";

const most = 99.99;
const least = Math.ceil(leastObjective * 10) / 10;
const expected = `a percentage from ${least} to ${most}`;

export const Objective = z
  .number()
  .refine(
    (percent) => percent < 100,
    rule(
      "an objective of 100% allows nothing ever to fail, and its error budget is nothing",
      expected,
      "write what can be kept, e.g. 99.9: 43 minutes in 30 days",
    ),
  )
  .refine(
    (percent) => percent >= 100 || percent <= most,
    rule(
      "this objective allows less than can be measured: a probe comes every 30 seconds",
      expected,
      `write ${most} or less: four minutes in 30 days`,
    ),
  )
  .refine(
    (percent) => percent > leastObjective,
    rule(
      "an objective this low could never be told of: 14.4 times its error budget is more than all of the time",
      expected,
      "write a higher one, e.g. 95; a service may have none: `objective: because(false, …)`",
    ),
  )
  .meta({ mend: mendObjective });
