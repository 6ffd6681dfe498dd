/**
 * Load-balancer addresses: those a file names, and allocated ones, which are kept in a committed lock so that
 * adding a service never moves another's.
 */
import { load } from "js-yaml";
import { lockFile, clusterFile } from "../../model/paths.ts";
import { isTree } from "../../model/data.ts";
import { ipAddress } from "../../model/patterns.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { yaml } from "../../output/yaml.ts";
import { firstFree, namedAddresses } from "../../release/network/address-pool.ts";
import { checkLocked, exposureKey } from "./locked-addresses.ts";

interface Lock {
  readonly addresses: Readonly<Record<string, string>>;
}

/** By hand: a schema would have to be loaded for every run. */
function isLock(value: unknown): value is Lock {
  if (!isTree(value) || Object.keys(value).join(" ") !== "addresses") return false;
  const { addresses } = value;
  return (
    isTree(addresses) &&
    Object.values(addresses).every((one) => typeof one === "string" && ipAddress.test(one))
  );
}

/** One cluster's addresses: `environment/service/exposure` to address. */
export type Addresses = ReadonlyMap<string, string>;

export interface Allocated {
  readonly addresses: Addresses;
  /** Body of the lock file; undefined when nothing is allocated. */
  readonly lock: string | undefined;
  readonly problems: readonly Problem[];
}

/** Those of one release, by exposure. */
export function addressesOf(
  release: Release,
  addresses: Addresses,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(release.service.spec.exposes ?? {}).flatMap((name) => {
      const address = addresses.get(exposureKey(release, name));
      return address === undefined ? [] : [[name, address] as const];
    }),
  );
}

/** In: all releases of one cluster, its lock file's text. Problems: LOCK_DAMAGED, POOL_EXHAUSTED; ADDRESS_UNKNOWN and NAME_TAKEN for what the lock keeps. */
export function allocateAddresses(
  cluster: string,
  releases: readonly Release[],
  lockText: string | undefined,
): Allocated {
  const lock = lockText === undefined ? { addresses: {} } : readLock(lockText);
  if (lock === undefined) {
    const problem = damagedLock(lockFile(cluster), lockText ?? "");
    return { addresses: new Map(), lock: lockText, problems: [problem] };
  }
  const wanted = releases.flatMap((release) =>
    Object.entries(release.service.spec.exposes ?? {}).map(([name, exposure]) => ({
      release,
      name,
      key: exposureKey(release, name),
      address: exposure.address,
    })),
  );
  const facts = releases[0]?.facts.cluster;
  const pool = facts?.addressPool ?? [];
  const named = namedAddresses(facts);
  const addresses = new Map<string, string>();
  for (const { key, release, address } of wanted)
    if (address !== undefined)
      addresses.set(key, release.facts.cluster.addresses?.[address] ?? address);
  const taken = new Set([...named, ...addresses.values(), ...Object.values(lock.addresses)]);
  const problems: Problem[] = [];
  const allocated: Record<string, string> = {};
  for (const { key, release, name } of wanted
    .filter(({ address }) => address === undefined)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
    const address = lock.addresses[key] ?? firstFree(pool, taken);
    if (address === undefined) {
      problems.push(
        problemAt(
          "POOL_EXHAUSTED",
          release.service.file,
          ["exposes", name],
          {
            message: `cluster ${cluster} has no address left for ${name}`,
            expected: `a free address in addressPool of ${clusterFile(cluster)}`,
            fix: "make the pool larger, or name an address",
          },
          release.facts.name,
        ),
      );
      continue;
    }
    taken.add(address);
    addresses.set(key, address);
    allocated[key] = address;
  }
  problems.push(
    ...checkLocked({
      cluster,
      releases,
      locked: new Map(Object.entries(allocated).filter(([key]) => key in lock.addresses)),
      taken,
    }),
  );
  return {
    addresses,
    lock: Object.keys(allocated).length === 0 ? undefined : yaml({ addresses: allocated }),
    problems,
  };
}

/** A conflict that git could not merge is told as one, at its first line. */
function damagedLock(file: string, text: string): Problem {
  const line = text.split("\n").findIndex((one) => /^(<{7}|={7}|>{7})( |$)/.test(one)) + 1;
  if (line === 0)
    return problemAt("LOCK_DAMAGED", file, [], {
      message: "the lock file is not what RZP wrote",
      found: shapeOf(text),
      expected: "`addresses` alone, and in it an address for each name",
      fix: `git checkout HEAD -- ${file}, then npm run render`,
    });
  return {
    code: "LOCK_DAMAGED",
    severity: "error",
    place: { file, line, column: 1 },
    message: "the lock file has an unmerged conflict",
    found: JSON.stringify(text.split("\n")[line - 1]),
    expected: "the addresses of one branch, or of both",
    fix: `git checkout --ours ${file} (or --theirs), then npm run render: that side keeps its addresses, what only the other has gets a new one. To keep both, remove the lines with <<<<<<<, ======= and >>>>>>> instead`,
  };
}

/** What there is in place of a lock. */
function shapeOf(text: string): string {
  try {
    const value = load(text);
    return isTree(value) ? `a map of ${Object.keys(value).join(", ") || "nothing"}` : "no map";
  } catch (error) {
    return `no YAML: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`;
  }
}

/** Both sides of a merge, one after the other, say their first lines twice and what they share: it counts once. */
function readLock(text: string): Lock | undefined {
  const lines = new Set(text.split(/\r?\n/));
  try {
    const value = load([...lines].join("\n"));
    return isLock(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
