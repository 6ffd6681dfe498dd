/** What Pulumi's engine is to bring about for a cluster, read top to bottom. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Credentials } from "./credentials.ts";
import type { NamesBackend } from "./dns/backend.ts";
import type { Facts } from "./facts.ts";
import { ProxmoxMachines } from "./machines/proxmox.ts";
import { wantedMachines, wantedTemplates } from "./machines/wanted.ts";

/** In: a cluster, what its hosts want to see, who keeps its names. Out: a program for the engine. */
export function programOf(
  { name, cluster }: Pick<Facts, "name" | "cluster">,
  { token }: Credentials,
  names: NamesBackend,
): PulumiFn {
  return async () => {
    names.declare();
    const { machines: facts } = cluster;
    if (facts === undefined) return {};
    const machines = wantedMachines(name, cluster);
    const templates = wantedTemplates(name, cluster);
    return {
      machines: new ProxmoxMachines({ cluster: name, facts, machines, templates, token }).urn,
    };
  };
}
