/** What holds data and would go with a file, an Application or a pod: data outlives configuration. */
import {
  dataKinds,
  hookAnnotations,
  keptOptions,
  renewingOptions,
  syncOptionsAnnotation,
} from "../../model/data-kinds.ts";
import type { Problem } from "../../problems/problem.ts";
import type { Keys } from "../../problems/report.ts";
import { annotationsOf } from "../definition-text.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { text } from "../../model/reading.ts";

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
