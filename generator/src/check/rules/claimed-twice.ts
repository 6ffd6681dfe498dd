/**
 * What exists once on a cluster and two rendered objects ask for: ports of nodes, addresses of load balancers. Those
 * that fields ask for are compared in resolve/names/collisions.ts; here are also those of objects, patches and charts.
 */
import type { RenderedRelease } from "../../model/rendered.ts";
import type { Problem } from "../../problems/problem.ts";
import { firstFree, namedAddresses } from "../../release/network/address-pool.ts";
import { nameOf, problemIn } from "../finding.ts";
import { askedAddresses, mayBalance } from "../load-balancers.ts";
import type { AskedAddress } from "../load-balancers.ts";
import { objectsAmong } from "../objects.ts";
import type { AllObjects, CheckedObject } from "../objects.ts";
import { isUntouched } from "../origin.ts";
import { at, list } from "../../model/reading.ts";

/** A port of the nodes is asked for like an address. */
interface Claim extends AskedAddress {
  readonly object: CheckedObject;
  readonly what: "node port" | "address";
}

/**
 * In: all releases, and those among them that may claim what they did not before. Problems: NAME_TAKEN, at every claim
 * but the first; what fields ask for comes first. Others are read only when one of these claims something at all.
 */
export function claimedTwice(
  tree: AllObjects,
  releases: readonly RenderedRelease[],
  among: readonly RenderedRelease[],
): Problem[] {
  const claimed = new Set(claimsIn(tree, among).map(keyOf));
  if (claimed.size === 0) return [];
  const claims = claimsIn(tree, releases).toSorted(
    (a, b) => Number(isUntouched(b.object)) - Number(isUntouched(a.object)),
  );
  const groups = Map.groupBy(claims, keyOf);
  return [...claimed].flatMap((key) => {
    const [first, ...others] = groups.get(key) ?? [];
    if (first === undefined) return [];
    return others
      .filter((claim) => !isShared(first, claim))
      .map((claim) => taken(claim, { first, claims }));
  });
}

const claimsIn = (tree: AllObjects, releases: readonly RenderedRelease[]): Claim[] =>
  objectsAmong(tree, releases, mayClaim).flatMap(claimsOf);

/** Nothing is parsed for it: most Services claim nothing. */
const mayClaim = (manifest: RenderedRelease["manifests"][number]) =>
  mayBalance(manifest) && /nodePort|NodePort|loadBalancerIP|addresses/.test(manifest.text);

const keyOf = ({ object, what, value }: Claim) =>
  `${object.release.facts.clusterName} ${what} ${value}`;

/** Once for each object: one Service may have a port of a node for two protocols. */
function claimsOf(object: CheckedObject): Claim[] {
  const claims = [
    ...nodePortsOf(object),
    ...askedAddresses(object).map((asked): Claim => ({ object, what: "address", ...asked })),
  ];
  return [...new Map(claims.toReversed().map((claim) => [keyOf(claim), claim])).values()].reverse();
}

function nodePortsOf(object: CheckedObject): Claim[] {
  if (object.kind !== "/Service") return [];
  const ports = [
    ...list(object.tree, "spec", "ports").map((_, index) => ["spec", "ports", index, "nodePort"]),
    ["spec", "healthCheckNodePort"],
  ];
  return ports.flatMap((path): Claim[] => {
    const value = at(object.tree, ...path);
    return typeof value === "number"
      ? [{ object, what: "node port", value: String(value), path }]
      : [];
  });
}

const isShared = (first: Claim, claim: Claim) =>
  first.sharedBy !== undefined && first.sharedBy === claim.sharedBy;

function taken(
  { object, what, value, path }: Claim,
  { first, claims }: { readonly first: Claim; readonly claims: readonly Claim[] },
): Problem {
  const { service, facts } = first.object.release;
  const holder = `${nameOf(first.object)} of ${service.name}`;
  const free = what === "address" ? freeAddress(object, claims) : freePort(Number(value), claims);
  const problem = problemIn(object, {
    code: "NAME_TAKEN",
    path,
    field: [],
    message: `${what} ${value} is claimed by ${holder} in ${facts.name}, on the same cluster`,
    found: value,
    expected: "what nobody else on the cluster has",
    fix: `take ${free}, or change ${holder}`,
  });
  return service.file === object.release.service.file
    ? problem
    : { ...problem, related: [{ file: service.file, note: `${service.name} has it` }] };
}

/** The range of Kubernetes unless an API server is told another one. */
const nodePorts = { first: 30_000, last: 32_767 };

function freePort(claimed: number, claims: readonly Claim[]): string {
  const known = new Set(claims.map(({ value }) => value));
  for (let port = claimed + 1; port <= nodePorts.last; port++)
    if (port >= nodePorts.first && !known.has(String(port))) return String(port);
  return `another port from ${nodePorts.first} to ${nodePorts.last}`;
}

function freeAddress({ release }: CheckedObject, claims: readonly Claim[]): string {
  const { cluster } = release.facts;
  const known = new Set([...claims.map(({ value }) => value), ...namedAddresses(cluster)]);
  return firstFree(cluster.addressPool ?? [], known) ?? "another address";
}
