/** Without requests the scheduler packs a node too full; without a memory limit one container takes its node down. */
import type { Problem } from "../../problems/problem.ts";
import { componentOf, containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";
import { at } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";

const wanted: readonly { readonly path: Keys; readonly words: string }[] = [
  { path: ["requests", "cpu"], words: "a request of processor time" },
  { path: ["requests", "memory"], words: "a request of memory" },
  { path: ["limits", "memory"], words: "a memory limit" },
];

/** Problems: MANIFEST_RESOURCES_MISSING, one a container. */
export function missingResources(tree: CheckedTree): Problem[] {
  const ofPods = podsOf(tree).flatMap((pod) =>
    containersIn(pod).flatMap((container) =>
      check(pod.object, container.tree["resources"], [...container.path, "resources"], {
        what: `container ${container.name}`,
        field: containerKeys(pod.object, container.name),
      }),
    ),
  );
  const ofDatabases = tree.ofKind("postgresql.cnpg.io/Cluster").flatMap((object) =>
    check(object, at(object.tree, "spec", "resources"), ["spec", "resources"], {
      what: "each instance",
      field: componentOf(object)?.path ?? [],
    }),
  );
  return [...ofPods, ...ofDatabases];
}

function check(
  object: CheckedObject,
  resources: unknown,
  path: Keys,
  { what, field }: { what: string; field: Keys },
): Problem[] {
  const missing = wanted
    .filter((one) => at(resources, ...one.path) === undefined)
    .map(({ words }) => words);
  if (missing.length === 0) return [];
  return [
    problemIn(object, {
      code: "MANIFEST_RESOURCES_MISSING",
      path,
      field: [...field, "resources"],
      message: `${what} has no ${missing.map((words) => words.replace(/^a /, "")).join(", no ")}`,
      expected: wanted.map(({ words }) => words).join(", "),
      fix: "say size or resources, or add resources to the object",
    }),
  ];
}
