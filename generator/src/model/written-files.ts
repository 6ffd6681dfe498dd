/** Files nobody writes: RZP does, from facts of all services of a cluster. */
import "./meta.ts";
import { z } from "zod";
import { AbsolutePath, DnsLabel } from "./primitives.ts";

export const LogPipeline = z
  .strictObject({
    writes: z.literal("log-pipeline").meta({ description: "What is written." }),
    store: DnsLabel.meta({
      description: "The OpenObserve it sends to; in `consumes` too.",
      example: "openobserve",
      ts: "ServiceName",
    }),
    user: z.string().meta({ description: "Who signs in there.", example: "admin@example.com" }),
    password: AbsolutePath.meta({
      description: "The file with the password: one of `files`.",
      example: "/etc/vector/secrets/openobserve_password",
    }),
    data: AbsolutePath.meta({
      description: "Folder for positions and unsent records.",
      example: "/var/lib/vector",
    }),
  })
  .meta({
    id: "LogPipeline",
    description:
      'Vector\'s configuration: one stream a tier, each program (`.vrl`) among `files` a step, in the order of their names. Its ports `api`, `metrics` and `remote-write` are served where they are declared. Written `logPipeline({ store: "openobserve", … })`.',
  });
export type LogPipeline = z.infer<typeof LogPipeline>;

export const Dashboards = z
  .strictObject({ writes: z.literal("dashboards").meta({ description: "What is written." }) })
  .meta({
    id: "Dashboards",
    description:
      "What the dashboards of all services, tiers and the platform show, and how long streams are kept. Written `dashboards()`.",
  });

export const RestorePlan = z
  .strictObject({ writes: z.literal("restore-plan").meta({ description: "What is written." }) })
  .meta({
    id: "RestorePlan",
    description:
      "What the restore drill restores and asks of it, of all services of the cluster. Written `restorePlan()`.",
  });

export const WrittenFile = z.union([LogPipeline, Dashboards, RestorePlan]);
export type WrittenFile = z.infer<typeof WrittenFile>;
