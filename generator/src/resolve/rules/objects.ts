/** What rules on rendered objects could not see, or would come too late for: lists, other identities, a Namespace. */
import { isTree } from "../../model/data.ts";
import { at } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { groupOf, isClusterScoped } from "../../model/scopes.ts";
import type { Problem } from "../../problems/problem.ts";
import { ownObjects } from "../../release/objects.ts";
import type { OwnObject } from "../../release/objects.ts";
import type { Site } from "../site.ts";

/** Problems: SPEC_INVALID; SPEC_WRONG_VALUE for a Namespace. */
export function checkObjects(site: Site): Problem[] {
  const { patches = {} } = site.release.service.spec;
  return [
    ...ownObjects(site.release.service).flatMap((own) => [
      ...list(site, own.object, own.path),
      ...namespaced(site, own),
      ...namespace(site, own),
    ]),
    ...Object.entries(patches).flatMap(([name, patch]) => [
      ...list(site, patch, ["patches", name]),
      ...identity(site, name, patch),
    ]),
  ];
}

/** Argo CD takes whatever has `items` apart and applies what is in it, whatever its kind. */
function list({ report }: Site, written: object, keys: Keys): Problem[] {
  if (!("items" in written)) return [];
  const isPatch = keys[0] === "patches";
  return [
    report("SPEC_INVALID", [...keys, "items"], {
      message: `\`${keys[1]}\` ${isPatch ? "would become" : "is"} a list of objects, and no rule looks into it`,
      found: "items",
      expected: "one object under each name",
      fix: isPatch
        ? "take it out; other objects go under `objects`"
        : "write each of its items under `objects`, by a name of its own",
      target: "key",
    }),
  ];
}

/** The rules would compare its name with those of its namespace alone. */
function namespaced({ report }: Site, { object, path, kind }: OwnObject): Problem[] {
  const { metadata, apiVersion } = object;
  if (metadata?.namespace === undefined || !isClusterScoped(apiVersion, kind)) return [];
  return [
    report("SPEC_INVALID", [...path, "metadata", "namespace"], {
      message: `a ${kind} is in no namespace: it is there once on the cluster`,
      found: metadata.namespace,
      expected: "no namespace",
      fix: "take it out",
    }),
  ];
}

/** What policies let through stands on a Namespace: one by hand would allow its pods everything. */
function namespace({ report }: Site, { object: { apiVersion }, path, kind, name }: OwnObject) {
  if (kind !== "Namespace" || groupOf(apiVersion) !== "") return [];
  return [
    report("SPEC_WRONG_VALUE", [...path, "kind"], {
      message: `\`${name}\` is a Namespace: RZP makes one for each service, with its rules and policies`,
      found: kind,
      expected: "an object of the service's own namespace",
      fix: `make what is in it a service of its own: npm run new-service ${name}`,
    }),
  ];
}

const identities = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]];

/** Everybody else goes by the key of the patch: the rules, the file, Argo CD's layers. */
function identity({ report }: Site, name: string, patch: object): Problem[] {
  const metadata: unknown = at(patch, "metadata");
  // All of it would go, or become another thing.
  const paths = metadata === undefined || isTree(metadata) ? identities : [["metadata"]];
  return paths
    .filter((path) => at(patch, ...path) !== undefined)
    .map((path) =>
      report("SPEC_INVALID", ["patches", name, ...path], {
        message: `a patch changes what is in an object, not which one it is: \`${path.join(".")}\` of \`${name}\``,
        found: JSON.stringify(at(patch, ...path)),
        expected: "the object as it is named",
        fix: "take it out; another object goes under `objects`",
      }),
    );
}
