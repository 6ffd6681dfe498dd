/** Ways in that `routes` does not say: nobody decided who may come and who asks for a password. */
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived, patchOf } from "../origin.ts";
import { routeGroup, routeKinds } from "../routes.ts";
import { at, list, text } from "../../model/reading.ts";

/** Fields a patch may not change, by kind of object, and the field of a route that says it. */
const saidByRoutes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(
    routeKinds.map((kind) => [
      `${routeGroup}/${kind}`,
      { hostnames: "host", parentRefs: "audience" },
    ]),
  ),
  "gateway.envoyproxy.io/SecurityPolicy": { oidc: "signIn", targetRefs: "signIn" },
};

/** Problems: MANIFEST_ROUTE_UNDECLARED. */
export function undeclaredRoutes(tree: CheckedTree): Problem[] {
  const routes = routeKinds.flatMap((kind) => tree.ofKind(`${routeGroup}/${kind}`));
  return [
    ...routes.filter((route) => !isDerived(route)).flatMap(attached),
    ...Object.entries(saidByRoutes).flatMap(([kind, fields]) =>
      tree
        .ofKind(kind)
        .filter(isDerived)
        .flatMap((object) => patched(object, fields)),
    ),
  ];
}

/** A route through a gateway of the cluster; other gateways are the service's own, and no field knows them. */
function attached(route: CheckedObject): Problem[] {
  const gateways = Object.values(route.release.facts.cluster.gateways);
  const index = list(route.tree, "spec", "parentRefs").findIndex(
    (parent) =>
      (text(parent, "kind") ?? "Gateway") === "Gateway" &&
      gateways.some(
        (gateway) =>
          gateway?.name === text(parent, "name") &&
          gateway?.namespace === (text(parent, "namespace") ?? route.manifest.namespace),
      ),
  );
  const gateway = text(route.tree, "spec", "parentRefs", index, "name");
  if (gateway === undefined || leadsNowhere(route)) return [];
  return [
    problemIn(route, {
      code: "MANIFEST_ROUTE_UNDECLARED",
      path: ["spec", "parentRefs", index],
      field: [],
      message: `it is a way in by gateway ${gateway}, and no field says for whom and who asks for a password`,
      expected: "routes of the service to say it",
      fix: 'take it out, and write it under routes: web: { host: "name", to: "http", audience: "internal", signIn: "own" }',
    }),
  ];
}

/** One that only sends everybody to another address, under no name of its own, lets nobody in: plain HTTP to HTTPS. */
function leadsNowhere({ tree }: CheckedObject): boolean {
  const rules = list(tree, "spec", "rules");
  return (
    list(tree, "spec", "hostnames").length === 0 &&
    rules.length > 0 &&
    rules.every(
      (rule) =>
        list(rule, "backendRefs").length === 0 &&
        list(rule, "filters").length > 0 &&
        list(rule, "filters").every((filter) => text(filter, "type") === "RequestRedirect"),
    )
  );
}

function patched(object: CheckedObject, fields: Readonly<Record<string, string>>): Problem[] {
  const { name } = object.manifest;
  const spec = at(patchOf(object), "spec");
  return Object.entries(fields).flatMap(([field, said]) => {
    const change = at(spec, field);
    if (change === undefined && spec !== null) return [];
    const keys = ["routes", name, said];
    return [
      problemIn(object, {
        code: "MANIFEST_ROUTE_UNDECLARED",
        path: ["spec", field],
        field: keys,
        message: `a patch changes what ${keys.join(".")} says`,
        found: JSON.stringify(change),
        expected: `${field} as it is derived`,
        fix: `take the patch out, and say it in ${keys.join(".")}`,
      }),
    ];
  });
}
