/** What files export, judged by the model. */
import { z } from "zod";
import { Cluster } from "../model/cluster.ts";
import { Environment } from "../model/environment.ts";
import { overlayOfKind } from "../model/overlay.ts";
import { specOfKind } from "../model/service.ts";
import { Tiers } from "../model/tiers.ts";
import type { Described, Judge, Judged } from "../problems/judge.ts";
import type { Rejection } from "../problems/rejection.ts";
import { takeIdentity } from "./identity.ts";

const schemas: Readonly<Record<Described, z.ZodType>> = {
  tiers: Tiers,
  cluster: Cluster,
  environment: Environment,
  ...specOfKind,
};

export const valueByModel: Judge["value"] = (what, value, file) =>
  judged(schemas[what], value, file);

/** Problems: OVERLAY_CHANGES_IDENTITY. */
export const overlayByModel: Judge["overlay"] = (overlaid, value) => {
  const { rest, problems } = takeIdentity(overlaid, value);
  return { ...judged(overlayOfKind[overlaid.base.kind], rest, overlaid.file), problems };
};

function judged(schema: z.ZodType, value: unknown, file: string): Judged {
  const result = schema.safeParse(value);
  return result.success
    ? { data: result.data, problems: [], rejections: [] }
    : { problems: [], rejections: [{ files: [file], schema, value, error: result.error }] };
}

/** A service without a tier is told which there are. */
export function withTiers(rejection: Rejection, tiers: readonly string[]): Rejection {
  const { schema } = rejection;
  if (tiers.length === 0 || !(schema instanceof z.ZodObject)) return rejection;
  const tier: unknown = schema.shape["tier"];
  if (!(tier instanceof z.ZodString)) return rejection;
  const known = tier.meta({ ...tier.meta(), names: `one of ${tiers.join(", ")}` });
  return { ...rejection, schema: schema.safeExtend({ tier: known }) };
}
