/**
 * What must survive the loss of everything, in one file: the state, and the kubeconfig. Encrypted with age and the passphrase, so
 * that `age --decrypt` opens it too, without RZP.
 */
import { armor, Decrypter, Encrypter } from "age-encryption";
import { z } from "zod";

const Backup = z.strictObject({
  version: z.literal(1),
  cluster: z.string(),
  /** As the engine exports it. */
  state: z.looseObject({ version: z.number(), deployment: z.unknown() }),
  kubeconfig: z.string().optional(),
});
export type Backup = z.infer<typeof Backup>;

/** In: what to keep, a passphrase. Out: text of a file. */
export async function seal(backup: Backup, passphrase: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(JSON.stringify(backup)));
}

/** In: text of a file, a passphrase. Out: what it keeps; undefined where the passphrase or the file is another one. */
export async function open(text: string, passphrase: string): Promise<Backup | undefined> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    const plain = await decrypter.decrypt(armor.decode(text.trim()), "text");
    return Backup.parse(JSON.parse(plain));
  } catch {
    return undefined;
  }
}
