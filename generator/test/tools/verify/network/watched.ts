/** Ports at which the scraper and the prober of the cluster call, by what a component says of metrics and health. */
import type { Component } from "../../../../src/model/component.ts";
import { named, outside, type Port } from "./ends.ts";

interface Watched {
  readonly name: string;
  readonly kind: "service" | "composed" | "chart";
  readonly whole: { readonly stopped?: true | undefined };
  readonly own: Partial<Component> & { readonly hostNetwork?: unknown };
}

/** Where the known exporters listen, by their own documentation. */
const exporters = { exportarr: 9707, postgres: 9187, valkey: 9121, mosquitto: 9234 };

/** What the scraper reads. */
export function read(part: Watched): (port: Port) => boolean {
  const { metrics } = part.own;
  if (metrics === undefined) return () => false;
  return "exporter" in metrics
    ? outside(`${exporters[metrics.exporter]}`)
    : named(part, metrics.port, "TCP");
}

/** What the prober asks: one TCP port of what has no metrics, keeps running and is reached over a Service. */
export function asked(part: Watched): (port: Port) => boolean {
  const { kind, whole, own } = part;
  const runs = own.runs?.as ?? "deployment";
  const isReached = kind !== "chart" && own.network?.host === undefined;
  const isUp = whole.stopped === undefined && own.replicas !== 0;
  if (own.metrics !== undefined || !isReached || !isUp) return () => false;
  if (runs !== "deployment" && runs !== "statefulSet") return () => false;
  const ports = Object.entries(own.ports ?? {}).flatMap(([name, port]) =>
    typeof port === "number" || "grpc" in port || port.tcp !== undefined ? [name] : [],
  );
  const said = own.health !== undefined && "port" in own.health ? own.health.port : undefined;
  const usual = ports.includes("http") ? "http" : ports[0];
  return named(part, said ?? usual ?? [], "TCP");
}
