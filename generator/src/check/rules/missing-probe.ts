/** Without a readiness probe traffic reaches a container that cannot answer, and a bad version counts as rolled out. */
import { ownObject } from "../../release/objects.ts";
import type { Problem } from "../../problems/problem.ts";
import { containersOf } from "../../release/containers.ts";
import { componentOf, containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";

/** Problems: MANIFEST_PROBE_MISSING; a warning for an object of the service's own, where no reason can be given. */
export function missingProbes(tree: CheckedTree): Problem[] {
  return podsOf(tree)
    .filter((pod) => pod.keepsRunning)
    .flatMap((pod) =>
      containersIn(pod)
        .filter(
          (container) =>
            !container.isInit &&
            container.tree["readinessProbe"] === undefined &&
            !hasReason(pod.object, container.name),
        )
        .map((container) =>
          problemIn(pod.object, {
            code: "MANIFEST_PROBE_MISSING",
            severity:
              ownObject(pod.object.release.service, pod.object.manifest) === undefined
                ? "error"
                : "warning",
            path: container.path,
            field: [...containerKeys(pod.object, container.name), "health"],
            message: `container ${container.name} is never asked whether it is ready`,
            expected: "a readiness probe",
            fix:
              ownObject(pod.object.release.service, pod.object.manifest) === undefined
                ? 'say health, or health: because(false, "say why here")'
                : "add readinessProbe to the container",
          }),
        ),
    );
}

/** `health: because(false, …)`: the reason stands in the file. */
function hasReason(object: CheckedObject, name: string): boolean {
  const component = componentOf(object);
  if (component === undefined) return false;
  const [main, ...others] = containersOf(component);
  const written = others.find((container) => container.name === name) ?? main;
  // A pod is ready without its exporter.
  if (written?.exporterPort !== undefined) return true;
  return written?.spec.health !== undefined && "because" in written.spec.health;
}
