/** Panels of what a program says of itself, or an exporter of it. */
import type { PanelTemplate } from "../dashboards.ts";

type Panels = Readonly<Record<string, PanelTemplate>>;
type Line = readonly [metric: string, legend: string, promql?: string];

/** A panel whose lines are sums over the pods of the namespace. */
const panel = (title: string, unit: PanelTemplate["unit"], ...lines: Line[]): PanelTemplate => ({
  title,
  type: "line",
  unit: unit ?? "short",
  reads: lines.map(([metric]) => metric),
  queries: lines.map(([metric, legend, promql = `sum(${metric}{namespace="$namespace"})`]) => ({
    metric,
    promql,
    legend,
  })),
});
const rate = (metric: string, legend: string): Line => [
  metric,
  legend,
  `sum(rate(${metric}{namespace="$namespace"}[5m]))`,
];

const arr = (program: string): Panels => ({
  [`${program}-queue`]: panel(
    "Queue, and what it complains about",
    undefined,
    [`${program}_queue_total`, "waiting"],
    [`${program}_system_health_issues`, "health issues"],
  ),
});

/** By the exporter, or the program it asks; `postgres-cluster` speaks for itself. */
export const ownPanels = {
  bazarr: arr("bazarr"),
  lidarr: arr("lidarr"),
  radarr: {
    ...arr("radarr"),
    "radarr-missing": panel("Films that are missing", undefined, [
      "radarr_movie_missing_total",
      "missing",
    ]),
  },
  sonarr: {
    ...arr("sonarr"),
    "sonarr-missing": panel("Episodes that are missing", undefined, [
      "sonarr_episode_missing_total",
      "missing",
    ]),
  },
  prowlarr: {
    "prowlarr-indexers": panel(
      "Indexers",
      undefined,
      ["prowlarr_indexer_enabled_total", "enabled"],
      [
        "prowlarr_indexer_unavailable",
        "unavailable",
        'count(prowlarr_indexer_unavailable{namespace="$namespace"})',
      ],
    ),
  },
  valkey: {
    "valkey-memory": panel(
      "Memory of data, and its limit",
      "bytes",
      ["redis_memory_used_bytes", "used"],
      ["redis_memory_max_bytes", "limit"],
    ),
    "valkey-commands": panel(
      "Commands a second, and clients",
      undefined,
      rate("redis_commands_processed_total", "commands"),
      ["redis_connected_clients", "clients"],
    ),
  },
  mosquitto: {
    "mosquitto-clients": panel("Clients", undefined, ["broker_clients_connected", "connected"]),
    "mosquitto-messages": panel(
      "Messages a second",
      undefined,
      rate("broker_messages_received", "received"),
      rate("broker_messages_sent", "sent"),
    ),
  },
  postgres: {
    "postgres-activity": panel("Connections", undefined, ["pg_stat_activity_count", "connections"]),
    "postgres-size": panel("Size of databases", "bytes", [
      "pg_database_size_bytes",
      "{datname}",
      'max by (datname) (pg_database_size_bytes{namespace="$namespace"})',
    ]),
  },
  "postgres-cluster": {
    "cluster-activity": panel(
      "Connections, and those that wait",
      undefined,
      ["cnpg_backends_total", "connections"],
      ["cnpg_backends_waiting_total", "waiting"],
    ),
    "cluster-size": panel("Size of databases", "bytes", [
      "cnpg_pg_database_size_bytes",
      "{datname}",
      'max by (datname) (cnpg_pg_database_size_bytes{namespace="$namespace"})',
    ]),
  },
} as const satisfies Readonly<Record<string, Panels>>;
