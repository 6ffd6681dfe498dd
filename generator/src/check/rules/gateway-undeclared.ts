/** What acts in the gateways of the cluster, which serve every service, or on who signs in there, and no field says. */
import { at, list, text } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { carriesProxies, proxyGroup } from "../../release/network/gateways.ts";
import { signInOf } from "../../release/network/sign-in.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isDerived } from "../origin.ts";
import { routeGroup, routeKinds } from "../routes.ts";

/**
 * Problems: MANIFEST_ROUTE_UNDECLARED, NAME_TAKEN. A policy on a route of the service's own changes that route alone:
 * time-outs, retries, limits and who else may not come stay possible, as long as nobody comes in without signing in.
 */
export function undeclaredInGateways(tree: CheckedTree): Problem[] {
  const own = (kind: string) => tree.ofKind(kind).filter((object) => !isDerived(object));
  const foreign = (kind: string) => own(kind).filter(({ release }) => !carriesProxies(release));
  return [
    ...["EnvoyProxy", "EnvoyPatchPolicy"].flatMap((kind) =>
      foreign(`${proxyGroup}/${kind}`).map((object) => inProxies(object, ["kind"], kind)),
    ),
    ...foreign(`${proxyGroup}/EnvoyExtensionPolicy`).flatMap(code),
    ...foreign(`${routeGroup}/Gateway`).flatMap((gateway) => [
      ...proxyOf(gateway),
      ...nameOfAnother(gateway),
    ]),
    ...own(`${proxyGroup}/SecurityPolicy`).flatMap(pastSignIn),
  ];
}

/** Envoy Gateway runs all proxies in its own namespace, with its own rights. */
const inProxies = (object: CheckedObject, path: readonly string[], found: string): Problem =>
  problemIn(object, {
    code: "MANIFEST_ROUTE_UNDECLARED",
    path,
    field: [],
    message: "it changes what runs in the namespace of the gateways, which every service lets in",
    found,
    expected: `such an object in the service that brings ${proxyGroup}`,
    fix: "take it out, or write it in the file of that service, for all",
  });

/** Lua and Wasm run inside the proxy; an external processor is a service of its own. */
const code = (policy: CheckedObject): Problem[] =>
  ["lua", "wasm"]
    .filter((field) => list(policy.tree, "spec", field).length > 0)
    .map((field) => inProxies(policy, ["spec", field], field));

function proxyOf(gateway: CheckedObject): Problem[] {
  const path = ["spec", "infrastructure", "parametersRef"];
  const kind = text(gateway.tree, ...path, "kind");
  return kind === "EnvoyProxy" ? [inProxies(gateway, path, kind)] : [];
}

/** Its proxies have the name in a label, and external-dns knows no more of it either. */
function nameOfAnother(gateway: CheckedObject): Problem[] {
  const { manifest, release } = gateway;
  const { cluster } = release.facts;
  const audience = (["internal", "public"] as const).find(
    (one) =>
      cluster.gateways[one]?.name === manifest.name &&
      cluster.gateways[one].namespace !== manifest.namespace,
  );
  if (audience === undefined) return [];
  return [
    problemIn(gateway, {
      code: "NAME_TAKEN",
      path: ["metadata", "name"],
      field: [],
      message: `the ${audience} gateway of the cluster is called so, and others know it by that name alone`,
      found: manifest.name,
      expected: "a name no gateway of the cluster has",
      fix: `call it ${release.service.name}-${manifest.name}`,
    }),
  ];
}

/** Envoy Gateway takes the policy that is for a rule before the one for its route, and the older one of two. */
function pastSignIn(policy: CheckedObject): Problem[] {
  const { routes = {} } = policy.release.service.spec;
  const guarded = Object.keys(routes).filter((name) => signInOf(routes[name] ?? {}) === "sso");
  const targets = [
    [["spec", "targetRef"], at(policy.tree, "spec", "targetRef")] as const,
    ...list(policy.tree, "spec", "targetRefs").map(
      (target, index) => [["spec", "targetRefs", index], target] as const,
    ),
    ...list(policy.tree, "spec", "targetSelectors").map(
      (target, index) => [["spec", "targetSelectors", index], target] as const,
    ),
  ];
  return targets.flatMap(([path, target]) => {
    if (!routeKinds.includes(text(target, "kind") ?? "")) return [];
    // A selector names none: it may mean any.
    const name = text(target, "name");
    const [route] = guarded.filter((one) => name === undefined || one === name);
    if (route === undefined) return [];
    return [
      problemIn(policy, {
        code: "MANIFEST_ROUTE_UNDECLARED",
        path,
        field: [],
        message: `it acts in place of the policy by which people sign in on route \`${route}\``,
        found: JSON.stringify(target),
        expected: `routes.${route}.signIn to say who asks for a password`,
        fix: `take it out, let it be for another route, or say another signIn in routes.${route}`,
      }),
    ];
  });
}
