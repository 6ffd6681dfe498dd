/** A rolling update starts the new pod first, and it waits for ever for a volume the old one holds. */
import type { Problem } from "../../problems/problem.ts";
import { componentOf, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { podOf } from "../pods.ts";
import { at, list, text } from "../../model/reading.ts";

/** Problems: MANIFEST_ONE_WRITER; its check on the authored file is in resolve/rules/writers.ts. */
export function oneWriter(tree: CheckedTree): Problem[] {
  return tree
    .ofKind("apps/Deployment")
    .filter(rolls)
    .flatMap((object) => {
      const claim = claimsOf(object).find((name) => isOneWriter(tree, object, name));
      if (claim === undefined) return [];
      return [
        problemIn(object, {
          code: "MANIFEST_ONE_WRITER",
          path: ["spec", "strategy", "type"],
          field: [...(componentOf(object)?.path ?? []), "update"],
          message: `claim ${claim} has one writer, and a rolling update has two pods at once`,
          found: text(object.tree, "spec", "strategy", "type") ?? "RollingUpdate",
          expected: "Recreate",
          fix: 'update: "recreate", or a claim that many can write to',
        }),
      ];
    });
}

function rolls(object: CheckedObject): boolean {
  const strategy = at(object.tree, "spec", "strategy");
  const surge = at(strategy, "rollingUpdate", "maxSurge");
  return (
    (text(strategy, "type") ?? "RollingUpdate") === "RollingUpdate" &&
    surge !== 0 &&
    surge !== "0" &&
    surge !== "0%"
  );
}

function claimsOf(object: CheckedObject): string[] {
  return list(podOf(object)?.spec, "volumes").flatMap((volume) =>
    at(volume, "persistentVolumeClaim", "readOnly") === true
      ? []
      : (text(volume, "persistentVolumeClaim", "claimName") ?? []),
  );
}

/** A claim that is not in the tree is adopted, and nobody here knows its modes. */
function isOneWriter(
  tree: CheckedTree,
  { release, manifest }: CheckedObject,
  name: string,
): boolean {
  const claim = tree.find(
    release.facts.clusterName,
    "/PersistentVolumeClaim",
    manifest.namespace,
    name,
  );
  const modes = list(claim?.tree, "spec", "accessModes");
  return (
    modes.length > 0 &&
    modes.every((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod")
  );
}
