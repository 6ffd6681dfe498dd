/** Mounts of volumes the pod does not have. */
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";
import { list, text } from "../../model/reading.ts";

/** Problems: MANIFEST_DANGLING_REFERENCE. A StatefulSet's claim templates are volumes of its pods too. */
export function unknownVolumes(tree: CheckedTree): Problem[] {
  return podsOf(tree).flatMap((pod) => {
    const volumes = list(pod.spec, "volumes").flatMap((volume) => text(volume, "name") ?? []);
    const templates = list(pod.object.tree, "spec", "volumeClaimTemplates").flatMap(
      (claim) => text(claim, "metadata", "name") ?? [],
    );
    const valid = new Set([...volumes, ...templates]);
    return containersIn(pod).flatMap((container) =>
      list(container.tree, "volumeMounts").flatMap((mount, index) => {
        const name = text(mount, "name") ?? "";
        if (valid.has(name)) return [];
        return [
          problemIn(pod.object, {
            code: "MANIFEST_DANGLING_REFERENCE",
            path: [...container.path, "volumeMounts", index, "name"],
            field: [...containerKeys(pod.object, container.name), "mounts"],
            message: `container ${container.name} mounts volume \`${name}\`, which the pod does not have`,
            ...choice(name, [...valid], "add the volume"),
          }),
        ];
      }),
    );
  });
}
