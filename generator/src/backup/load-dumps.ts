/** Databases that come back empty, as only their dumps are backed up: somebody loads those before a schedule dumps what is not there yet. */
import type { Release } from "../model/platform.ts";
import { dumpedVolumes } from "../release/backups/backed-volumes.ts";
import { kindThatEnds } from "../release/components.ts";
import { mounts } from "../release/containers.ts";
import { keepsBulk } from "../release/backups/recovery.ts";
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
  return releases.flatMap((release) =>
    dumpedVolumes(release).flatMap(({ name, dumpedTo }) => {
      const dump = dumpAt(dumpedTo, { release, releases });
      if (dump === undefined) return [];
      const comesLate = [release, ...releases.filter(({ service }) => service === dump.by)];
      if (comesLate.some(keepsBulk) !== isBulk) return [];
      const volume = `${release.service.name}/${name}`;
      return [
        {
          name: `load ${volume}`,
          about: `by hand, from its dumps in ${dumpedTo}: it began empty, and so would the next dump${usersText(release, { volume: name, after })}`,
          after: [after],
          takes: usual,
          isBulk,
          commands: dump.isPaused ? [] : held(dump),
        },
      ];
    }),
  );
}

/** Who may have begun anew in it by then, and goes on writing while it is loaded: nothing starts them later than what they use. */
function usersText(
  { service, incoming }: Release,
  { volume, after }: { readonly volume: string; readonly after: string },
): string {
  const users = incoming
    .filter(
      ({ consumer, provider, operates }) =>
        operates !== true &&
        mounts(provider.component, volume) &&
        kindThatEnds(consumer.component) === undefined,
    )
    .map(({ consumer }) =>
      consumer.service === service
        ? `${service.name}/${consumer.component.name}`
        : consumer.service.name,
    );
  return users.length === 0
    ? ""
    : `; ${[...new Set(users)].toSorted().join(", ")} may have begun anew in it: before, hold back and stop who uses it (steps 2 and 3 of Restore one service, docs/guide-backup.md), after, apply the root of step ${after} again`;
}

/** Git does not say whether a schedule is suspended, so Argo CD leaves it as it is. */
const held = ({ namespace, schedules }: Dump): string[] => {
  const suspend = (name: string, is: boolean) =>
    `kubectl --namespace ${namespace} patch cronjobs/${name} --patch '{"spec":{"suspend":${is}}}'`;
  return [
    ...schedules.flatMap((name) => [
      `kubectl --namespace ${namespace} wait cronjobs/${name} --for=create --timeout=20m`,
      suspend(name, true),
    ]),
    ...schedules.map((name) => `# Once it is loaded: ${suspend(name, false)}`),
  ];
};
