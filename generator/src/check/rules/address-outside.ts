/** Load balancers that ask for an address no pool of MetalLB holds: they are given none, and wait for ever. */
import { isIP } from "node:net";
import { addressRange, isWithin } from "../../model/networks.ts";
import type { AddressRange } from "../../model/networks.ts";
import { list } from "../../model/reading.ts";
import type { RenderedRelease } from "../../model/rendered.ts";
import { groupOf } from "../../model/scopes.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import { askedAddresses, mayBalance } from "../load-balancers.ts";
import type { AskedAddress } from "../load-balancers.ts";
import { objectsAmong } from "../objects.ts";
import type { AllObjects, CheckedObject } from "../objects.ts";

type Manifest = RenderedRelease["manifests"][number];
type Header = Pick<Manifest, "apiVersion" | "kind">;

/**
 * In: all releases, those among them that are not as they were, and their objects as they were and as they are. Problems:
 * ADDRESS_UNKNOWN. Load balancers of the others are read only when a pool is among these objects. Clusters whose pools nobody
 * here renders are not asked about.
 */
export function addressesOutside(
  tree: AllObjects,
  releases: readonly RenderedRelease[],
  among: { readonly releases: readonly RenderedRelease[]; readonly objects: readonly Header[] },
): Problem[] {
  const pools = Map.groupBy(objectsAmong(tree, releases, isPool), clusterOf);
  const judged = among.objects.some(isPool) ? releases : among.releases;
  return objectsAmong(tree, judged, asks).flatMap((object) => {
    const mine = pools.get(clusterOf(object)) ?? [];
    const ranges = mine.flatMap(rangesOf);
    if (ranges.length === 0) return [];
    return askedAddresses(object)
      .filter(({ value }) => isIP(value) !== 0 && !ranges.some((range) => isWithin(value, range)))
      .map((asked) => outside(object, asked, mine));
  });
}

const isPool = ({ apiVersion, kind }: Header) =>
  kind === "IPAddressPool" && groupOf(apiVersion) === "metallb.io";

/** Nothing is parsed for it: most Services ask for no address. */
const asks = (manifest: Manifest) =>
  mayBalance(manifest) && /loadBalancerIP|addresses/.test(manifest.text);

const clusterOf = ({ release }: CheckedObject) => release.facts.clusterName;

const rangesOf = (pool: CheckedObject): AddressRange[] =>
  entriesOf(pool).flatMap((entry) => addressRange(entry) ?? []);

const entriesOf = ({ tree }: CheckedObject): string[] =>
  list(tree, "spec", "addresses").filter((entry) => typeof entry === "string");

function outside(
  object: CheckedObject,
  { value, path }: AskedAddress,
  pools: readonly CheckedObject[],
): Problem {
  const names = pools.map(({ manifest }) => manifest.name).join(", ");
  const problem = problemIn(object, {
    code: "ADDRESS_UNKNOWN",
    // The catalogue's pool is that of another house: a service that comes from it is kept, to be edited.
    severity: "warning",
    path,
    field: ["exposes"],
    message: `it asks for ${value}, which no IPAddressPool of cluster ${clusterOf(object)} holds, so it gets no address`,
    found: JSON.stringify(value),
    expected: `one of: ${pools.flatMap(entriesOf).join(", ")}`,
    fix: `take the address into spec.addresses of IPAddressPool ${names}, or ask for one that is in it`,
  });
  const files = new Set(pools.map(({ release }) => release.service.file));
  files.delete(object.release.service.file);
  return files.size === 0
    ? problem
    : { ...problem, related: [...files].map((file) => ({ file, note: "the pool is there" })) };
}
