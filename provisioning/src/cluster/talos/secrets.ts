/**
 * Machine secrets of a cluster: made once, and all that its authorities are. They lie beside the state, encrypted with its passphrase;
 * whoever has them can make every certificate of the cluster.
 */
import { mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { clusterFile } from "../../../../generator/src/model/paths.ts";
import type { Problem } from "../../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../../generator/src/problems/report.ts";
import type { Order } from "../../order.ts";
import { openText, readSealed, sealText, writeSealed } from "../../sealed.ts";
import { statePlace } from "../../state-place.ts";
import type { Workshop } from "./talosctl.ts";

export const KeptSecrets = z.strictObject({
  /** As `talosctl gen secrets` writes them. */
  machine: z.string(),
  /** The control plane that is to begin etcd; gone as soon as it has. Nobody else may, as there would be two. */
  begins: z.string().optional(),
  /** Of the administrator, as the cluster gave it last. */
  kubeconfig: z.string().optional(),
});
export type KeptSecrets = z.infer<typeof KeptSecrets>;

/** Where they are kept. */
export interface SecretsPlace {
  readonly cluster: string;
  readonly file: string;
  readonly passphrase: string;
}

/** Beside the state. */
export function secretsPlace(order: Order, passphrase: string): SecretsPlace {
  const { cluster } = order;
  const file = path.join(statePlace(order).beside, "talos", `${cluster}.age`);
  return { cluster, file, passphrase };
}

/** Out: what is kept; undefined where nothing is. Problems: STATE_UNREADABLE. */
export async function readSecrets({
  cluster,
  file,
  passphrase,
}: SecretsPlace): Promise<KeptSecrets | Problem | undefined> {
  const sealed = readSealed(file);
  if (sealed === undefined) return undefined;
  const text = await openText(sealed, passphrase);
  return text === undefined ? unreadable(cluster, file) : KeptSecrets.parse(JSON.parse(text));
}

/** In: where to, what to keep. */
export async function keepSecrets(
  { file, passphrase }: SecretsPlace,
  kept: KeptSecrets,
): Promise<void> {
  const sealed = await sealText(JSON.stringify(kept), passphrase);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeSealed(file, sealed);
}

const monthMs = 30 * 24 * 60 * 60 * 1000;

/** Whether the kubeconfig that is kept is to be replaced by a newer one: its certificate is good for a year. */
export const isOld = ({ file }: SecretsPlace): boolean =>
  Date.now() - statSync(file).mtimeMs > monthMs;

/** Out: new ones, as talosctl makes them. */
export async function makeSecrets({ talosctl, file, folder }: Workshop): Promise<string> {
  const made = path.join(folder, "secrets.yaml");
  // The file is there before talosctl writes it, so that nobody else can read it.
  file("secrets.yaml", "");
  await talosctl(["gen", "secrets", `--output-file=${made}`, "--force"]);
  return readFileSync(made, "utf8");
}

const unreadable = (cluster: string, file: string): Problem =>
  problemAt("STATE_UNREADABLE", clusterFile(cluster), ["talos"], {
    message: `PULUMI_CONFIG_PASSPHRASE does not open ${file}, the machine secrets of ${cluster}`,
    expected: "the passphrase of the first `up`",
    fix: "export the right one, or bring the file back from a backup",
    target: "key",
  });
