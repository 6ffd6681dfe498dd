/** What the rules on rendered objects could not see: an object inside another one, and one that becomes another. */
import { at } from "../model/reading.ts";
import type { Problem } from "../problems/problem.ts";
import type { Site } from "./site.ts";

/** Problems: SPEC_INVALID. */
export function checkObjects(site: Site): Problem[] {
  return [...lists(site), ...identities(site)];
}

/** Argo CD takes a list apart and applies what is in it. */
function lists({ report, release: { service } }: Site): Problem[] {
  return Object.entries(service.spec.objects ?? {}).flatMap(([name, object]) =>
    object.kind.endsWith("List") && Array.isArray(object["items"])
      ? [
          report("SPEC_INVALID", ["objects", name, "items"], {
            message: `\`${name}\` is a list of objects, and no rule looks into it`,
            found: object.kind,
            expected: "one object under each name",
            fix: "write each of its items under `objects`, by a name of its own",
          }),
        ]
      : [],
  );
}

const identity = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]];

/** Everybody else goes by the key of the patch: the rules, the file, Argo CD's layers. */
function identities({ report, release: { service } }: Site): Problem[] {
  return Object.entries(service.spec.patches ?? {}).flatMap(([name, patch]) =>
    identity
      .filter((path) => at(patch, ...path) !== undefined)
      .map((path) =>
        report("SPEC_INVALID", ["patches", name, ...path], {
          message: `a patch changes what is in an object, not which one it is: \`${path.join(".")}\` of \`${name}\``,
          found: JSON.stringify(at(patch, ...path)),
          expected: "the object as it is named",
          fix: "take it out; another object goes under `objects`",
        }),
      ),
  );
}
