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
  const wanted = releases.flatMap(exposuresOf);
  const written = new Map(
    wanted.flatMap(({ key, address }) => (address === undefined ? [] : [[key, address] as const])),
  );
  const facts = releases[0]?.facts.cluster;
  const taken = new Set([
    ...namedAddresses(facts),
    ...written.values(),
    ...Object.values(lock.addresses),
  ]);
  const asking = wanted
    .filter(({ address }) => address === undefined)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const allocated = new Map<string, string>();
  const left: Exposed[] = [];
  for (const one of asking) {
    const address = lock.addresses[one.key] ?? firstFree(facts?.addressPool ?? [], taken);
    if (address === undefined) left.push(one);
    else {
      taken.add(address);
      allocated.set(one.key, address);
    }
  }
  const locked = new Map([...allocated].filter(([key]) => key in lock.addresses));
  return {
    addresses: new Map([...written, ...allocated]),
    lock: allocated.size === 0 ? undefined : yaml({ addresses: Object.fromEntries(allocated) }),
    problems: [
      ...left.map((one) => poolExhausted(cluster, one)),
      ...checkLocked({ cluster, releases, locked, taken }),
    ],
  };
}

interface Exposed {
  readonly release: Release;
  readonly name: string;
  readonly key: string;
  /** The one its file writes or names; undefined where any will do. */
  readonly address: string | undefined;
}

const exposuresOf = (release: Release): Exposed[] =>
  Object.entries(release.service.spec.exposes ?? {}).map(([name, { address }]) => ({
    release,
    name,
    key: exposureKey(release, name),
    address:
      address === undefined ? undefined : (release.facts.cluster.addresses?.[address] ?? address),
  }));

const poolExhausted = (cluster: string, { release, name }: Exposed): Problem =>
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
  );

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
