/** Addresses that the committed lock file keeps, against what the authored files say today. */
import { clusterFile, lockFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import { firstFree, isInPool } from "../../release/network/address-pool.ts";

/** Under which name the lock file keeps the address of an exposure. */
export const exposureKey = (release: Release, exposure: string) =>
  `${release.facts.name}/${release.service.name}/${exposure}`;

interface Locked {
  readonly cluster: string;
  readonly releases: readonly Release[];
  /** Allocations that come from the lock file. */
  readonly locked: ReadonlyMap<string, string>;
  readonly taken: ReadonlySet<string>;
}

/** A kept address never moves by itself: that it left the pool, is kept twice or named by somebody now is told. Problems: ADDRESS_UNKNOWN, NAME_TAKEN. */
export function checkLocked({ cluster, releases, locked, taken }: Locked): Problem[] {
  const file = lockFile(cluster);
  const entries = releases[0]?.facts.cluster.addressPool ?? [];
  const firstKeys = new Map([...locked].toReversed().map(([key, address]) => [address, key]));
  const claims = Map.groupBy(claimsOf(cluster, releases), ({ address }) => address);
  return releases.flatMap((release) =>
    Object.keys(release.service.spec.exposes ?? {}).flatMap((name): Problem[] => {
      const key = exposureKey(release, name);
      const address = locked.get(key);
      if (address === undefined) return [];
      if (!isInPool(entries, address)) {
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
      const first = firstKeys.get(address);
      if (first !== undefined && first !== key)
        return [lockedTwice({ file, release, name, address, keys: [first, key] })];
      const [claim] = claims.get(address) ?? [];
      if (claim === undefined) return [];
      const free = firstFree(entries, taken);
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

/** A merge of two branches that each allocated an address: told at the one whose line comes later. */
function lockedTwice({
  file,
  release,
  name,
  address,
  keys: [first, second],
}: {
  readonly file: string;
  readonly release: Release;
  readonly name: string;
  readonly address: string;
  readonly keys: readonly [string, string];
}): Problem {
  const problem = problemAt(
    "NAME_TAKEN",
    release.service.file,
    ["exposes", name],
    {
      message: `${file} keeps ${address} for ${first} and for ${second}`,
      found: `${second}: ${address}`,
      expected: "an address nobody else has",
      fix: `remove the line ${second} from ${file}: it gets another address`,
    },
    release.facts.name,
  );
  return { ...problem, related: [{ file, note: `${first} has it` }] };
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
