/** The plan of a cluster's restore drill, of all its releases. */
import type { DrillPlan, DrillTarget } from "../model/drill-plan.ts";
import { fileKey, filesName, priorityClassName } from "../model/names.ts";
import type { DrillWork, Release, ResolvedService } from "../model/platform.ts";
import { bytes } from "../model/units.ts";
import { containersOf } from "./containers.ts";
import { drilledVolumes, runsDrill } from "./drill.ts";
import { drillModifiers } from "./drill-modifiers.ts";
import { drillStart } from "./drill-start.ts";
import { mirrored } from "./mirrors.ts";

/** The service whose Restores the drill makes, and its ConfigMap of modifiers. */
export const restorer = "velero";
export const modifiersName = "restore-drill";

/** In: all releases of a cluster, with what is drilled. Out: what the drill does; undefined where nobody runs it or nobody restores. */
export function drillWork(releases: readonly Release[]): DrillWork | undefined {
  const runner = releases.find(({ service }) => runsDrill(service));
  const velero = releases.find(({ service }) => service.name === restorer);
  const checker = runner === undefined ? undefined : checkerOf(runner);
  if (runner === undefined || velero === undefined || checker === undefined) return undefined;
  const targets = releases.flatMap(targetsOf);
  return {
    plan: {
      namespace: runner.service.namespace,
      velero: { namespace: velero.service.namespace, modifiers: modifiersName },
      checker,
      targets,
    },
    modifiers: drillModifiers(
      releases.filter((release) => drilledVolumes(release).length > 0),
      checker,
    ),
  };
}

/** Its own image and program: nothing else has to be there. */
function checkerOf({ service, facts }: Release): DrillPlan["checker"] | undefined {
  const [main] = service.components;
  const [container] = main === undefined ? [] : containersOf(main);
  const program = Object.entries(container?.spec.files ?? {}).find(
    ([, file]) => typeof file === "object" && "file" in file,
  );
  if (main === undefined || container === undefined || program === undefined) return undefined;
  return {
    image: mirrored(container.spec.image, facts.cluster.mirrors ?? {}),
    configMap: filesName(main.objectName, undefined),
    key: fileKey(program[0]),
    priority: priorityClassName(service.tier),
  };
}

function targetsOf(release: Release): DrillTarget[] {
  const { service, facts } = release;
  const volumes = drilledVolumes(release);
  if (volumes.length === 0) return [];
  const starts = drillStart(release);
  return [
    {
      environment: facts.name,
      service: service.name,
      namespace: service.namespace,
      within: timeFor(service),
      volumes,
      ...(starts === undefined ? {} : { starts }),
    },
  ];
}

/** To schedule pods and pull images, and to copy everything twice as slowly as a bad disk does. */
function timeFor({ volumes }: ResolvedService): number {
  const size = volumes.reduce(
    (sum, { volume }) =>
      volume.holds === "state" || volume.holds === "database" ? sum + bytes(volume.size) : sum,
    0,
  );
  return 20 * 60 + Math.ceil(size / (50 * 2 ** 20));
}
