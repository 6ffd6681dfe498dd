/** Texts that only the passphrase opens: encrypted with age, so that `age --decrypt` opens them too, without RZP. */
import { armor, Decrypter, Encrypter } from "age-encryption";

/** In: a text, a passphrase. Out: text of a file. */
export async function sealText(text: string, passphrase: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(text));
}

/** In: text of a file, a passphrase. Out: what is in it; undefined where the passphrase or the file is another one. */
export async function openText(sealed: string, passphrase: string): Promise<string | undefined> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(armor.decode(sealed.trim()), "text");
  } catch {
    return undefined;
  }
}
