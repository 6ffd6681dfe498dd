/** Dumps nobody can reckon with: of unknown age, in one of several volumes, where nothing is backed up, or of a service that is stopped. */
import { propertyName } from "../model/identifier.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../model/reading.ts";
import type { ProblemText } from "../problems/report.ts";
import { mounts } from "../release/containers.ts";
import type { BackedUp } from "./cluster.ts";

/** Problems: BACKUP_DUMP_UNREADABLE, at what dumps. */
export function unreadableDump(backed: BackedUp): Problem {
  const { release, volume } = backed;
  const { service = release.service, component } = volume.dumpedBy ?? {};
  const { keys, ...text } = reasonOf(backed);
  return problemAt(
    "BACKUP_DUMP_UNREADABLE",
    service.file,
    keys ?? component?.path ?? [],
    { ...text, message: `${service.name} dumps ${release.service.name}, ${text.message}` },
    release.facts.name,
  );
}

/** In: what is backed up. Problems: BACKUP_PAUSED where nothing dumps it for now, a warning: a service may be stopped for a while. */
export function pausedDump({ release, volume, dump }: BackedUp): Problem[] {
  if (dump?.isPaused !== true) return [];
  const { by } = dump;
  return [
    problemAt(
      "BACKUP_PAUSED",
      by.file,
      ["stopped"],
      {
        severity: "warning",
        message: `${by.name} is stopped, which dumps \`${volume.name}\` of ${release.service.name}: its last dump grows old, and who restores that loses all work since`,
        found: "stopped: true",
        expected: "a schedule that dumps it",
        fix: `let ${by.name} run again`,
      },
      release.facts.name,
    ),
  ];
}

function reasonOf(backed: BackedUp): ProblemText & { readonly keys?: Keys } {
  const { candidates = [] } = backed.dump ?? {};
  if (candidates.length > 1)
    return {
      message: `to one of its volumes ${candidates.join(", ")}, and nobody can tell which`,
      expected: "one state volume that is backed up, and no other",
      fix: "let what dumps mount one of them, or say backup: because(false, …) of those that hold no dumps",
    };
  const share = candidates.length === 0 ? shareOf(backed) : undefined;
  if (share !== undefined)
    return {
      keys: ["storage", share],
      message: `to the share \`${share}\`, and a share is no place that is backed up`,
      expected: "a state volume, which is backed up",
      fix: `make it a volume of the cluster: ${propertyName(share)}: state({ … })`,
    };
  return {
    message: "at unknown times or to nowhere",
    expected:
      'runs: schedule("*/30 * * * *", { … }) every day, and a state volume that is backed up',
    fix: "write such a schedule, and add storage: { dumps: state({ … }) }",
  };
}

function shareOf({ volume: { dumpedBy } }: BackedUp): string | undefined {
  return dumpedBy?.service.volumes.find(
    ({ name, volume }) => volume.holds === "share" && mounts(dumpedBy.component, name),
  )?.name;
}
