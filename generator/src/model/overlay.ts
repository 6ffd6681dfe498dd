/**
 * What an environment may say differently about a service. Derived from the shapes of services, so
 * a field is written once: identity is left out, everything else is optional, and where maps merge
 * key by key the fields inside are optional too. After merging, the whole is parsed as a service again.
 */
import "./meta.ts";
import { z } from "zod";
import {
  ChartComponentOverlay,
  ChartSourceOverlay,
  componentChanges,
  ComponentOverlay,
  ExposureOverlay,
  like,
  partial,
  RouteOverlay,
  VolumeChange,
} from "./overlay-parts.ts";
import { ChartSpec, ComposedServiceSpec, ServiceSpec, type ServiceKind } from "./service.ts";

/** What a service is known by. Changing it in one environment would make it another service there. */
const identity = {
  tier: true,
  about: true,
  offers: true,

  pins: true,
  migrations: true,
} as const;

const common = ServiceSpec.shape;
const commonChanges = {
  routes: like(
    common.routes,
    z.record(z.string(), RouteOverlay).optional(),
    "{ readonly [K in R]?: RouteOverlay<T> }",
  ),
  exposes: like(
    common.exposes,
    z.record(z.string(), ExposureOverlay).optional(),
    "{ readonly [K in X]?: ExposureOverlay<T> }",
  ),
};
const storage = like(
  common.storage,
  z.record(z.string(), VolumeChange).optional(),
  "{ readonly [K in keyof S]?: VolumeChange<S[K]> }",
);

export const ServiceOverlay = withRemove(
  partial(ServiceSpec.omit({ ...identity, ports: true, services: true })).extend({
    ...componentChanges,
    ...commonChanges,
    storage,
  }),
).meta({
  id: "ServiceOverlay",
  description: "What differs in an environment, for a service with one component.",
});
export type ServiceOverlay = z.infer<typeof ServiceOverlay>;

export const ComposedServiceOverlay = withRemove(
  partial(ComposedServiceSpec.omit(identity)).extend({
    ...commonChanges,
    storage,
    components: like(
      ComposedServiceSpec.shape.components,
      z.record(z.string(), ComponentOverlay).optional(),
      "{ readonly [K in keyof C]?: ComponentOverlay<C[K] & string, Names<S>, PeersByName<C>> }",
    ),
  }),
).meta({
  id: "ComposedServiceOverlay",
  description: "What differs in an environment, for a service with several components.",
});
export type ComposedServiceOverlay = z.infer<typeof ComposedServiceOverlay>;

export const ChartOverlay = withRemove(
  partial(ChartSpec.omit(identity)).extend({
    ...commonChanges,
    chart: like(ChartSpec.shape.chart, ChartSourceOverlay.optional()),
    components: like(
      ChartSpec.shape.components,
      z.record(z.string(), ChartComponentOverlay).optional(),
      "{ readonly [K in keyof C]?: ChartComponentOverlay<C[K] & string, PeersByName<C>> }",
    ),
  }),
).meta({
  id: "ChartOverlay",
  description: "What differs in an environment, for an upstream chart.",
});
export type ChartOverlay = z.infer<typeof ChartOverlay>;

/** The schema of what an overlay of each kind of service may change. */
export const overlayOfKind = {
  service: ServiceOverlay,
  composed: ComposedServiceOverlay,
  chart: ChartOverlay,
} as const satisfies Record<ServiceKind, z.ZodType>;

/** Whatever an overlay may change it may also take away, by path. */
function withRemove<S extends z.core.$ZodLooseShape>(overlay: z.ZodObject<S>) {
  const fields = Object.keys(overlay.shape);
  const path = z
    .string()
    .regex(
      new RegExp(`^(${fields.join("|")})(\\..+)?$`),
      "a path begins with a field an overlay may change",
    )
    .meta({ example: "routes.web" });
  const remove = z
    .array(path)
    .min(1)
    .optional()
    .meta({
      description: "What goes away here, by path. Identity cannot.",
      example: ["routes.web", "env.TZ"],
      ts: `readonly PathIn<${fields.map((field) => JSON.stringify(field)).join(" | ")}>[]`,
    });
  return overlay.extend({ remove });
}
