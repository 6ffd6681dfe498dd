/** An image that is another one tomorrow; its check on the authored file is in resolve/rules/component.ts. */
import type { Problem } from "../../problems/problem.ts";
import { isFloating } from "../../release/images/references.ts";
import { componentOf, containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";
import { list, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";

/** Problems: MANIFEST_FLOATING_TAG. */
export function floatingTags(tree: CheckedTree): Problem[] {
  const ofPods = podsOf(tree).flatMap((pod) =>
    containersIn(pod).flatMap((container) =>
      check(
        pod.object,
        text(container.tree, "image"),
        [...container.path, "image"],
        [...containerKeys(pod.object, container.name), "image"],
      ),
    ),
  );
  // Nothing in a service's file writes such a volume: its place is the patch that does.
  const ofVolumes = podsOf(tree).flatMap((pod) =>
    list(pod.spec, "volumes").flatMap((volume, index) => {
      const path = [...pod.path, "volumes", index, "image", "reference"];
      return check(pod.object, text(volume, "image", "reference"), path, []);
    }),
  );
  const ofDatabases = tree
    .ofKind("postgresql.cnpg.io/Cluster")
    .flatMap((object) =>
      check(
        object,
        text(object.tree, "spec", "imageName"),
        ["spec", "imageName"],
        [...(componentOf(object)?.path ?? []), "image"],
      ),
    );
  return [...ofPods, ...ofVolumes, ...ofDatabases];
}

function check(
  object: CheckedObject,
  image: string | undefined,
  path: Keys,
  field: Keys,
): Problem[] {
  if (image === undefined || !isFloating(image)) return [];
  return [
    problemIn(object, {
      code: "MANIFEST_FLOATING_TAG",
      path,
      field,
      message: "what runs changes by itself, as its image's tag moves",
      found: image,
      expected: "a tag that stays, or a digest",
      fix: "write the version that runs today, as the registry lists it",
    }),
  ];
}
