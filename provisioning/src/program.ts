/** What Pulumi's engine is to bring about for a cluster, read top to bottom. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import type { Credentials } from "./credentials.ts";
import { ProxmoxMachines } from "./machines/proxmox.ts";
import { wantedMachines, wantedTemplates } from "./machines/wanted.ts";

/** In: a cluster with its name, and what its hosts want to see. Out: a program for the engine. */
export function programOf(name: string, cluster: Cluster, { token }: Credentials): PulumiFn {
  return async () => {
    const { machines: facts } = cluster;
    if (facts === undefined) return {};
    const machines = wantedMachines(name, cluster);
    const templates = wantedTemplates(name, cluster);
    return {
      machines: new ProxmoxMachines({ cluster: name, facts, machines, templates, token }).urn,
    };
  };
}
