/** Names that lead nowhere: the pod would wait for ever, the route answer with an error. */
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { podsOf } from "../pods.ts";
import { referencesOfKind } from "../references/of-objects.ts";
import { referencesOfPod } from "../references/of-pods.ts";
import { wordOf } from "../references/reference.ts";
import type { Reference } from "../references/reference.ts";
import { targetsIn } from "../references/targets.ts";
import type { FindTarget } from "../references/targets.ts";
import { unknownPorts } from "../references/ports.ts";
import { unknownVolumes } from "../references/volumes.ts";

/** Problems: MANIFEST_DANGLING_REFERENCE. */
export function danglingReferences(tree: CheckedTree): Problem[] {
  const find = targetsIn(tree);
  const ofPods = podsOf(tree).flatMap((pod) =>
    referencesOfPod(pod).flatMap((reference) => check(find, pod.object, reference)),
  );
  const ofObjects = Object.entries(referencesOfKind).flatMap(([kind, references]) =>
    tree
      .ofKind(kind)
      .flatMap((object) =>
        references(object).flatMap((reference) => check(find, object, reference)),
      ),
  );
  return [...ofPods, ...ofObjects, ...unknownPorts(tree), ...unknownVolumes(tree)];
}

function check(find: FindTarget, object: CheckedObject, reference: Reference): Problem[] {
  const { kind, name, namespace, part, path, field } = reference;
  const target = find(object, reference);
  const word = wordOf(kind);
  const where =
    namespace === undefined || namespace === object.manifest.namespace ? "" : ` in ${namespace}`;
  const ofChart = kind === "/Service" && object.release.service.kind === "chart";
  if (!target.exists) {
    const otherwise =
      word === "Secret"
        ? 'name a secret of the service with secret("…")'
        : `make the ${word}, or take the name out`;
    return [
      problemIn(object, {
        code: "MANIFEST_DANGLING_REFERENCE",
        path,
        field,
        message: `there is no ${word} \`${name}\`${where}`,
        ...choice(name, target.valid, otherwise),
        ...(ofChart ? { fix: "name the component as the chart names its Service" } : {}),
      }),
    ];
  }
  if (part === undefined || target.parts === undefined || target.parts.has(part)) return [];
  const valid = [...target.parts].map(String);
  const what = kind === "/Service" ? "port" : "key";
  return [
    problemIn(object, {
      code: "MANIFEST_DANGLING_REFERENCE",
      path,
      field,
      message: `${word} \`${name}\`${where} has no ${what} \`${part}\``,
      ...choice(String(part), valid, `add the ${what} to the ${word}`),
      ...(ofChart ? { fix: "let chart.values give the Service the number its pods have" } : {}),
    }),
  ];
}
