/** Ports that pods take of their node. */
import type { ResolvedComponent } from "../../model/platform.ts";
import { containersOf } from "../containers.ts";
import { isPostgresCluster } from "../postgres.ts";

/** In: a component. Out: `8123/TCP` for each port its containers declare where they use the node's network: the API server makes host ports of them, and a node has each once. */
export function hostPortsOf(component: ResolvedComponent): string[] {
  if (!component.hostNetwork || isPostgresCluster(component)) return [];
  const exporters = containersOf(component).flatMap(({ exporterPort }) => exporterPort ?? []);
  const ports = [...component.ports, ...exporters];
  return [...new Set(ports.map(({ number, protocol }) => `${number}/${protocol}`))];
}
