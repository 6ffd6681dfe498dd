/** Typed facts of tiers, and the layers they start in. */
import { Objective } from "./objective.ts";
import { podSecurityLevels } from "./pod-security.ts";
import "./meta.ts";
import { z } from "zod";
import { layers } from "./layers.ts";
import { TierName } from "./primitives.ts";

const Tier = z
  .strictObject({
    about: z.string().min(10).meta({ description: "What belongs here." }),
    layer: z.enum(layers).meta({ description: "Start order: the layer of its workloads." }),
    priority: z
      .int()
      .min(-1000)
      .max(1_000_000)
      .meta({ description: "Priority of its pods when a node is full; higher stays." }),
    objective: Objective.meta({
      description:
        "Availability aimed at, in percent over 30 days, where a service does not say another.",
    }),
    once: z.literal(true).optional().meta({
      description: "Exists once on a cluster: only the carrier runs its services.",
    }),
    podSecurity: z.enum(podSecurityLevels).optional().meta({
      description:
        "Loosest Pod Security level a service of this tier may need; privileged unless said.",
    }),
  })
  .meta({ id: "Tier", description: "A tier: services with the same purpose and importance." });

export const Tiers = z
  .record(TierName, Tier)
  .refine((tiers) => Object.keys(tiers).length > 0, {
    message: "there is no tier, and every service belongs to one",
    params: {
      expected: "at least one tier",
      fix: 'add one, e.g. apps: { about: "…", layer: "applications", priority: 200_000, objective: 99 }',
    },
  })
  .meta({ id: "Tiers", description: "The tiers of the platform by name." });
export type Tiers = z.infer<typeof Tiers>;
