/** How long logs and metrics are kept, and how long their store may be away. */
import "./meta.ts";
import { z } from "zod";
import { telemetryDefaults } from "./telemetry-limits.ts";
import { Period, TierName } from "./primitives.ts";
import { day, seconds } from "./units.ts";

/** OpenObserve does not start with less, nor keeps a stream for less (its source, `config.rs`). */
const leastDays = 3;
const Days = z
  .int()
  .min(leastDays, `OpenObserve keeps nothing for less than ${leastDays} days`)
  .max(3650);

export const Telemetry = z
  .strictObject({
    logs: Days.optional().meta({
      description: `Days logs are kept; ${telemetryDefaults.logs} unless said.`,
      example: 30,
    }),
    tiers: z
      .record(TierName, Days)
      .optional()
      .meta({ description: "Days by tier, where another number.", example: { media: 14 } }),
    metrics: Days.optional().meta({
      description: `Days metrics are kept; ${telemetryDefaults.metrics} unless said. That of the carrier counts.`,
      example: 90,
    }),
    outage: Period.optional().meta({
      description: `How long the store of logs may be away before any are lost; ${telemetryDefaults.outage} unless said. That of the carrier counts.`,
      example: "24h",
    }),
  })
  .refine(
    ({ logs, tiers, outage }) =>
      seconds(outage ?? telemetryDefaults.outage) <
      Math.min(logs ?? telemetryDefaults.logs, ...Object.values(tiers ?? {})) * day,
    {
      path: ["outage"],
      message: "logs would wait longer than they are kept",
      params: {
        expected: "less than the shortest retention",
        fix: "shorten it, or keep the logs for longer",
      },
    },
  )
  .meta({ id: "Telemetry", description: "How long logs and metrics are kept." });
export type Telemetry = z.infer<typeof Telemetry>;
