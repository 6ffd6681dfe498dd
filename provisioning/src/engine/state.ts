/** What the state of a cluster knows of its machines. */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";

const machineType = "proxmoxve:index/vmLegacy:VmLegacy";

const Resource = z.object({
  urn: z.string(),
  type: z.string(),
  inputs: z.looseObject({ vmId: z.number().optional() }).optional(),
});
const Deployment = z.object({
  resources: z.array(Resource).optional(),
  /** What an engine that was killed had begun. */
  pending_operations: z.array(z.object({ resource: Resource, type: z.string() })).nullish(),
});

export interface KnownState {
  /** Numbers of machines and templates that are made, or were begun. */
  readonly machineIds: ReadonlySet<number>;
  /** Whether an engine was killed in the middle of its work. */
  readonly interrupted: boolean;
}

/** In: a stack. Out: what it knows; nothing of a new one. */
export async function readState(stack: Stack): Promise<KnownState> {
  const { deployment } = await stack.exportStack();
  const { resources = [], pending_operations: pending } = Deployment.parse(deployment ?? {});
  const begun = (pending ?? []).map(({ resource }) => resource);
  return {
    machineIds: new Set(
      [...resources, ...begun]
        .filter(({ type }) => type === machineType)
        .flatMap(({ inputs }) => inputs?.vmId ?? []),
    ),
    interrupted: begun.length > 0,
  };
}
