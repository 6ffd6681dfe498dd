/**
 * The drill of one service: restore its volumes from the newest backup, look at what is in them, then start it where
 * the plan says so. It ends by returning what there was, or by a DrillFailure.
 */
import type { DrillPlan, DrillTarget, DrillVolume } from "../src/model/drill-plan.ts";
import { limited } from "../src/model/names.ts";
import { find, list, remove } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import { newestBackup } from "./backup.ts";
import type { UsableBackup } from "./backup.ts";
import { endOfCheck, startCheck } from "./check-pod.ts";
import type { Inventory } from "./check/findings.ts";
import { DrillFailure } from "./failure.ts";
import { core, restoredLabel } from "./paths.ts";
import { endOfRestore, startRestore } from "./restore.ts";
import { startService } from "./start.ts";
import type { World } from "./world.ts";

/** By volume. */
type Inventories = Readonly<Record<string, Inventory>>;

export interface Passed {
  readonly backupAge: number;
  readonly inventory: Inventories;
}

/** Names of Restores are never used twice: Velero keeps what it knows of one in the object store. */
const restoreName = (world: World, target: DrillTarget, part: number) =>
  `${limited(`drill-${target.namespace}`, 40)}-${world.now().toString(36)}-${part}`;

export async function drill(
  world: World,
  plan: DrillPlan,
  target: DrillTarget,
  before: Inventories | undefined,
): Promise<Passed> {
  const until = world.now() + target.within * 1000;
  const inventory: Record<string, Inventory> = {};
  const wrong: string[] = [];
  const used: UsableBackup[] = [];
  for (const [part, volumes] of inParts(target.volumes).entries()) {
    const backup = await backupOf(world, plan, target, volumes);
    used.push(backup);
    const name = restoreName(world, target, part);
    const there = await restoreVolumes(world, plan, target, {
      volumes,
      backup,
      before,
      name,
      until,
    });
    const missing = volumes.find(
      (volume) =>
        !there.has(volume) &&
        (volume.mayBeMissing !== true || before?.[volume.claim] !== undefined),
    );
    if (missing !== undefined)
      throw new DrillFailure("DataWrong", `claim ${missing.claim} is not in backup ${backup.name}`);
    for (const { claim } of there) {
      const findings = await endOfCheck(world, plan, claim, until);
      inventory[claim] = findings.inventory;
      wrong.push(...findings.wrong.map((sentence) => `volume ${claim}: ${sentence}`));
    }
  }
  if (wrong.length > 0) throw new DrillFailure("DataWrong", wrong.join("; "));
  const [first] = used;
  if (first === undefined) throw new DrillFailure("NoBackup", "it has no volume to restore");
  await startService(world, plan, target, {
    name: restoreName(world, target, used.length),
    backup: first.name,
    until,
  });
  const oldest = Math.min(...used.map(({ started }) => started));
  return { backupAge: Math.round((world.now() - oldest) / 1000), inventory };
}

/** One Restore for all volumes that are in the same backups and come the same way. */
function inParts(volumes: readonly DrillVolume[]): (readonly DrillVolume[])[] {
  const part = ({ schedule, throughPods }: DrillVolume) =>
    `${schedule} ${throughPods !== undefined}`;
  return [...Map.groupBy(volumes, part).values()];
}

function backupOf(
  world: World,
  { velero }: DrillPlan,
  target: DrillTarget,
  volumes: readonly DrillVolume[],
): Promise<UsableBackup> {
  return newestBackup(world, velero.namespace, target, {
    schedule: volumes[0]?.schedule,
    notOlder: Math.min(...volumes.map(({ notOlder }) => notOlder)),
  });
}

interface Part {
  readonly volumes: readonly DrillVolume[];
  readonly backup: UsableBackup;
  readonly before: Inventories | undefined;
  readonly name: string;
  readonly until: number;
}

/** Gives those that are in the backup; something looks at each. */
async function restoreVolumes(
  world: World,
  plan: DrillPlan,
  target: DrillTarget,
  { volumes, backup, before, name, until }: Part,
): Promise<ReadonlySet<DrillVolume>> {
  // Velero fills a volume of a file system backup through the pod that mounted it; claims come with their pods.
  const pods = volumes.flatMap(({ throughPods }) =>
    throughPods === undefined ? [] : [throughPods],
  );
  const through = pods.length > 0;
  const claims = ["persistentvolumeclaims", "persistentvolumes"];
  await startRestore(world, plan, target, {
    name,
    backup: backup.name,
    resources: through ? [...claims, "pods"] : claims,
    pods,
  });
  const started = new Set<DrillVolume>();
  const startWhereThere = async (volume: DrillVolume) => {
    const claim = started.has(volume) ? undefined : await claimOf(world, plan, volume);
    if (claim === undefined) return;
    started.add(volume);
    await startCheck(world, plan, { volume, claim, backup, before: before?.[volume.claim] }, until);
  };
  await endOfRestore(world, plan, { name, until }, async () => {
    // A storage class that binds at first use makes Velero wait for a pod, so pods may not wait for Velero: the
    // volume is bound only when its data is in it.
    if (!through) for (const volume of volumes) await startWhereThere(volume);
  });
  // The pods through which it was done have nothing more to do, and a volume may be on one node only.
  if (through) await remove(world.server, core(plan.namespace, "pods"), restoredLabel);
  for (const volume of volumes) await startWhereThere(volume);
  return started;
}

/** Its name in the cluster, undefined as long as it is not there. */
async function claimOf(
  world: World,
  { namespace }: DrillPlan,
  { claim, found }: DrillVolume,
): Promise<string | undefined> {
  const claims = core(namespace, "persistentvolumeclaims");
  if (found === undefined)
    return (await find(world.server, `${claims}/${claim}`)) === undefined ? undefined : claim;
  const selector = Object.entries(found).map(([key, value]) => `${key}=${value}`);
  const [first] = await list<KubernetesObject>(world.server, claims, selector.join(","));
  return first?.metadata.name;
}
