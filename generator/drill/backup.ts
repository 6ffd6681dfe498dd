/** The newest backup a service can be restored from. */
import type { DrillTarget } from "../src/model/drill-plan.ts";
import { list } from "./api.ts";
import type { KubernetesObject } from "./api.ts";
import { DrillFailure } from "./failure.ts";
import { backups } from "./paths.ts";
import type { World } from "./world.ts";

interface Backup extends KubernetesObject {
  readonly spec?: { readonly includedNamespaces?: readonly string[] | null };
  readonly status?: {
    readonly phase?: string;
    readonly startTimestamp?: string;
    readonly completionTimestamp?: string;
  };
}

/** When its data was taken, in milliseconds since 1970. */
export interface UsableBackup {
  readonly name: string;
  readonly started: number;
  readonly ended: number;
}

/**
 * The newest one that is completed. Of one that failed in part nobody knows which part; a newer one that is
 * running is not done.
 */
export async function newestBackup(
  world: World,
  velero: string,
  { namespace }: DrillTarget,
  { schedule, notOlder }: { readonly schedule?: string | undefined; readonly notOlder: number },
): Promise<UsableBackup> {
  const selector = schedule === undefined ? undefined : `velero.io/schedule-name=${schedule}`;
  const all = await list<Backup>(world.server, backups(velero), selector);
  const [newest] = all
    .filter((backup) => backup.metadata.deletionTimestamp === undefined && holds(backup, namespace))
    .flatMap(usable)
    .sort((a, b) => b.started - a.started);
  const from = schedule === undefined ? "" : ` of schedule ${schedule}`;
  if (newest === undefined)
    throw new DrillFailure(
      "NoBackup",
      `no completed backup${from} holds namespace ${namespace}; ${seen(all)}`,
    );
  const age = Math.round((world.now() - newest.started) / 1000);
  if (age > notOlder)
    throw new DrillFailure(
      "BackupTooOld",
      `the newest completed backup${from}, ${newest.name}, is ${age} s old; at most ${notOlder} s were expected`,
    );
  return newest;
}

function usable({ metadata, status }: Backup): UsableBackup[] {
  const started = Date.parse(status?.startTimestamp ?? "");
  const ended = Date.parse(status?.completionTimestamp ?? "");
  if (status?.phase !== "Completed" || Number.isNaN(started)) return [];
  return [{ name: metadata.name, started, ended: Number.isNaN(ended) ? started : ended }];
}

/** No list is all namespaces; an entry may hold `*`. */
function holds({ spec }: Backup, namespace: string): boolean {
  const included = spec?.includedNamespaces ?? [];
  return included.length === 0 || included.some((pattern) => matches(pattern, namespace));
}

function matches(pattern: string, namespace: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === namespace;
  if (!namespace.startsWith(first)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const last = index === rest.length - 1;
    const found = last ? namespace.length - part.length : namespace.indexOf(part, at);
    if (found < at || !namespace.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}

const seen = (all: readonly Backup[]) =>
  all.length === 0
    ? "there is no backup at all"
    : `there are ${all.length} backups: ${all
        .slice(0, 5)
        .map(({ metadata, status }) => `${metadata.name} (${status?.phase ?? "New"})`)
        .join(", ")}`;
