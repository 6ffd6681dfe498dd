/** How the cluster's prober asks a component. */
import type { Cause } from "../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import { componentFact } from "./causes.ts";
import { hasService, isWorkload } from "./components.ts";
import { healthPort } from "./ports.ts";

/** Modules of the prober: what it does with a target. */
export type ProbeModule = "http" | "https" | "tcp";

export interface Probing {
  readonly port: ResolvedPort;
  readonly module: ProbeModule;
  /** Undefined where a connection is enough. */
  readonly path: string | undefined;
  readonly causes: readonly Cause[];
}

/**
 * Where a component can be asked over its Service. Undefined for one that nobody can reach so: without a TCP port, a
 * job, on the node's network, where policies do not hold, or on every node, where a Service would ask only one pod.
 */
export function probingOf({ service }: Release, component: ResolvedComponent): Probing | undefined {
  if (!isWorkload(component) || !hasService(component) || component.hostNetwork) return undefined;
  const { health, runs } = component.source.spec;
  if (["schedule", "job", "daemonSet"].includes(runs?.as ?? "")) return undefined;
  const asked = health === undefined || "because" in health ? undefined : health;
  const port =
    healthPort(component.ports, asked?.port) ??
    component.ports.find(({ protocol }) => protocol === "TCP");
  if (port === undefined) return undefined;
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  // The prober sends no headers that only one service needs.
  const path = asked?.headers === undefined ? asked?.http : undefined;
  return {
    port,
    module: path === undefined ? "tcp" : asked?.https === true ? "https" : "http",
    path,
    causes: [fact("health"), fact("ports", port.name)],
  };
}
