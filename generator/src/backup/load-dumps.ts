/** Databases that come back empty, as only their dumps are backed up: somebody loads those before a schedule dumps what is not there yet. */
import type { Endpoint, Release } from "../model/platform.ts";
import { loadedVolumes } from "../release/backups/loaded.ts";
import type { LoadedVolume } from "../release/backups/loaded.ts";
import { comesWithBulk, heldServices } from "../release/backups/recovery.ts";
import { dumpAt } from "./dumps.ts";
import type { Dump } from "./dumps.ts";
import type { RecoveryStep } from "./timed.ts";

/** Seconds one is reckoned with: a guess, as nobody here knows how it is done. */
const usual = 5 * 60;

/** In: the releases of an environment, and whether of those that come with bulk. Out: a step for each, all after the one that starts them. */
export function loadSteps(
  releases: readonly Release[],
  { after, isBulk }: { readonly after: string; readonly isBulk: boolean },
): RecoveryStep[] {
  const waiting = heldServices(releases, "before-loads");
  const loads = loadsOf(releases);
  return loads.flatMap((load, index) => {
    if (load.isBulk !== isBulk) return [];
    const { release, dump, dumpedTo, users } = load;
    const early = users.filter(({ service }) => isBulk || !waiting.has(service.name));
    return [
      {
        name: `load ${load.volume}`,
        about: `by hand, from its dumps in ${dumpedTo}: it began empty, and so would the next dump${earlyText(early, release, after)}`,
        after: [after],
        takes: usual,
        isBulk,
        commands: dump.isPaused ? [] : held(dump, loads.slice(index + 1)),
      },
    ];
  });
}

interface Load extends LoadedVolume {
  readonly release: Release;
  /** `maria/data` */
  readonly volume: string;
  readonly dump: Dump;
  readonly isBulk: boolean;
}

/** What is loaded, in the order of the plan: bulk last. */
const loadsOf = (releases: readonly Release[]): Load[] =>
  releases
    .flatMap((release) =>
      loadedVolumes(release).flatMap((load): Load[] => {
        const dump = dumpAt(load.dumpedTo, { release, releases });
        const volume = `${release.service.name}/${load.name}`;
        const isBulk = comesWithBulk(load, releases);
        return dump === undefined ? [] : [{ ...load, release, volume, dump, isBulk }];
      }),
    )
    .sort((a, b) => Number(a.isBulk) - Number(b.isBulk));

/** Who cannot be left out until it is loaded: they may have begun anew in it by then, and go on writing meanwhile. */
function earlyText(early: readonly Endpoint[], { service }: Release, after: string): string {
  const users = early.map((user) =>
    user.service === service ? `${service.name}/${user.component.name}` : user.service.name,
  );
  return users.length === 0
    ? ""
    : `; ${[...new Set(users)].toSorted().join(", ")} may have begun anew in it: before, hold back and stop who uses it (steps 2 and 3 of Restore one service, docs/guide-backup.md), after, apply the root of step ${after} again`;
}

/** Git does not say whether a schedule is suspended, so Argo CD leaves it as it is. One that dumps what is loaded later too goes on after that. */
function held({ namespace, schedules }: Dump, later: readonly Load[]): string[] {
  const suspend = (name: string, is: boolean) =>
    `kubectl --namespace ${namespace} patch cronjobs/${name} --patch '{"spec":{"suspend":${is}}}'`;
  const goesOn = (name: string): string => {
    const others = later
      .filter(({ dump }) => dump.namespace === namespace && dump.schedules.includes(name))
      .map(({ volume }) => volume);
    return others.length === 0
      ? `# Once it is loaded: ${suspend(name, false)}`
      : `# Leave cronjobs/${name} suspended until ${others.join(" and ")} ${others.length === 1 ? "is" : "are"} loaded too: it dumps all of them.`;
  };
  return [
    ...schedules.flatMap((name) => [
      `kubectl --namespace ${namespace} wait cronjobs/${name} --for=create --timeout=20m`,
      suspend(name, true),
    ]),
    ...schedules.map(goesOn),
  ];
}
