/** Keeps the state of a cluster apart from it, and brings it back. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { open, seal } from "../backup.ts";
import { credentialsFile } from "../credential-stores/choose.ts";
import { openOwn } from "../cluster/existing.ts";
import { KubectlFailed } from "../cluster/kubectl.ts";
import { keepSecrets, readSecrets, secretsPlace } from "../cluster/talos/secrets.ts";
import type { Facts } from "../facts.ts";
import { importState } from "../engine/state.ts";
import { openState } from "../infra.ts";
import { readText } from "../read-text.ts";
import type { Order } from "../order.ts";

type Problems = Promise<readonly Problem[]>;

/** Writes everything a new start needs into one encrypted file, and says where. */
export async function backUp(order: Order, facts: Facts): Problems {
  const { say } = order;
  const state = await openState(order, facts);
  if (!("stack" in state)) return state;
  const talos = await readSecrets(secretsPlace(order, state.passphrase));
  if (isProblem(talos)) return [talos];
  const exported = await exportedKubeconfig(order, facts);
  const kubeconfig = exported.kubeconfig ?? talos?.kubeconfig;
  const credentials = readText(keptFile(order, facts));
  const text = await seal(
    {
      version: 1,
      cluster: order.cluster,
      state: { ...state.known.exported },
      ...(kubeconfig && { kubeconfig }),
      ...(credentials && { credentials }),
      ...(talos && { talos }),
    },
    state.passphrase,
  );
  const moment = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = path.join(order.root, ".infra/backups", `${order.cluster}-${moment}.age`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  say(`${path.relative(order.root, file)}\n`);
  const held = [
    "the state",
    ...(talos === undefined ? [] : ["the machine secrets of Talos"]),
    ...(kubeconfig === undefined ? [] : ["the kubeconfig"]),
    ...(credentials === undefined ? [] : ["the credentials that are kept in a file"]),
  ];
  say(`It holds ${held.join(", ")}.\n`);
  if (exported.why !== undefined)
    say(`It does not hold what KUBECONFIG leads to: ${exported.why}.\n`);
  say("Keep it where the loss of the hosts does not reach it, and the passphrase elsewhere.\n");
  return [];
}

/** Gives a state that knows nothing what a backup knows. The next `up` makes what is missing. */
export async function restore(order: Order, facts: Facts): Problems {
  const { cluster, from = "", say } = order;
  const state = await openState(order, facts);
  if (!("stack" in state)) return state;
  if (state.known.machines.size > 0 || state.known.kept.size > 0) return [notEmpty(cluster)];
  const text = readText(from);
  const backup = text === undefined ? undefined : await open(text, state.passphrase);
  if (backup === undefined || backup.cluster !== cluster) return [noBackup(cluster, from, backup)];
  const place = secretsPlace(order, state.passphrase);
  const there = await readSecrets(place);
  if (isProblem(there)) return [there];
  // Those that are here may be of a cluster that runs.
  const differs = backup.talos !== undefined && there !== undefined;
  if (differs && there.machine !== backup.talos?.machine)
    return [otherSecrets(cluster, place.file)];
  bringCredentials(order, facts, backup.credentials);
  if (backup.talos !== undefined) await keepSecrets(place, backup.talos);
  // Talos' own is among its secrets.
  if (backup.kubeconfig !== undefined && backup.talos === undefined) {
    const file = path.join(order.root, ".infra", `${cluster}.kubeconfig`);
    writeFileSync(file, backup.kubeconfig, { mode: 0o600 });
    say(`export KUBECONFIG=${file}\n`);
  }
  // Last, as a state that knows something is not restored again.
  await importState(state.stack, backup.state);
  say(
    `the state of ${cluster} is back: npm run infra -- up ${cluster} --until cluster, then data (docs/guide-disaster-recovery.md)\n`,
  );
  return [];
}

/** Of KUBECONFIG the context in use, where that is this cluster; credentials of others are not ours to keep. */
async function exportedKubeconfig(
  { environment }: Order,
  { name, cluster }: Facts,
): Promise<{ readonly kubeconfig?: string; readonly why?: string }> {
  const said = environment["KUBECONFIG"] ?? "";
  if (said === "") return {};
  try {
    const opened = await openOwn(name, cluster, said);
    return isProblem(opened) ? { why: opened.message } : { kubeconfig: opened.kubeconfig };
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    return { why: error.message.trim() };
  }
}

/** The file of credentials, where the cluster keeps them in one. */
const keptFile = ({ root, cluster, environment }: Order, facts: Facts): string | undefined =>
  facts.cluster.credentials === "file" ? credentialsFile(root, cluster, environment) : undefined;

/** One that is there is newer. */
function bringCredentials(order: Order, facts: Facts, sealed: string | undefined): void {
  const file = keptFile(order, facts);
  if (file === undefined || sealed === undefined || existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, sealed, { mode: 0o600 });
}

const notEmpty = (cluster: string): Problem =>
  problemAt("STATE_EXISTS", clusterFile(cluster), [], {
    message: `the state of ${cluster} knows machines or names, which a restore would forget`,
    expected: "a state that knows none",
    fix: `nothing needs to be restored: npm run infra -- preview ${cluster}`,
  });

const otherSecrets = (cluster: string, file: string): Problem =>
  problemAt("STATE_EXISTS", clusterFile(cluster), ["talos"], {
    message: `${file} holds other machine secrets than the backup, and nodes that run may be theirs`,
    expected: "no machine secrets, or those of the backup",
    fix: `when no node runs with them, move ${file} away`,
    target: "key",
  });

function noBackup(
  cluster: string,
  from: string,
  backup: { readonly cluster: string } | undefined,
): Problem {
  return problemAt("BACKUP_UNREADABLE", clusterFile(cluster), [], {
    message:
      backup === undefined
        ? `${from === "" ? "no file" : from} is no backup that this passphrase opens`
        : `${from} is a backup of ${backup.cluster}`,
    expected: `a file of \`npm run infra -- backup ${cluster}\``,
    fix: `npm run infra -- restore ${cluster} --from .infra/backups/<file>.age`,
  });
}
