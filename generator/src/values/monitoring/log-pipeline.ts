/** Vector's configuration, from its ports, its programs, and the tiers of all environments of the cluster. */
import { dirname } from "node:path/posix";
import type { LogPipeline } from "../../model/written-files.ts";
import type { VectorConfiguration } from "../../model/vector.ts";
import type { Release, ResolvedComponent, Stream } from "../../model/platform.ts";
import { InternalError } from "../../problems/problem.ts";
import type { AuthoredContainer } from "../../release/containers.ts";
import { offerOf } from "../../release/offers/offers.ts";
import { bufferBytes, clusterStream } from "../../release/monitoring/streams.ts";
import { unreadNamespaces } from "../../release/monitoring/unread-lines.ts";

/** In: the file as it was declared, of a container. Out: its text, JSON, which Vector reads as it does YAML. */
export function logPipelineText(
  release: Release,
  component: ResolvedComponent,
  container: AuthoredContainer,
  file: LogPipeline,
): string {
  return `${JSON.stringify(vectorConfiguration(release, component, container, file), null, 2)}\n`;
}

/** What Vector reads, the programs it runs one after the other in the order of their names, and where it sends what comes out. */
function vectorConfiguration(
  release: Release,
  component: ResolvedComponent,
  { spec }: AuthoredContainer,
  file: LogPipeline,
): VectorConfiguration {
  const served = servedAt(component);
  const programs = Object.keys(spec.files ?? {})
    .filter((path) => path.endsWith(".vrl"))
    .toSorted();
  const steps = ["pods", ...programs.map((_, index) => `step_${index + 1}`)];
  const last = steps.at(-1) ?? "pods";
  return {
    data_dir: file.data,
    ...(served.api !== undefined && { api: { enabled: true, address: served.api } }),
    secret: {
      files: { type: "directory", path: dirname(file.password), remove_trailing_whitespace: true },
    },
    sources: {
      pods: {
        type: "kubernetes_logs",
        exclude_paths_glob_patterns: neverRead(release, component, file),
        use_apiserver_cache: true,
        glob_minimum_cooldown_ms: 5000,
      },
      ...(served.metrics !== undefined && { own_metrics: { type: "internal_metrics" } }),
      ...(served.remoteWrite !== undefined && {
        remote_write: {
          type: "prometheus_remote_write",
          address: served.remoteWrite,
          // One series with two descriptions must not cost a whole request.
          metadata_conflict_strategy: "ignore",
          // How Prometheus says that a series has ended; JSON has no such number.
          skip_nan_values: true,
        },
      }),
    },
    transforms: {
      ...Object.fromEntries(
        programs.map((program, index) => [
          steps[index + 1] ?? last,
          {
            type: "remap" as const,
            inputs: [steps[index] ?? "pods"],
            file: program,
            drop_on_abort: true,
            // A line that a program stumbles over is kept as it is.
            drop_on_error: false,
          },
        ]),
      ),
      routed: {
        type: "remap",
        inputs: [last],
        source: routing(release.telemetry?.streams ?? []),
        drop_on_abort: true,
        drop_on_error: false,
      },
    },
    sinks: sinks(release, component, file, served),
  };
}

function sinks(
  release: Release,
  component: ResolvedComponent,
  file: LogPipeline,
  served: Served,
): VectorConfiguration["sinks"] {
  const offered = offerOf(release, component, file.store, "url");
  if (offered?.kind !== "text")
    throw new InternalError(`${file.store} offers no url, which was not checked`);
  const api = `${offered.text}/api/default`;
  const auth = {
    strategy: "basic" as const,
    user: file.user,
    password: `SECRET[files.${file.password.slice(file.password.lastIndexOf("/") + 1)}]`,
  };
  return {
    logs: {
      type: "http",
      inputs: ["routed"],
      uri: `${api}/{{ stream }}/_json`,
      method: "post",
      auth,
      compression: "gzip",
      encoding: { codec: "json", except_fields: ["stream"] },
      healthcheck: { enabled: true, uri: `${offered.text}/healthz` },
      batch: { max_bytes: 1_000_000, timeout_secs: 5 },
      // Full: reading stops, and lines wait in the files of the node.
      buffer: { type: "disk", max_size: bufferBytes(release.facts), when_full: "block" },
      request: { timeout_secs: 60 },
      acknowledgements: { enabled: true },
    },
    ...(served.remoteWrite !== undefined && {
      // No buffer of its own: what is not acknowledged waits in Prometheus.
      remote_write_metrics: {
        type: "prometheus_remote_write",
        inputs: ["remote_write"],
        endpoint: `${api}/prometheus/api/v1/write`,
        auth,
        healthcheck: { enabled: false },
        acknowledgements: { enabled: true },
      },
    }),
    ...(served.metrics !== undefined && {
      exported: {
        type: "prometheus_exporter",
        inputs: ["own_metrics"],
        address: served.metrics,
      },
    }),
  };
}

/** A line of a namespace of RZP goes to the stream of its tier; others to the cluster's. */
function routing(streams: readonly Stream[]): string {
  const known = Object.fromEntries(
    streams.flatMap(({ name, of }) =>
      of === undefined ? [] : [[`${of.environment}/${of.tier}`, name] as const],
    ),
  );
  return [
    `streams = ${JSON.stringify(known)}`,
    'key = (string(.environment) ?? "") + "/" + (string(.tier) ?? "")',
    `.stream = string(get(streams, [key]) ?? null) ?? "${clusterStream}"`,
    "",
  ].join("\n");
}

/** What nobody is to read, and what Vector leaves out by itself. */
function neverRead(release: Release, component: ResolvedComponent, { store }: LogPipeline) {
  return [
    "**/*.gz",
    "**/*.tmp",
    ...unreadNamespaces(release, component, store).map((name) => `/var/log/pods/${name}_*/**`),
  ];
}

interface Served {
  readonly api: string | undefined;
  readonly metrics: string | undefined;
  readonly remoteWrite: string | undefined;
}

function servedAt({ ports }: ResolvedComponent): Served {
  const at = (name: string) => {
    const port = ports.find((candidate) => candidate.name === name);
    return port === undefined ? undefined : `0.0.0.0:${port.number}`;
  };
  return { api: at("api"), metrics: at("metrics"), remoteWrite: at("remote-write") };
}
