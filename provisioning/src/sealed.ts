/** Text that only a passphrase opens: an age file, so that `age --decrypt` opens it too, without RZP. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { armor, Decrypter, Encrypter } from "age-encryption";

/**
 * 2^15 rounds take half a second here. Age's own 2^18 take four, which every command would wait for; what protects the file is a
 * passphrase nobody can guess.
 */
const usualRounds = 15;

/** In: text, a passphrase, how hard it is to try another one. Out: text of a file. */
export async function sealText(
  plain: string,
  passphrase: string,
  rounds = usualRounds,
): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(rounds);
  return armor.encode(await encrypter.encrypt(plain));
}

/** In: text of a file, a passphrase. Out: what was sealed; undefined where the passphrase is another one, or it is no such file. */
export async function openText(sealed: string, passphrase: string): Promise<string | undefined> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(armor.decode(sealed.trim()), "text");
  } catch {
    return undefined;
  }
}

/** Out: text of a file; undefined where there is none. Throws where it cannot be read, as a new one would take its place. */
export function readSealed(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** In: text of a file, passphrases that may open it. Out: the first that does. */
export async function openerOf(
  sealed: string,
  passphrases: readonly string[],
): Promise<string | undefined> {
  for (const passphrase of passphrases)
    if ((await openText(sealed, passphrase)) !== undefined) return passphrase;
  return undefined;
}

/** The file is the old one or the new one, whenever the process ends: half a file would lose all that was in it. */
export function writeSealed(file: string, sealed: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, sealed, { mode: 0o600 });
  renameSync(unfinished, file);
}
