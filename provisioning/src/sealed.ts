/** Text that only a passphrase opens: an age file, so that `age --decrypt` opens it too, without RZP. */
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
