/** Velero Restores: only what was asked for, under other names of namespaces, never over what is there. */
import type { DrillPlan, DrillTarget } from "../src/model/drill-plan.ts";
import { create, find } from "./api.ts";
import { DrillFailure } from "./failure.ts";
import type { Reason } from "./failure.ts";
import { drillLabel, restores } from "./paths.ts";
import { waitFor } from "./world.ts";
import type { World } from "./world.ts";

interface Restore {
  readonly status?: {
    readonly phase?: string;
    readonly failureReason?: string;
    readonly validationErrors?: readonly string[];
    readonly errors?: number;
    readonly warnings?: number;
  };
}

/** Ends of a Restore; every other phase is on the way to one of them. */
export const ends: ReadonlyMap<string, Reason | undefined> = new Map([
  ["Completed", undefined],
  ["PartiallyFailed", "RestorePartiallyFailed"],
  ["Failed", "RestoreFailed"],
  ["FailedValidation", "RestoreRefused"],
]);

export interface Wanted {
  readonly name: string;
  readonly backup: string;
  /** The only kinds that come: no route, no load balancer and no external secret is among them. */
  readonly resources: readonly string[];
  /** Only these, by their labels, and what they mount. */
  readonly pods?: readonly Readonly<Record<string, string>>[];
}

export async function startRestore(
  world: World,
  { namespace, velero }: DrillPlan,
  target: DrillTarget,
  { name, backup, resources, pods = [] }: Wanted,
): Promise<void> {
  await create(world.server, restores(velero.namespace), {
    apiVersion: "velero.io/v1",
    kind: "Restore",
    metadata: { name, namespace: velero.namespace, labels: { [drillLabel]: namespace } },
    spec: {
      backupName: backup,
      includedNamespaces: [target.namespace],
      includedResources: [...resources],
      ...(pods.length === 0
        ? {}
        : { orLabelSelectors: pods.map((matchLabels) => ({ matchLabels })) }),
      namespaceMapping: { [target.namespace]: namespace },
      existingResourcePolicy: "none",
      restorePVs: true,
      preserveNodePorts: false,
      // Velero gives up when the drill does, so that nothing comes after it has cleaned up.
      itemOperationTimeout: `${target.within}s`,
      resourceModifier: { kind: "configmap", name: velero.modifiers },
    },
  });
}

/** Waits for the end of a Restore; `meanwhile` runs each time it is asked for. */
export async function endOfRestore(
  world: World,
  { velero }: DrillPlan,
  { name, until }: { readonly name: string; readonly until: number },
  meanwhile: () => Promise<void>,
): Promise<void> {
  const wait = { until, reason: "TimedOut", what: `waiting for Restore ${name}` } as const;
  const { status } = await waitFor(world, wait, async () => {
    const restore = await find<Restore>(world.server, `${restores(velero.namespace)}/${name}`);
    if (restore === undefined)
      throw new DrillFailure("RestoreFailed", `somebody deleted Restore ${name}`);
    await meanwhile();
    const phase = restore.status?.phase ?? "New";
    return ends.has(phase) ? restore : `it is ${phase}`;
  });
  const reason = ends.get(status?.phase ?? "");
  if (reason === undefined) return;
  const why = status?.validationErrors?.join("; ") ?? status?.failureReason;
  throw new DrillFailure(
    reason,
    `Restore ${name} is ${status?.phase}: ${why ?? `${status?.errors ?? 0} errors, ${status?.warnings ?? 0} warnings; see \`velero restore describe ${name} --details\``}`,
  );
}
