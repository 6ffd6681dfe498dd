/** What holds data and would go with a file, an Application or a pod: data outlives configuration. */
import {
  dataKinds,
  hookAnnotations,
  keptOptions,
  renewingOptions,
  syncOptionsAnnotation,
} from "../../model/data-kinds.ts";
import type { Problem } from "../../problems/problem.ts";
import { annotationsOf } from "../definition-text.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived } from "../origin.ts";
import { backupLabel } from "../../model/names.ts";
import { list, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { backupOf } from "../../release/backups/backed-volumes.ts";

/** Fields that say what becomes of data when what uses it goes; the value that keeps it is also what holds where none is said. */
const retentions: Readonly<
  Record<string, { readonly fields: readonly Keys[]; readonly keeps: string }>
> = {
  "apps/StatefulSet": {
    fields: ["whenDeleted", "whenScaled"].map((when) => [
      "spec",
      "persistentVolumeClaimRetentionPolicy",
      when,
    ]),
    keeps: "Retain",
  },
  "/PersistentVolume": { fields: [["spec", "persistentVolumeReclaimPolicy"]], keeps: "Retain" },
  "postgresql.cnpg.io/Database": { fields: [["spec", "databaseReclaimPolicy"]], keeps: "retain" },
};

/** Problems: MANIFEST_DATA_UNPROTECTED. */
export function unprotectedData(tree: CheckedTree): Problem[] {
  return [
    ...[...dataKinds].flatMap((kind) => tree.ofKind(kind).flatMap(removable)),
    ...Object.keys(retentions).flatMap((kind) => tree.ofKind(kind).flatMap(retained)),
    ...["/PersistentVolumeClaim", "apps/StatefulSet"].flatMap((kind) =>
      tree.ofKind(kind).filter(isDerived).flatMap(leftOut),
    ),
  ];
}

function removable(object: CheckedObject): Problem[] {
  const annotations = annotationsOf(object);
  const annotation = (name: string) => text(annotations, name);
  const found = annotation(syncOptionsAnnotation);
  const options = (found ?? "").split(",").map((option) => option.trim());
  const told = (name: string, when: string) => {
    const kept = `${syncOptionsAnnotation}: ${keptOptions.join(",")}`;
    return problemIn(object, {
      code: "MANIFEST_DATA_UNPROTECTED",
      path: ["metadata", "annotations", name],
      field: [],
      message: `Argo CD would remove it, and the data in it, ${when}`,
      found: annotation(name) ?? "none",
      expected: name === syncOptionsAnnotation ? kept : `no ${name}`,
      fix: "take the annotation out of the object or patch: RZP sets what is needed. Data that is not needed any more is removed by hand",
    });
  };
  const hooks = hookAnnotations.filter((name) => annotation(name) !== undefined);
  return [
    ...(keptOptions.every((option) => options.includes(option))
      ? []
      : [told(syncOptionsAnnotation, "when it is in no file any more")]),
    ...(renewingOptions.some((option) => options.includes(option))
      ? [told(syncOptionsAnnotation, "whenever it is changed")]
      : []),
    ...hooks.map((name) => told(name, "before every sync")),
  ];
}

/** What Velero leaves out of every backup, whatever its Schedule says. */
const leavesOut = "velero.io/exclude-from-backup";

/** A derived claim that no `backup: because(false, …)` keeps out of the backups of its environment. */
function leftOut(object: CheckedObject): Problem[] {
  if (backupOf(object.release.facts) === undefined) return [];
  const templates = ["spec", "volumeClaimTemplates"];
  const claims =
    object.kind === "apps/StatefulSet"
      ? list(object.tree, ...templates).map((_, index) => [...templates, index])
      : [[]];
  return claims
    .map((claim) => [...claim, "metadata", "labels"])
    .filter((labels) => text(object.tree, ...labels, backupLabel) === undefined)
    .filter((labels) => text(object.tree, ...labels, leavesOut) === "true")
    .map((labels) =>
      problemIn(object, {
        code: "MANIFEST_DATA_UNPROTECTED",
        path: [...labels, leavesOut],
        field: ["labels", leavesOut],
        message: "Velero leaves it out, and its volume is said to be backed up",
        found: `${leavesOut}: "true"`,
        expected: `no label ${leavesOut}`,
        fix: 'take it out, or say at the volume why it is not backed up: backup: because(false, "say why here")',
      }),
    );
}

function retained(object: CheckedObject): Problem[] {
  const { fields = [], keeps = "" } = retentions[object.kind] ?? {};
  return fields.flatMap((path) => {
    const found = text(object.tree, ...path);
    if (found === undefined || found === keeps) return [];
    return [
      problemIn(object, {
        code: "MANIFEST_DATA_UNPROTECTED",
        path,
        field: [],
        message: `${path.at(-1)} removes the data by itself`,
        found: JSON.stringify(found),
        expected: JSON.stringify(keeps),
        fix: `write ${JSON.stringify(keeps)}, or take it out. Data that is not needed any more is removed by hand`,
      }),
    ];
  });
}
