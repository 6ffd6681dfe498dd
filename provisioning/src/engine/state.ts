/** What the state of a cluster knows of its machines. */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { isOfNames } from "../dns/cloudflare.ts";
import { machineType } from "../machines/proxmox.ts";
import { nameOf } from "./changes.ts";

const Resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.looseObject({ vmId: z.number().optional(), name: z.string().optional() }).optional(),
});
const Deployment = z.object({
  resources: z.array(Resource).optional(),
  /** What an engine that was killed had begun. */
  pending_operations: z.array(z.object({ resource: Resource, type: z.string() })).nullish(),
});

export interface KnownState {
  /** Machines and templates that are made, or were begun: number to name in Proxmox VE. */
  readonly machines: ReadonlyMap<number, string>;
  /** What everything on the hosts is called by: nodes, `template-pve-1`, `image-pve-1`. */
  readonly names: readonly string[];
  /** Ids of records and tunnels in Cloudflare that are made. */
  readonly kept: ReadonlySet<string>;
  /** Names and tunnels that an engine had begun to make when it was killed. */
  readonly begun: ReadonlySet<string>;
  /** Whether an engine was killed in the middle of its work. */
  readonly interrupted: boolean;
}

/** In: a stack. Out: what it knows; nothing of a new one. */
export async function readState(stack: Stack): Promise<KnownState> {
  const { deployment } = await stack.exportStack();
  const { resources = [], pending_operations: pending } = Deployment.parse(deployment ?? {});
  const begun = (pending ?? []).map(({ resource }) => resource);
  const machines = [...resources, ...begun].filter(({ type }) => type === machineType);
  return {
    machines: new Map(
      machines.flatMap(({ inputs: { vmId, name = "" } = {} }) =>
        vmId === undefined ? [] : [[vmId, name] as const],
      ),
    ),
    names: [...resources, ...begun]
      .filter(({ type }) => isOnHosts(type))
      .map(({ urn }) => nameOf(urn))
      .sort(),
    kept: new Set(
      resources.flatMap(({ type, id }) => (isOfNames(type) && id !== undefined ? [id] : [])),
    ),
    begun: new Set(
      (pending ?? []).flatMap(({ type, resource }) =>
        type === "creating" && isOfNames(resource.type) ? [nameOf(resource.urn)] : [],
      ),
    ),
    interrupted: begun.length > 0,
  };
}

const isOnHosts = (type: string): boolean => type.startsWith("proxmoxve:");

/** Takes things out of the state, as if they had never been made. In: a stack, names it knows. */
export async function forgetNames(stack: Stack, names: readonly string[]): Promise<void> {
  const exported = await stack.exportStack();
  const deployment = z
    .looseObject({ resources: z.array(z.looseObject({ urn: z.string(), type: z.string() })) })
    .parse(exported.deployment);
  const resources = deployment.resources.filter(
    ({ type, urn }) => !isOnHosts(type) || !names.includes(nameOf(urn)),
  );
  await stack.importStack({ ...exported, deployment: { ...deployment, resources } });
}
