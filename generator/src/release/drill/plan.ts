/** The plan of a cluster's restore drill, of all its releases. */
import { backupService } from "../../model/known-services.ts";
import type { Cause } from "../../model/derived.ts";
import type { DrillPlan, DrillTarget } from "../../model/drill-plan.ts";
import { fileKey, filesName, priorityClassName } from "../../model/names.ts";
import type { BackupSchedule, DrillWork, Release, ResolvedService } from "../../model/platform.ts";
import { bytes } from "../../model/units.ts";
import { containersOf } from "../containers.ts";
import { backedVolumes, locationsOf } from "../backups/backed-volumes.ts";
import { sizeOf } from "../backups/times.ts";
import { componentFact, serviceFact } from "../causes.ts";
import { drilledVolumes, isOfDrill, runsDrill } from "./volumes.ts";
import { drillModifiers } from "./modifiers.ts";
import { drillRoom } from "./room.ts";
import { drillStart } from "./start.ts";
import { mirrored } from "../images/mirrors.ts";

/** In: all releases of a cluster, with what is drilled. Out: what the drill does; undefined where nobody runs it or nobody restores. */
export function drillWork(releases: readonly Release[]): DrillWork | undefined {
  const runner = releases.find(({ service }) => runsDrill(service));
  const velero = releases.find(({ service }) => service.name === backupService);
  const checker = runner === undefined ? undefined : checkerOf(runner);
  if (runner === undefined || velero === undefined || checker === undefined) return undefined;
  const targets = releases.flatMap((release) => targetsOf(release, velero.backups ?? []));
  return {
    plan: {
      service: runner.service.name,
      namespace: runner.service.namespace,
      // A ConfigMap beside what makes backups and restores them.
      velero: { namespace: velero.service.namespace, modifiers: runner.service.name },
      checker,
      targets,
    },
    cause: planFile(runner.service),
    modifiers: drillModifiers(
      releases.filter((release) => drilledVolumes(release).length > 0),
      checker,
    ),
    room: drillRoom(releases),
  };
}

function planFile(service: ResolvedService): Cause {
  const component = service.components.find(isOfDrill);
  return component === undefined
    ? serviceFact(service)
    : componentFact(service, component, "files");
}

/** Its own image and program: nothing else has to be there. */
function checkerOf({ service, facts }: Release): DrillPlan["checker"] | undefined {
  const [main] = service.components;
  const [container] = main === undefined ? [] : containersOf(main);
  const program = Object.entries(container?.spec.files ?? {}).find(
    ([, file]) => typeof file !== "object" || "file" in file,
  );
  if (main === undefined || container === undefined || program === undefined) return undefined;
  return {
    image: mirrored(container.spec.image, facts.cluster.mirrors ?? {}),
    configMap: filesName(main.objectName, undefined),
    key: fileKey(program[0]),
    priority: priorityClassName(leastUrgent(facts)),
  };
}

/** Nothing of the drill is more urgent than what is in use. */
function leastUrgent({ tiers }: Release["facts"]): string {
  const [least] = Object.entries(tiers).sort(([, a], [, b]) => a.priority - b.priority);
  return least?.[0] ?? "";
}

function targetsOf(release: Release, schedules: readonly BackupSchedule[]): DrillTarget[] {
  const { service, facts } = release;
  const volumes = drilledVolumes(release);
  if (volumes.length === 0) return [];
  const starts = drillStart(release);
  const [location, { speed = "1Mi" } = {}] = locationsOf(facts).main ?? [];
  // The copies in the house are the newest, and the first that anybody would restore.
  const schedule = schedules.find(
    (one) => one.location === location && one.namespaces.includes(service.namespace),
  )?.name;
  return [
    {
      environment: facts.name,
      service: service.name,
      namespace: service.namespace,
      within: timeFor(release, bytes(speed)),
      volumes: volumes.map((volume) => ({
        ...volume,
        ...(schedule === undefined ? {} : { schedule }),
      })),
      ...(starts === undefined ? {} : { starts }),
    },
  ];
}

/** To schedule pods and pull images, and to copy at half the speed all that is backed up of it: a Restore brings every claim. */
const timeFor = (release: Release, speed: number): number =>
  20 * 60 + Math.ceil((2 * sizeOf(backedVolumes(release))) / speed);
