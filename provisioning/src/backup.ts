/** What must survive the loss of everything, in one file: the state, machine secrets of Talos, the kubeconfig, and credentials that are kept in a file. */
import { z } from "zod";
import { KeptSecrets } from "./cluster/talos/secrets.ts";
import { openText, sealText } from "./sealed.ts";

const Backup = z.strictObject({
  version: z.literal(1),
  cluster: z.string(),
  /** As the engine exports it. */
  state: z.looseObject({ version: z.number(), deployment: z.unknown() }),
  kubeconfig: z.string().optional(),
  /** The file of credentials, sealed as it is. */
  credentials: z.string().optional(),
  /** Of a cluster of Talos: with them the same authorities come back. */
  talos: KeptSecrets.optional(),
});
export type Backup = z.infer<typeof Backup>;

/** In: what to keep, a passphrase. Out: text of a file. */
export const seal = (backup: Backup, passphrase: string): Promise<string> =>
  sealText(JSON.stringify(backup), passphrase);

/** In: text of a file, a passphrase. Out: what it keeps; undefined where the passphrase or the file is another one. */
export async function open(text: string, passphrase: string): Promise<Backup | undefined> {
  const plain = await openText(text, passphrase);
  if (plain === undefined) return undefined;
  try {
    return Backup.parse(JSON.parse(plain));
  } catch {
    return undefined;
  }
}
