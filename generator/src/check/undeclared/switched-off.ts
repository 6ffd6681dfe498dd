/** Patches with which Argo CD would not apply what RZP derives, or would keep it when nothing asks for it any more. */
import { dataKinds, hookAnnotations, syncOptionsAnnotation } from "../../model/data-kinds.ts";
import { map } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isPatched, patchOf } from "../origin.ts";

/** By annotation: the part of its value that does it, and what it does. */
const switches: readonly {
  readonly annotation: (name: string) => boolean;
  readonly value: RegExp;
  readonly message: string;
}[] = [
  {
    annotation: (name) => hookAnnotations.some((hook) => name.startsWith(hook)),
    value: /^/,
    message: "as a hook Argo CD applies it at times, or never (`Skip`)",
  },
  {
    annotation: (name) => name === syncOptionsAnnotation,
    value: /\b(?:Prune|Delete)=(?:false|confirm)\b/,
    message: "Argo CD would keep it when it is in no file any more",
  },
  {
    annotation: (name) => name === syncOptionsAnnotation,
    value: /\bForce=true\b/,
    message: "Argo CD would remove it and make it anew whenever it is changed",
  },
  {
    annotation: (name) => name === "argocd.argoproj.io/compare-options",
    value: /\bIgnoreExtraneous\b/,
    message: "Argo CD would call its Application in sync while it is in no file any more",
  },
];

/** Problems: MANIFEST_UNDECLARED. What holds data is to be kept; what is wrong there is told by MANIFEST_DATA_UNPROTECTED. */
export function switchedOff(tree: CheckedTree): Problem[] {
  return tree.objects
    .filter((object) => isPatched(object) && !dataKinds.has(object.kind))
    .flatMap(ofPatch);
}

function ofPatch(object: CheckedObject): Problem[] {
  const annotations = Object.entries(map(patchOf(object), "metadata", "annotations"));
  return annotations.flatMap(([name, value]) =>
    switches
      .filter(
        ({ annotation, value: does }) =>
          value !== null && annotation(name) && does.test(String(value)),
      )
      .slice(0, 1)
      .map(({ message }) =>
        problemIn(object, {
          code: "MANIFEST_UNDECLARED",
          path: ["metadata", "annotations", name],
          field: [],
          message,
          found: `${name}: ${String(value)}`,
          expected: "what RZP derives to be there as long as a field asks for it",
          fix: "take the annotation out; what should not be there goes with the field it follows from",
        }),
      ),
  );
}
