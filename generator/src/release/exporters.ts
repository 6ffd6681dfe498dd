/** Known exporters: programs beside a component that turn what it says into metrics. */
import type { Component, Variable } from "../model/component.ts";
import { kindThatEnds } from "./components.ts";
import { isPostgresCluster } from "./postgres.ts";
import type { ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { exporters, Health, Metrics } from "../model/ports.ts";

type ExporterName = (typeof exporters)[number];
export type ExporterMetrics = Extract<Metrics, { exporter: unknown }>;

interface Asked {
  /** Of the component, in the same pod. */
  readonly port: number;
  readonly user: string | undefined;
  readonly key: Variable | undefined;
  /** Last part of the component's image. */
  readonly program: string;
}

type Asking = Pick<Health, "http" | "tcp">;
const ping: Asking = { http: "/ping" };
const connection: Asking = { tcp: true };

interface ExporterFacts {
  readonly image: string;
  readonly port: number;
  /** What a port of the component is called that it can ask, where there are several. */
  readonly asks: readonly [string, ...string[]];
  /** The secret of the component it cannot ask without, as it is usually called. */
  readonly needs?: "api-key" | "password";
  /** Programs it asks, as their images are called, and how each is asked whether it is well. */
  readonly programs: Readonly<Record<string, Asking>>;
  /** One that is told which program it asks knows no other. */
  readonly args?: (asked: Asked) => string[];
  readonly env: (asked: Asked) => Record<string, Variable | undefined>;
  /** Undefined for one that listens only while it is connected. */
  readonly health?: Asking;
  /**
   * The series that is 1 while the component answers; its own `up` does not say so where the exporter stays up beside a
   * component that is down. Undefined where no series says it, because the exporter repeats what it heard last: then the
   * cluster's prober asks the component.
   */
  readonly alive?: string;
}

/** Images are kept up to date by Renovate (renovate.json5). */
const table: Readonly<Record<ExporterName, ExporterFacts>> = {
  exportarr: {
    image: "ghcr.io/onedr0p/exportarr:v2.3.0",
    port: 9707,
    asks: ["http"],
    needs: "api-key",
    programs: {
      bazarr: { http: "/api/system/ping" },
      lidarr: ping,
      prowlarr: ping,
      radarr: ping,
      readarr: ping,
      sabnzbd: { http: "/api?mode=version" },
      sonarr: ping,
    },
    args: ({ program }) => [program],
    env: ({ port, key }) => ({ PORT: 9707, URL: `http://127.0.0.1:${port}`, API_KEY: key }),
    health: { http: "/healthz" },
    // A scrape fails with its application: what cannot be asked makes the whole answer an error.
    alive: "up",
  },
  postgres: {
    image: "quay.io/prometheuscommunity/postgres-exporter:v0.20.1",
    port: 9187,
    asks: ["postgres", "postgresql"],
    needs: "password",
    programs: {
      postgres: connection,
      postgresql: connection,
      pgvector: connection,
      postgis: connection,
      timescaledb: connection,
      "timescaledb-ha": connection,
    },
    env: ({ port, user = "postgres", key }) => ({
      DATA_SOURCE_URI: `127.0.0.1:${port}/postgres?sslmode=disable`,
      DATA_SOURCE_USER: user,
      DATA_SOURCE_PASS: key,
    }),
    health: { tcp: true },
    alive: "pg_up",
  },
  valkey: {
    image: "docker.io/oliver006/redis_exporter:v1.89.0",
    port: 9121,
    asks: ["redis", "valkey"],
    programs: {
      redis: connection,
      valkey: connection,
      keydb: connection,
      "redis-stack": connection,
      "redis-stack-server": connection,
    },
    env: ({ port, user, key }) => ({
      REDIS_ADDR: `redis://127.0.0.1:${port}`,
      REDIS_USER: user,
      REDIS_PASSWORD: key,
    }),
    health: { http: "/health" },
    alive: "redis_up",
  },
  mosquitto: {
    image: "docker.io/sapcc/mosquitto-exporter:0.8.0",
    port: 9234,
    asks: ["mqtt"],
    programs: { "eclipse-mosquitto": connection, mosquitto: connection },
    env: ({ port, user, key }) => ({
      BROKER_ENDPOINT: `tcp://127.0.0.1:${port}`,
      MQTT_USER: user,
      MQTT_PASS: key,
    }),
  },
};

export const exporterFacts = ({ exporter }: ExporterMetrics): ExporterFacts => table[exporter];

/** In: an image. Out: the exporter that asks its program, what the port it asks is called, and how that program is asked whether it is well; undefined where none is known. */
export function exporterOfImage(
  image: string,
): { readonly exporter: ExporterName; readonly asks: string; readonly health: Asking } | undefined {
  const program = programOf(image);
  for (const [name, { programs, asks }] of Object.entries(table)) {
    const health = Object.hasOwn(programs, program) ? programs[program] : undefined;
    if (health !== undefined) return { exporter: name as ExporterName, asks: asks[0], health };
  }
  return undefined;
}

/** In: a component. Out: an exporter that asks its program, where it says no metrics. It is not taken by itself: whether the program wants a password, and where that is, only a person knows. */
export function exporterAtHand(component: ResolvedComponent): ExporterName | undefined {
  const { source } = component;
  return source.kind === "chart" ||
    source.spec.metrics !== undefined ||
    isPostgresCluster(component) ||
    kindThatEnds(component) !== undefined
    ? undefined
    : exporterOfImage(source.spec.image)?.exporter;
}

/** `metrics` as somebody would write them for an exporter. */
export function exporterLine(exporter: ExporterName): string {
  const { needs } = table[exporter];
  const key = needs === undefined ? "" : `, key: secret("${needs}")`;
  return `metrics: { exporter: "${exporter}"${key} }`;
}

/** The metrics of a component that says an exporter; undefined for all others. */
export function exporterMetrics({ source }: ResolvedComponent): ExporterMetrics | undefined {
  if (source.kind === "chart") return undefined;
  const { metrics } = source.spec;
  return metrics !== undefined && "exporter" in metrics ? metrics : undefined;
}

/** Whether metrics do not tell if a component answers: it has none, or those of an exporter that outlives it. */
export function isSilentOnLife(component: ResolvedComponent): boolean {
  const exporter = exporterMetrics(component);
  return exporter === undefined
    ? component.source.spec.metrics === undefined
    : table[exporter.exporter].alive === undefined;
}

/** The container and its port have this name in every pod. */
export const exporterName = "exporter";

/** An exporter beside a component, as a container that somebody could have written. */
export interface Exporter {
  readonly port: ResolvedPort;
  readonly spec: Pick<Component, "image" | "args" | "env" | "resources"> & {
    readonly health?: Health;
  };
}

/** In: a component. Out: the exporter that its `metrics` name; undefined where they name none. */
export function exporterOf(component: ResolvedComponent): Exporter | undefined {
  const metrics = exporterMetrics(component);
  if (metrics === undefined || component.source.kind === "chart") return undefined;
  const { image, port, args, env, health } = table[metrics.exporter];
  const asked: Asked = {
    // One that has no such port is refused before anything is rendered (resolve/rules/exporter.ts).
    port: askedPort(component, metrics)?.number ?? 0,
    user: metrics.user,
    key: metrics.key,
    program: programOf(component.source.spec.image),
  };
  return {
    port: {
      name: exporterName,
      containerName: exporterName,
      number: port,
      protocol: "TCP",
      grpc: false,
    },
    spec: {
      image,
      ...(args === undefined ? {} : { args: args(asked) }),
      env: Object.fromEntries(
        Object.entries(env(asked)).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        ),
      ),
      resources: { cpu: "10m", memory: "32Mi", memoryLimit: "128Mi" },
      ...(health === undefined ? {} : { health }),
    },
  };
}

/** The only TCP port, else the first with a name that the exporter knows. */
export function askedPort(
  { ports }: ResolvedComponent,
  metrics: ExporterMetrics,
): ResolvedPort | undefined {
  const candidates = ports.filter(({ protocol }) => protocol === "TCP");
  const { asks } = table[metrics.exporter];
  return candidates.length === 1
    ? candidates[0]
    : candidates.find(({ name }) => asks.includes(name));
}

/** `sonarr` of `ghcr.io/home-operations/sonarr:4.0.16@sha256:…`. */
export function programOf(image: string): string {
  return image.split("@")[0]?.split("/").at(-1)?.split(":")[0] ?? "";
}
