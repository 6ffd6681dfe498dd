/** A store of backups that is itself on the cluster they are of: what takes the one takes the other. */
import { text } from "../model/reading.ts";
import type { Release } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import type { ProblemText } from "../problems/report.ts";
import { locationsOf } from "../release/backups/backed-volumes.ts";
import { heldServices } from "../release/backups/recovery.ts";
import { fullHosts } from "../release/network/gateways.ts";
import { ownObjects } from "../release/objects.ts";
import type { BackedCluster } from "./cluster.ts";

/**
 * In: a cluster that has backups. Problems: BACKUP_STORE_INSIDE, at the location a recovery restores from: an error
 * where its store is lost with the cluster or would come back too late, a warning where nobody here knows.
 */
export function storeInside({ cluster, facts, maker, releases }: BackedCluster): Problem[] {
  const main = locationsOf(facts).main?.[0];
  if (maker === undefined) return [];
  return ownObjects(maker.service).flatMap(({ kind, name, path, object }) => {
    const keys = ["spec", "config", "s3Url"];
    const url = text(object, ...keys);
    if (kind !== "BackupStorageLocation" || name !== main || url === undefined) return [];
    const store = releases.find((release) => answersAt(release, hostIn(url)));
    const said = store === undefined ? undefined : fateOf(store, releases);
    return store === undefined || said === undefined
      ? []
      : [
          problemAt(
            "BACKUP_STORE_INSIDE",
            maker.service.file,
            [...path, ...keys],
            {
              ...said,
              message: `backups of ${cluster} go to ${store.service.name}, which runs on it: ${said.message}`,
              found: JSON.stringify(url),
            },
            maker.facts.name,
          ),
        ];
  });
}

const hostIn = (url: string): string => URL.parse(url)?.hostname ?? "";

/** By its name on the cluster (`minio.storage-minio.svc`), that of a route, or an address. */
function answersAt({ service, facts, addresses }: Release, host: string): boolean {
  const [, namespace, kind = "svc"] = host.split(".");
  return (
    (namespace === service.namespace && kind === "svc") ||
    Object.values(addresses).includes(host) ||
    Object.values(service.spec.routes ?? {}).some((route) =>
      fullHosts(route, facts.environment.domain).includes(host),
    )
  );
}

/** What becomes of a store when its cluster is lost; undefined where it is back before it is asked. */
function fateOf(
  { service, facts }: Release,
  releases: readonly Release[],
): ProblemText | undefined {
  const outside = "name a store outside of the cluster in s3Url";
  if (service.kind === "chart")
    return {
      severity: "warning",
      message: "nobody here knows whether its data is lost with the cluster",
      expected: "a store whose data lies outside of the cluster",
      fix: outside,
    };
  if (!service.volumes.some(({ volume }) => volume.holds === "share"))
    return {
      message: "both are lost together",
      expected: "a store whose data lies outside of the cluster",
      fix: `${outside}, or let ${service.name} keep its data on a share`,
    };
  const together = releases.filter((release) => release.facts === facts);
  return heldServices(together, "platform").has(service.name)
    ? {
        message: "a recovery starts it only after what is to be restored from it",
        expected: "a store that is there before any data is",
        fix: `${outside}, or give ${service.name} a tier of an earlier layer, and no volume that is backed up`,
      }
    : undefined;
}
