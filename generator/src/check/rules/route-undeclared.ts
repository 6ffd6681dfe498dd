/** Ways in that `routes` does not say: nobody decided who may come and who asks for a password. */
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived, patchOf } from "../origin.ts";
import { sharesHosts } from "../../release/network/gateways.ts";
import { routeGroup, routeKinds } from "../routes.ts";
import { at, list, text } from "../../model/reading.ts";
import { undeclaredInGateways } from "./gateway-undeclared.ts";

const fixByRoutes =
  'take it out, and write it under routes: web: { host: "name", to: "http", audience: "internal", signIn: "own" }';

/** Fields a patch may not change, by kind of object, and the field of a route that says it. */
const saidByRoutes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(
    routeKinds.map((kind) => [
      `${routeGroup}/${kind}`,
      { hostnames: "host", parentRefs: "audience" },
    ]),
  ),
  "gateway.envoyproxy.io/SecurityPolicy": {
    oidc: "signIn",
    targetRef: "signIn",
    targetRefs: "signIn",
    targetSelectors: "signIn",
  },
};

/** Problems: MANIFEST_ROUTE_UNDECLARED, and NAME_TAKEN of a Gateway. */
export function undeclaredRoutes(tree: CheckedTree): Problem[] {
  const routes = routeKinds.flatMap((kind) => tree.ofKind(`${routeGroup}/${kind}`));
  return [
    ...routes.filter((route) => !isDerived(route)).flatMap(attached),
    ...tree.ofKind("networking.k8s.io/Ingress").map(ingress),
    ...tree.ofKind("/Service").flatMap(exposed),
    ...Object.entries(saidByRoutes).flatMap(([kind, fields]) =>
      tree
        .ofKind(kind)
        .filter(isDerived)
        .flatMap((object) => patched(object, fields)),
    ),
    ...undeclaredInGateways(tree),
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
      fix: fixByRoutes,
    }),
  ];
}

/** No gateway of the cluster takes it: whoever does knows neither audiences nor who signs in. */
function ingress(object: CheckedObject): Problem {
  return problemIn(object, {
    code: "MANIFEST_ROUTE_UNDECLARED",
    path: ["kind"],
    field: [],
    message:
      "it is a way in past the gateways, and no field says for whom and who asks for a password",
    found: "Ingress",
    expected: "routes of the service to say it",
    fix: fixByRoutes,
  });
}

/** A chart's own are closed by the policies of its namespace until `exposes` says who may come. */
function exposed(service: CheckedObject): Problem[] {
  const { tree } = service;
  const type = text(tree, "spec", "type");
  const isPatched = isDerived(service) && opensByPatch(at(patchOf(service), "spec"));
  if (service.manifest.vendored === true || (isDerived(service) && !isPatched)) return [];
  const outside = list(tree, "spec", "externalIPs").length > 0;
  if (!isExposing(type) && !outside) return [];
  return [
    problemIn(service, {
      code: "MANIFEST_ROUTE_UNDECLARED",
      path: ["spec", isExposing(type) ? "type" : "externalIPs"],
      field: [],
      message: "it is a way in by an address outside the cluster, and no field says for whom",
      found: isExposing(type) ? type : "externalIPs",
      expected: "exposes of the service to say it",
      fix: 'take it out, and write it under exposes: web: { ports: { 443: "https" }, clients: "lan" }',
    }),
  ];
}

/** Which requests for a name it takes is compared with another service's, where both have it. */
function saidOfShared({ manifest: { kind, name }, release }: CheckedObject) {
  const route = routeKinds.includes(kind) ? release.service.spec.routes?.[name] : undefined;
  return route !== undefined && sharesHosts(route) ? { rules: "rules" } : {};
}

const isExposing = (type: unknown): type is string =>
  type === "LoadBalancer" || type === "NodePort";
const opensByPatch = (spec: unknown) =>
  isExposing(at(spec, "type")) || list(spec, "externalIPs").length > 0;

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
  const changed = Object.entries({ ...fields, ...saidOfShared(object) }).filter(
    ([field]) => spec === null || at(spec, field) !== undefined,
  );
  return [...Map.groupBy(changed, ([, said]) => said)].flatMap(([said, [[field] = [""]]]) => {
    const keys = ["routes", name, said];
    return problemIn(object, {
      code: "MANIFEST_ROUTE_UNDECLARED",
      path: ["spec", field],
      field: keys,
      message: `a patch changes what ${keys.join(".")} says`,
      found: JSON.stringify(at(spec, field)),
      expected: `${field} as it is derived`,
      fix: `take the patch out, and say it in ${keys.join(".")}`,
    });
  });
}
