/** A value as the model has it, for a thread that has run its file and has time to look. */
import type { z } from "zod";

/** Each kind of file needs a part of the model. */
async function schemaOf(kind: unknown): Promise<z.ZodType | undefined> {
  switch (kind) {
    case "tiers":
      return (await import("../model/tiers.ts")).Tiers;
    case "cluster":
      return (await import("../model/cluster.ts")).Cluster;
    case "environment":
      return (await import("../model/environment.ts")).Environment;
    case "service":
    case "composed":
    case "chart":
      return (await import("../model/service.ts")).specOfKind[kind];
    default:
      return undefined;
  }
}

/** In: what a file exports. Out: what it describes, if it is right. */
export async function judgeExported(exported: unknown): Promise<{ data: unknown } | undefined> {
  if (typeof exported !== "object" || exported === null) return undefined;
  const { rzp, spec } = exported as { rzp?: unknown; spec?: unknown };
  const result = (await schemaOf(rzp))?.safeParse(spec);
  return result?.success === true ? { data: result.data } : undefined;
}
