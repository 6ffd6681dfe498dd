/** Keeps the state of a cluster apart from it, and brings it back. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { open, seal } from "../backup.ts";
import type { Facts } from "../facts.ts";
import { openInfra } from "../infra.ts";
import { say, type Order } from "./order.ts";

type Problems = Promise<readonly Problem[]>;

/** Writes everything a new start needs into one encrypted file, and says where. */
export async function backUp(order: Order, facts: Facts): Problems {
  const infra = await openInfra(order.root, facts);
  if (!("stack" in infra)) return infra;
  const state = await infra.stack.exportStack();
  const kubeconfig = readText(process.env["KUBECONFIG"]);
  const text = await seal(
    { version: 1, cluster: order.cluster, state: { ...state }, ...(kubeconfig && { kubeconfig }) },
    infra.passphrase,
  );
  const moment = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = path.join(order.root, ".infra/backups", `${order.cluster}-${moment}.age`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  say(`${path.relative(order.root, file)}\n`);
  say(`Keep it where the loss of the hosts does not reach it, and the passphrase elsewhere.\n`);
  return [];
}

/** Gives a state that knows nothing what a backup knows. The next `up` makes what is missing. */
export async function restore(order: Order, facts: Facts): Problems {
  const { cluster, from = "" } = order;
  const infra = await openInfra(order.root, facts);
  if (!("stack" in infra)) return infra;
  if (infra.knowsMachines) return [notEmpty(cluster)];
  const text = readText(from);
  const backup = text === undefined ? undefined : await open(text, infra.passphrase);
  if (backup === undefined || backup.cluster !== cluster) return [noBackup(cluster, from, backup)];
  await infra.stack.importStack(backup.state);
  if (backup.kubeconfig !== undefined) {
    const file = path.join(order.root, ".infra", `${cluster}.kubeconfig`);
    writeFileSync(file, backup.kubeconfig, { mode: 0o600 });
    say(`export KUBECONFIG=${file}\n`);
  }
  say(`the state of ${cluster} is back: npm run infra -- up ${cluster}\n`);
  return [];
}

function readText(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const notEmpty = (cluster: string): Problem =>
  problemAt("STATE_EXISTS", clusterFile(cluster), [], {
    message: `the state of ${cluster} knows machines, which a restore would forget`,
    expected: "a state that knows none",
    fix: `move .infra/state away first, if you mean it`,
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
