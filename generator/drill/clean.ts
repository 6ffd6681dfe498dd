/**
 * Leaves nothing behind, whatever happened: not what a drill before left that was killed half way, either. A Restore
 * that is running is waited for, as Velero goes on with it even when it is deleted.
 */
import type { DrillPlan } from "../src/model/drill-plan.ts";
import { list, remove } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import { apps, core, drillLabel, restoredLabel, restores } from "./paths.ts";
import { ends } from "./restore.ts";
import { waitFor } from "./world.ts";
import type { World } from "./world.ts";

interface Phased extends KubernetesObject {
  readonly status?: { readonly phase?: string };
}

/** What makes pods goes first, then pods, so that nothing holds a volume that is to go. */
const restoredResources = [
  { path: apps, resource: "deployments" },
  { path: apps, resource: "statefulsets" },
  { path: core, resource: "pods" },
  { path: core, resource: "persistentvolumeclaims" },
  { path: core, resource: "configmaps" },
  { path: core, resource: "secrets" },
  { path: core, resource: "serviceaccounts" },
] as const;

/** Longer than a pod may take to stop and a storage driver to let go of a volume. */
const patience = 10 * 60_000;

export async function clean(world: World, plan: DrillPlan): Promise<void> {
  // A stop is no reason to leave anything behind.
  const here = { ...world, stopped: () => false };
  const until = world.now() + patience;
  const stuck = await endRestores(here, plan, until).then(
    () => undefined,
    (error: unknown) => error,
  );
  // What is there goes in any case; a Restore that does not end is told after that.
  for (const { path, resource } of restoredResources)
    await remove(
      here.server,
      path(plan.namespace, resource),
      resource === "pods" ? notOurs(plan) : restoredLabel,
    );
  const wait = { until, reason: "CleanupStuck", what: "removing what was restored" } as const;
  await waitFor(here, wait, async () => {
    const left = await leftovers(here, plan);
    return left.length === 0 ? {} : left.map(told).join(", ");
  });
  if (stuck !== undefined) throw stuck;
}

async function endRestores(world: World, { namespace, velero }: DrillPlan, until: number) {
  const mine = `${drillLabel}=${namespace}`;
  const wait = { until, reason: "CleanupStuck", what: "waiting for Restores to end" } as const;
  await waitFor(world, wait, async () => {
    const all = await list<Phased>(world.server, restores(velero.namespace), mine);
    for (const { metadata, status } of all) {
      if (metadata.deletionTimestamp === undefined && ends.has(status?.phase ?? ""))
        await remove(world.server, `${restores(velero.namespace)}/${metadata.name}`);
    }
    return all.length === 0 ? {} : all.map(told).join(", ");
  });
}

/** A volume holds the data of another service, and a pod holds a volume: nothing goes on while one is there. */
async function leftovers({ server }: World, plan: DrillPlan): Promise<Phased[]> {
  const { namespace } = plan;
  return [
    ...(await list<Phased>(server, core(namespace, "pods"), notOurs(plan))),
    ...(await list<Phased>(server, core(namespace, "persistentvolumeclaims"), restoredLabel)),
  ];
}

/** Pods that a restored workload made bear no label of Velero's; those of the drill's own service bear its name. */
const notOurs = ({ service }: DrillPlan) => `app.kubernetes.io/name!=${service}`;

function told({ metadata, status }: Phased): string {
  const holding = metadata.finalizers ?? [];
  const held = holding.length === 0 ? "" : `, held by ${holding.join(" and ")}`;
  return `${metadata.name} (${status?.phase ?? "there"}${held})`;
}
