/** What the state of a cluster knows of its machines. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deployment as Deployed, Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import type { KnownNames } from "../dns/ask.ts";
import { isOfNames } from "../dns/cloudflare.ts";
import { machineType } from "../machines/proxmox.ts";
import { startAgainName } from "../machines/start-again.ts";
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

export interface KnownState extends KnownNames {
  /** The whole of it, as the engine exports it. */
  readonly exported: Deployed;
  /** Machines and templates that are made, or were begun: number to name in Proxmox VE. */
  readonly machines: ReadonlyMap<number, string>;
  /** What everything on the hosts is called by: nodes, `template-pve-1`, `image-pve-1`. */
  readonly names: readonly string[];
  /** Whether it knows of nothing. */
  readonly isEmpty: boolean;
  /** Whether an engine was killed in the middle of its work. */
  readonly interrupted: boolean;
}

/** In: a stack. Out: what it knows; nothing of a new one. */
export async function readState(stack: Stack): Promise<KnownState> {
  const exported = await stack.exportStack();
  const { deployment } = exported;
  const { resources = [], pending_operations: pending } = Deployment.parse(deployment ?? {});
  const begun = (pending ?? []).map(({ resource }) => resource);
  const machines = [...resources, ...begun].filter(({ type }) => type === machineType);
  return {
    exported,
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
    isEmpty: resources.length + begun.length === 0,
    begun: new Set(
      (pending ?? []).flatMap(({ type, resource }) =>
        type === "creating" && isOfNames(resource.type) ? [nameOf(resource.urn)] : [],
      ),
    ),
    interrupted: begun.length > 0,
  };
}

/** Takes out of the state what a killed engine had begun. It is made again. */
export async function forgetBegun(stack: Stack): Promise<void> {
  const exported = await stack.exportStack();
  const deployment = { ...exported.deployment, pending_operations: [] };
  await importState(stack, { ...exported, deployment });
}

const isOnHosts = (type: string): boolean => type.startsWith("proxmoxve:");

/**
 * Takes things out of the state, as if they had never been made, and with a machine that it is started elsewhere. In: a stack, names it
 * knows.
 */
export async function forgetNames(stack: Stack, names: readonly string[]): Promise<void> {
  const exported = await stack.exportStack();
  const deployment = Whole.parse(exported.deployment);
  const all = [...names, ...names.map(startAgainName)];
  const isGone = ({ type, urn }: z.infer<typeof Kept>) =>
    isOnHosts(type) && all.includes(nameOf(urn));
  const gone = new Set(deployment.resources.filter(isGone).map(({ urn }) => urn));
  const without = (urns: readonly string[] = []) => urns.filter((urn) => !gone.has(urn));
  // What needed them stays; the engine reads no state that names what is not in it.
  const resources = deployment.resources
    .filter(({ urn }) => !gone.has(urn))
    .map((resource) => ({
      ...resource,
      ...(resource.dependencies && { dependencies: without(resource.dependencies) }),
      ...(resource.propertyDependencies && {
        propertyDependencies: Object.fromEntries(
          Object.entries(resource.propertyDependencies).map(([property, urns]) => [
            property,
            without(urns ?? []),
          ]),
        ),
      }),
    }));
  await importState(stack, { ...exported, deployment: { ...deployment, resources } });
}

/** Gives a stack its state. The SDK writes it into a file that everybody may read, and leaves that when it fails: in a folder of ours, it does neither. */
export async function importState(stack: Stack, state: Deployed): Promise<void> {
  const before = process.env["TMPDIR"];
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-state-"));
  process.env["TMPDIR"] = folder;
  try {
    await stack.importStack(state);
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

const Kept = z.looseObject({
  urn: z.string(),
  type: z.string(),
  dependencies: z.array(z.string()).optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});
const Whole = z.looseObject({ resources: z.array(Kept) });
