/** A recovery that holds back the service it restores with: Velero would come back only after the data that it is to bring. */
import { backupService } from "../model/known-services.ts";
import type { Release } from "../model/platform.ts";
import type { Keys } from "../model/reading.ts";
import type { Problem } from "../problems/problem.ts";
import { problemAt } from "../problems/report.ts";
import { heldServices, isRestorable } from "../release/backups/recovery.ts";
import type { BackedCluster } from "./cluster.ts";

/** In: a cluster that has backups. Problems: RECOVERY_CANNOT_BEGIN, at what holds Velero back. */
export function makerHeld({ maker, releases }: BackedCluster): Problem[] {
  if (maker === undefined || !isRestorable(releases)) return [];
  const { service, facts } = maker;
  const held = heldServices(
    releases.filter((release) => release.facts === facts),
    "platform",
  );
  if (!held.has(backupService)) return [];
  const other = held.get(backupService);
  const before = `what keeps data comes back only when ${backupService} has restored it`;
  const [keys, text] =
    other === undefined
      ? ([
          ["tier"],
          {
            message: `a recovery starts ${backupService} only after data, and ${before}`,
            found: JSON.stringify(service.spec.tier),
            expected: "a tier of an earlier layer than databases, and no volume that is backed up",
            fix: `give ${backupService} such a tier (the catalogue's is storage)`,
          },
        ] as const)
      : ([
          waitsAt(maker, other),
          {
            message: `${backupService} waits for ${other}, which waits for data, and ${before}`,
            found: JSON.stringify(other),
            expected: "services that keep nothing that is backed up, and wait for none that does",
            fix: `let ${backupService} do without ${other} (consumes gives reach and waits for nobody), or let ${other} keep what it has outside of the cluster`,
          },
        ] as const);
  return [problemAt("RECOVERY_CANNOT_BEGIN", service.file, keys, text, facts.name)];
}

/** Where a service says that it waits for another: a need, or a login. */
function waitsAt({ service, outgoing }: Release, other: string): Keys {
  const need = (service.spec.needs ?? []).indexOf(other);
  if (need >= 0) return ["needs", need];
  const login = outgoing.find(
    (one) => one.login !== undefined && one.provider.service.name === other,
  );
  return [...(login?.consumer.component.path ?? []), "consumes", other];
}
