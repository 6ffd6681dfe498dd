/** The parts of an overlay: what maps merge into, with every field optional. */
import "./meta.ts";
import { z } from "zod";
import { ChartComponent, ChartSource } from "./chart.ts";
import { Component, InitContainer, Sidecar } from "./component.ts";
import { Exposure, Route, RouteRule } from "./connections.ts";
import { Health, Metrics } from "./ports.ts";
import { because } from "./references.ts";
import {
  CacheVolume,
  DatabaseVolume,
  HostVolume,
  ScratchVolume,
  ShareVolume,
  StateVolume,
  TokenVolume,
  Volume,
} from "./storage.ts";
import { Requests, Resources, RunAs, Scale } from "./workload.ts";
import { Runs } from "./runs.ts";

/** The schema with the words the original has about itself, so that they are written once. */
export function like<T extends z.ZodType>(original: z.ZodType, schema: T, ts?: string): T {
  return schema.meta({ ...wordsOf(original), ...(ts !== undefined && { ts }) });
}

function wordsOf(schema: z.ZodType): { description?: string; example?: unknown } {
  const { description, example } = schema.meta() ?? {};
  const inner =
    schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodType
      ? wordsOf(schema.unwrap() as z.ZodType)
      : {};
  return {
    ...inner,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
  };
}

/** An object with every field optional, free of the rules that only a complete one can keep. */
export const partial = <S extends z.core.$ZodLooseShape>(whole: z.ZodObject<S>) =>
  z.strictObject(whole.shape).partial();

/** The same under a name of its own, `HealthChange` for `Health`, with the words of the whole. */
export const change = <S extends z.core.$ZodLooseShape>(whole: z.ZodObject<S>) =>
  named(whole, partial(whole));

function named<T extends z.ZodType>(whole: z.ZodType, schema: T): T {
  return schema.meta({ ...wordsOf(whole), id: `${whole.meta()?.id}Change` });
}

const HealthField = z.union([change(Health), because(z.literal(false))]);
const healthType = "HealthChange<N> | Because<false>";

const [OwnMetrics, ExporterMetrics] = Metrics.options;
const MetricsChange = like(Metrics, z.union([change(OwnMetrics), change(ExporterMetrics)]));

/** The kind of workload is identity; it may be repeated, so that `schedule(…)` can be written. */
const [Deployment, StatefulSet, DaemonSet, Schedule, Job, PostgresCluster] = Runs.options;
const RunsChange = named(
  Runs,
  z.union([
    change(Schedule),
    change(PostgresCluster),
    change(StatefulSet),
    change(Job),
    change(Deployment),
    change(DaemonSet),
  ]),
);

const SidecarChange = named(
  Sidecar,
  partial(Sidecar).extend({
    health: like(Sidecar.shape.health, HealthField.optional(), healthType),
  }),
);

/** Fields of a component that an environment may change: all but the names others know it by. Where there is one component, `at` says where a volume is mounted. */
const part = Component.shape;
export const componentChanges = {
  ...partial(Component.omit({ ports: true, services: true, mounts: true })).shape,
  runs: like(part.runs, RunsChange.optional()),
  health: like(part.health, HealthField.optional(), healthType),
  metrics: like(part.metrics, MetricsChange.optional()),
  resources: like(part.resources, change(Resources).optional()),
  scale: like(part.scale, change(Scale).optional()),
  runAs: like(part.runAs, change(RunAs).optional()),
  init: like(part.init, z.record(z.string(), change(InitContainer)).optional()),
  sidecars: like(part.sidecars, z.record(z.string(), SidecarChange).optional()),
};

export const ComponentOverlay = z
  .strictObject({ ...componentChanges, mounts: part.mounts })
  .meta({ id: "ComponentOverlay", description: "What differs in one component." });

export const ChartComponentOverlay = partial(
  ChartComponent.omit({ pods: true, ports: true, calledBy: true }),
)
  .extend({ requests: like(ChartComponent.shape.requests, change(Requests).optional()) })
  .meta({ id: "ChartComponentOverlay", description: "What differs in pods of the chart." });

export const ChartSourceOverlay = partial(ChartSource.omit({ from: true, release: true })).meta({
  id: "ChartSourceOverlay",
  description: "What differs in the upstream chart.",
});

/** What a volume holds is identity; it may be repeated, so that `state({ … })` can be written. */
export const VolumeChange = like(
  Volume,
  z.union([
    change(StateVolume),
    change(DatabaseVolume),
    change(CacheVolume),
    change(ShareVolume),
    change(ScratchVolume),
    change(TokenVolume),
    because(HostVolume),
  ]),
);

export const RouteOverlay = partial(Route.omit({ kind: true }))
  .extend({ rules: like(Route.shape.rules, z.record(z.string(), change(RouteRule)).optional()) })
  .meta({ id: "RouteOverlay", description: "What differs in a route." });
export const ExposureOverlay = partial(Exposure).meta({
  id: "ExposureOverlay",
  description: "What differs in an address of its own.",
});
