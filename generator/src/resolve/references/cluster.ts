/** Names of the cluster and of the tiers that a service takes for granted. */
import { clusterFile, tiersFile } from "../../model/paths.ts";
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { Site } from "../site.ts";

/** Facts a cluster file may leave out, and the field that has them. */
const optionalFacts: Readonly<
  Record<
    string,
    {
      readonly field: string;
      readonly of: (cluster: Release["facts"]["cluster"]) => string | undefined;
    }
  >
> = {
  gatewayAddress: {
    field: "gateways.internal.address",
    of: (cluster) => cluster.gateways.internal.address,
  },
  addressPool: { field: "addressPool", of: (cluster) => cluster.addressPool?.join(",") },
  dnsAddress: { field: "addresses.dns", of: (cluster) => cluster.addresses?.["dns"] },
};

/** `cluster(key)`: some keys are facts a cluster may leave out. Problems: CLUSTER_FACT_MISSING. */
export function checkClusterFact(site: Site, keys: Keys, name: string): Problem[] {
  const { cluster } = site.release.facts;
  const fact = optionalFacts[name];
  if (fact === undefined || fact.of(cluster) !== undefined) return [];
  return [
    site.report("CLUSTER_FACT_MISSING", keys, {
      message: `cluster <cluster> does not say \`${name}\``,
      expected: `${fact.field} in ${clusterFile("<cluster>")}`,
      fix: `add ${fact.field} there`,
    }),
  ];
}

/** Hosts of `reaches.lan`. Problems: LAN_HOST_UNKNOWN. */
export function checkLanHosts(site: Site, component: ResolvedComponent): Problem[] {
  return Object.keys(component.source.spec.reaches?.lan ?? {}).flatMap((host) =>
    checkLanHost(site, [...component.path, "reaches", "lan", host], host, "key"),
  );
}

/** One host of the home network, by its name in the cluster's file. Problems: LAN_HOST_UNKNOWN. */
export function checkLanHost(
  { release: { facts }, report }: Site,
  keys: Keys,
  host: string,
  target: "key" | "value" = "value",
): Problem[] {
  const valid = Object.keys(facts.cluster.hosts ?? {});
  if (valid.includes(host)) return [];
  const text = {
    message: `cluster <cluster> knows no host \`${host}\``,
    ...choice(host, valid, `add it to hosts in ${clusterFile("<cluster>")}`),
    target,
  };
  return [report("LAN_HOST_UNKNOWN", keys, text)];
}

/** Problems: TIER_UNKNOWN. */
export function checkTier(site: Site): Problem[] {
  const { service, facts } = site.release;
  if (facts.tiers[service.tier] !== undefined) return [];
  return [
    site.report("TIER_UNKNOWN", ["tier"], {
      message: `there is no tier \`${service.tier}\``,
      ...choice(service.tier, Object.keys(facts.tiers), `add it to ${tiersFile}`),
    }),
  ];
}
