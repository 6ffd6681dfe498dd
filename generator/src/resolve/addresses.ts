/**
 * Load-balancer addresses: those a file names, and allocated ones, which are kept in a committed lock so that
 * adding a service never moves another's.
 */
import { load } from "js-yaml";
import { z } from "zod";
import { lockFile, clusterFile } from "../load/paths.ts";
import type { Cluster } from "../model/cluster.ts";
import { IpAddress } from "../model/primitives.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { Keys } from "../problems/report.ts";
import { yaml } from "../write/yaml.ts";

const Lock = z.strictObject({ addresses: z.record(z.string(), IpAddress) });

/** One cluster's addresses: `environment/service/exposure` to address. */
export type Addresses = ReadonlyMap<string, string>;

export interface Allocated {
  readonly addresses: Addresses;
  /** Body of the lock file; undefined when nothing is allocated. */
  readonly lock: string | undefined;
  readonly problems: readonly Problem[];
}

const exposureKey = (release: Release, exposure: string) =>
  `${release.facts.name}/${release.service.name}/${exposure}`;

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
    const problem = problemAt("LOCK_DAMAGED", lockFile(cluster), [], {
      message: "the lock file is not what RZP wrote",
      fix: `git checkout ${lockFile(cluster)}`,
    });
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
  const pool = poolOf(releases[0]);
  const named = namedAddresses(releases[0]?.facts.cluster);
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
    const address = lock.addresses[key] ?? pool.find((candidate) => !taken.has(candidate));
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

interface Locked {
  readonly cluster: string;
  readonly releases: readonly Release[];
  /** Allocations that come from the lock file. */
  readonly locked: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<string>;
}

/** A kept address never moves by itself: that it left the pool, or that somebody names it now, is told. */
function checkLocked({ cluster, releases, locked, taken }: Locked): Problem[] {
  const file = lockFile(cluster);
  const entries = releases[0]?.facts.cluster.addressPool ?? [];
  const usable = new Set(entries.flatMap(expand));
  const claims = Map.groupBy(claimsOf(cluster, releases), ({ address }) => address);
  return releases.flatMap((release) =>
    Object.keys(release.service.spec.exposes ?? {}).flatMap((name): Problem[] => {
      const key = exposureKey(release, name);
      const address = locked.get(key);
      if (address === undefined) return [];
      if (!usable.has(address)) {
        return [
          problemAt(
            "ADDRESS_UNKNOWN",
            release.service.file,
            ["exposes", name],
            {
              message: `${address}, which ${file} keeps for ${name}, is not in the pool of cluster ${cluster}`,
              found: `${key}: ${address}`,
              expected: `one of: ${entries.join(", ") || "nothing: the cluster has no addressPool"}`,
              fix: `put it back into addressPool of ${clusterFile(cluster)}, or remove the line ${key} from ${file}: it gets another address`,
            },
            release.facts.name,
          ),
        ];
      }
      const [claim] = claims.get(address) ?? [];
      if (claim === undefined) return [];
      const free = [...usable].find((candidate) => !taken.has(candidate));
      const other =
        free === undefined ? "make the pool larger and take a new address" : `take ${free}`;
      const problem = problemAt(
        "NAME_TAKEN",
        claim.file,
        claim.keys,
        {
          message: `address ${address} is claimed by ${claim.owner}, and ${file} keeps it for ${key}`,
          found: JSON.stringify(address),
          expected: "an address nobody else has",
          fix: `${other}, or remove the line ${key} from ${file}: it gets another address`,
        },
        claim.environment,
      );
      return [{ ...problem, related: [{ file: release.service.file, note: `${key} has it` }] }];
    }),
  );
}

interface AddressClaim {
  readonly address: string;
  readonly file: string;
  readonly keys: Keys;
  readonly owner: string;
  readonly environment?: string;
}

/** Addresses written in a file: by the cluster, or at an exposure. One that names a name of the cluster is the cluster's. */
function claimsOf(cluster: string, releases: readonly Release[]): AddressClaim[] {
  const facts = releases[0]?.facts.cluster;
  const file = clusterFile(cluster);
  return [
    ...Object.entries(facts?.addresses ?? {}).map(([name, address]) => ({
      address,
      file,
      keys: ["addresses", name],
      owner: `addresses.${name} of cluster ${cluster}`,
    })),
    ...Object.entries(facts?.gateways ?? {}).flatMap(([audience, gateway]) =>
      gateway?.address === undefined
        ? []
        : [
            {
              address: gateway.address,
              file,
              keys: ["gateways", audience, "address"],
              owner: `the ${audience} gateway`,
            },
          ],
    ),
    ...releases.flatMap((release) =>
      Object.entries(release.service.spec.exposes ?? {}).flatMap(([name, { address }]) =>
        address === undefined || address in (facts?.addresses ?? {})
          ? []
          : [
              {
                address,
                file: release.service.file,
                keys: ["exposes", name, "address"],
                owner: release.service.name,
                environment: release.facts.name,
              },
            ],
      ),
    ),
  ];
}

function readLock(text: string): z.infer<typeof Lock> | undefined {
  try {
    const result = Lock.safeParse(load(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a load balancer may have this address. IPv6 pools are not expanded: any IPv6 address is taken for good. */
export function isInPool(pool: readonly string[], address: string): boolean {
  return address.includes(":") || pool.flatMap(expand).includes(address);
}

/** Addresses the cluster's file gives away by name, gateways included: allocated to nobody. */
function namedAddresses(cluster: Cluster | undefined): string[] {
  return [
    ...Object.values(cluster?.addresses ?? {}),
    ...Object.values(cluster?.gateways ?? {}).flatMap((gateway) => gateway?.address ?? []),
  ];
}

function poolOf(release: Release | undefined): string[] {
  return (release?.facts.cluster.addressPool ?? []).flatMap(expand);
}

/** `a-b`, a network, or one address -> its addresses. A network's first and last are not used. */
function expand(entry: string): string[] {
  const [first = "", last] = entry.split("-");
  if (last !== undefined) return range(number(first), number(last));
  const [address = "", length] = entry.split("/");
  if (length === undefined) return [address];
  const size = 2 ** (32 - Number(length));
  const base = Math.floor(number(address) / size) * size;
  return size <= 2 ? range(base, base + size - 1) : range(base + 1, base + size - 2);
}

const number = (address: string) =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => dotted(from + index));
