/** Which volumes of a release are in a backup, as far as a restore must know it. */
import type { Release } from "../model/platform.ts";
import { isPostgresCluster } from "./postgres.ts";

export interface BackedUp {
  readonly name: string;
  readonly method: "snapshot" | "files";
  readonly schedule?: string;
  /** Seconds after which a backup is too old to be of use. */
  readonly notOlder: number;
}

/** Every volume that cannot be made again. */
export function backedUp(release: Release): BackedUp[] {
  const { service } = release;
  if (service.components.some(isPostgresCluster)) return [];
  return service.volumes.flatMap(({ name, volume }) =>
    volume.holds === "state" || volume.holds === "database"
      ? [{ name, method: "snapshot" as const, notOlder: 4 * 3600 }]
      : [],
  );
}
