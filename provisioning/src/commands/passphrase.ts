/**
 * Another passphrase for all that one opens: the state, the machine secrets of Talos, the file of credentials. Each is written whole, and
 * has the old one or the new one at any time: given again with the same two, the command goes on where it was cut off.
 */
import path from "node:path";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { secretsPlace } from "../cluster/talos/secrets.ts";
import { credentialsFile } from "../credential-stores/choose.ts";
import { readNewPassphrase, readPassphrase } from "../credentials.ts";
import { changeStatePassphrase, PassphraseKept } from "../engine/passphrase.ts";
import { stateProblem } from "../engine/run.ts";
import type { Facts } from "../facts.ts";
import { openState, type State } from "../infra.ts";
import { openerOf, openText, readSealed, sealText, writeSealed } from "../sealed.ts";
import type { Order } from "../order.ts";

/** What has a passphrase. */
interface Locked {
  readonly what: string;
  /** In: passphrases. Out: the first of them that opens it. */
  readonly opener: (passphrases: readonly string[]) => Promise<string | undefined>;
  readonly change: (from: string, to: string) => Promise<void>;
}

export async function changePassphrase(order: Order, facts: Facts): Promise<readonly Problem[]> {
  const { cluster, environment, say } = order;
  const from = readPassphrase(cluster, environment);
  const to = readNewPassphrase(cluster, environment);
  if (isProblem(from) || isProblem(to)) return [from, to].filter(isProblem);
  const state = await openByOne(order, facts, [from, to]);
  if ("problems" in state) return state.problems;
  const all = [...sealedFiles(order, facts, from), ofState(state)];
  // All are looked at before one is changed: with a wrong passphrase none is.
  const found = [];
  for (const one of all) found.push({ one, opener: await one.opener([from, to]) });
  const shut = found.filter(({ opener }) => opener === undefined);
  if (shut.length > 0) return shut.map(({ one }) => unopened(cluster, one.what));
  try {
    for (const { one, opener } of found) if (opener === from) await one.change(from, to);
  } catch (error) {
    if (!(error instanceof PassphraseKept)) throw error;
    return [stateProblem(cluster, error) ?? kept(cluster, error)];
  }
  say(`The new passphrase opens ${all.map(({ what }) => what).join(", ")}.\n`);
  say(
    "Export it as PULUMI_CONFIG_PASSPHRASE from now on, and keep it where the old one is kept.\n",
  );
  say(
    `What was copied before is opened by the old one: backups, and what the engine keeps of former states. npm run infra -- backup ${cluster}\n`,
  );
  return [];
}

/** With the first passphrase that opens it; undefined where none does. Problems: those that are about something else. */
async function openByOne(
  order: Order,
  facts: Facts,
  passphrases: readonly string[],
): Promise<{ readonly state: State | undefined } | { readonly problems: readonly Problem[] }> {
  for (const passphrase of passphrases) {
    const environment = { ...order.environment, PULUMI_CONFIG_PASSPHRASE: passphrase };
    const state = await openState({ ...order, environment }, facts);
    if ("stack" in state) return { state };
    if (state.some(({ code }) => code !== "STATE_UNREADABLE")) return { problems: state };
  }
  return { state: undefined };
}

const ofState = ({ state }: { readonly state: State | undefined }): Locked => ({
  what: "the state",
  opener: async () => state?.passphrase,
  change: async (from, to) => {
    if (state !== undefined) await changeStatePassphrase(state.stack, from, to);
  },
});

/** Those that are there. */
function sealedFiles(order: Order, { cluster }: Facts, passphrase: string): Locked[] {
  const { root, environment } = order;
  const files = [
    secretsPlace(order, passphrase).file,
    ...(cluster.credentials === "file" ? [credentialsFile(root, order.cluster, environment)] : []),
  ];
  return files.flatMap((file) => {
    const sealed = readSealed(file);
    if (sealed === undefined) return [];
    return {
      what: path.relative(root, file),
      opener: (passphrases) => openerOf(sealed, passphrases),
      change: async (from, to) => {
        const plain = await openText(sealed, from);
        if (plain !== undefined) writeSealed(file, await sealText(plain, to));
      },
    };
  });
}

const unopened = (cluster: string, what: string): Problem =>
  problemAt("STATE_UNREADABLE", clusterFile(cluster), [], {
    message: `neither PULUMI_CONFIG_PASSPHRASE nor RZP_NEW_PASSPHRASE opens ${what}: nothing is changed`,
    expected: "the passphrase of now in PULUMI_CONFIG_PASSPHRASE",
    fix: "export the right one",
  });

const kept = (cluster: string, { message }: PassphraseKept): Problem =>
  problemAt("CHANGE_FAILED", clusterFile(cluster), [], {
    message: `the state has its old passphrase still: ${message.trim()}`,
    expected: "that it is done",
    fix: "mend what it says, and run the command again with the same two passphrases",
  });
