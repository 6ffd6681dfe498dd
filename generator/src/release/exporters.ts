/** Known exporters: programs beside a component that turn what it says into metrics. */
import type { ResolvedComponent } from "../model/platform.ts";
import type { exporters, Metrics } from "../model/ports.ts";

type ExporterName = (typeof exporters)[number];
type ExporterMetrics = Extract<Metrics, { exporter: unknown }>;

/** The metrics of a component that says an exporter; undefined for all others. */
export function exporterMetrics({ source }: ResolvedComponent): ExporterMetrics | undefined {
  if (source.kind === "chart") return undefined;
  const { metrics } = source.spec;
  return metrics !== undefined && "exporter" in metrics ? metrics : undefined;
}

/**
 * What is 1 while the component answers its exporter: some are up beside one that does not. Exportarr's scrape fails with
 * its application, the one of Mosquitto listens once it is connected.
 */
const aliveMetrics: Readonly<Record<ExporterName, string>> = {
  exportarr: "up",
  postgres: "pg_up",
  valkey: "redis_up",
  mosquitto: "up",
};

export const aliveMetric = ({ exporter }: ExporterMetrics): string => aliveMetrics[exporter];
