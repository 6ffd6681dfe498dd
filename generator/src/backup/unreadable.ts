/** Dumps nobody can reckon with: of unknown age, in one of several volumes, or where nothing is backed up. */
import { propertyName } from "../model/identifier.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys, ProblemText } from "../problems/report.ts";
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
