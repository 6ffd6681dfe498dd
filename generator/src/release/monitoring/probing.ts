/** How the cluster's prober asks a component whose metrics do not tell whether it answers, or that has none. */
import type { Cause } from "../../model/derived.ts";
import { concernName } from "../../model/names.ts";
import type {
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../../model/platform.ts";
import { componentFact, serviceFact } from "../causes.ts";
import { hasService, isWorkload, kindThatEnds } from "../components.ts";
import { exporterMetrics, isSilentOnLife } from "../exporters.ts";
import { arePods } from "./scraping.ts";
import { healthPort } from "../ports.ts";
import { hasNoPods } from "../pods/replicas.ts";

/** Name of the Probe of a component, and of its job: that of a Service is another one. */
export const probeName = ({ objectName }: ResolvedComponent): string =>
  concernName(objectName, "probe");

/** What the prober does with a target: a module of its configuration. */
export type ProbeModule = "http" | "tcp";

export interface Probing {
  readonly port: ResolvedPort;
  readonly module: ProbeModule;
  /** Scheme, and path where it asks by HTTP. */
  readonly scheme: "http" | "https" | undefined;
  readonly path: string;
}

/** What is asked, where the cluster can ask: nothing of a component whose metrics tell, or without pods. */
export function probedAt(release: Release, component: ResolvedComponent): Probing | undefined {
  const { scraper, prober } = release.facts.cluster;
  return scraper === undefined ||
    prober === undefined ||
    !isSilentOnLife(component) ||
    hasNoPods(release, component)
    ? undefined
    : probingOf(component);
}

/**
 * Where a component can be asked over its Service. Undefined for one that nobody can reach so: without a TCP port, a
 * job, or on every node, where a Service would ask only one pod.
 */
export function probingOf(component: ResolvedComponent): Probing | undefined {
  if (!isWorkload(component) || !hasService(component)) return undefined;
  const { health, runs } = component.source.spec;
  if (kindThatEnds(component) !== undefined || runs?.as === "daemonSet") return undefined;
  const asked = health === undefined || "because" in health ? undefined : health;
  const port =
    healthPort(component.ports, asked?.port) ??
    component.ports.find(({ protocol }) => protocol === "TCP");
  if (port === undefined) return undefined;
  // The prober sends no headers that only one service needs.
  if (asked?.http === undefined || asked.headers !== undefined)
    return { port, module: "tcp", scheme: undefined, path: "" };
  return {
    port,
    module: "http",
    scheme: asked.https === true ? "https" : "http",
    path: asked.http,
  };
}

/** In: a component, and how it is probed. Out: the facts that decide so. */
export function probingFacts(
  service: ResolvedService,
  component: ResolvedComponent,
  { port }: Probing,
): Cause[] {
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  return [
    fact("health"),
    fact("ports", port.name),
    serviceFact(service, "stopped"),
    // Without metrics that is why it is probed. An exporter that cannot tell whether it answers changes nothing.
    ...(exporterMetrics(component) === undefined ? [fact("metrics")] : []),
  ];
}

/** `http://sonarr.media-sonarr.svc:8989/ping`; a Service listens on the number of the pod. */
export function probeTarget(
  { namespace }: ResolvedService,
  { objectName }: ResolvedComponent,
  { port, scheme, path }: Probing,
): string {
  const host = `${objectName}.${namespace}.svc:${port.number}`;
  return scheme === undefined ? host : `${scheme}://${host}${path}`;
}

/** The pods that probe, of a service of ours. */
export const isProber = (
  service: ResolvedService,
  { cluster }: EnvironmentFacts,
  component: ResolvedComponent,
): boolean => arePods(cluster.prober, service, component);
