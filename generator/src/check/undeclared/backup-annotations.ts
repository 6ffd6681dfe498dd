/**
 * Annotations of pods by which Velero picks volumes. The policies of the schedules know every claim, and go first; so what these
 * name is left out or copied only where it is no claim, which nobody restores, and otherwise they say what is not so.
 */
import { at } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { componentOf, problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";
import { ownOf, patchOf } from "../origin.ts";
import { podsOf } from "../pods.ts";
import { withReason } from "./beyond-service.ts";

/** As Velero reads them (`VolumesToBackupAnnotation`, `VolumesToExcludeAnnotation`). */
const annotations = [
  "backup.velero.io/backup-volumes",
  "backup.velero.io/backup-volumes-excludes",
] as const;

/** Problems: MANIFEST_UNDECLARED. Of a chart its chart is the author, but for what a patch of the service adds. */
export function backupAnnotations(tree: CheckedTree): Problem[] {
  return podsOf(tree).flatMap(({ object, path, annotations: found }) => {
    const own = ownOf(object);
    if (own?.hasReason === true) return [];
    const keys = componentOf(object)?.path ?? [];
    const place = (name: string) => [...path.slice(0, -1), "metadata", "annotations", name];
    const isOfChart = (name: string) =>
      object.manifest.vendored === true && at(patchOf(object), ...place(name)) === undefined;
    return annotations
      .filter((name) => found[name] !== undefined && !isOfChart(name))
      .map((name) =>
        problemIn(object, {
          code: "MANIFEST_UNDECLARED",
          path: place(name),
          field: [...keys, "podAnnotations", name],
          target: "key",
          message: "backups would follow its annotation, and not what storage says of each volume",
          found: `${name}: ${String(found[name])}`,
          expected: "volumes that are backed up unless storage says why not",
          fix: `take it out, and say it at the volume: backup: because(false, "say why here")${
            own === undefined ? "" : `; or write ${withReason(own)}`
          }`,
        }),
      );
  });
}
