/** A short name for all that is in an object of plain data; asked again for the same object, it is not read again. */
import { hash } from "node:crypto";

const known = new WeakMap<object, string>();

/** In: plain data that nobody changes any more. Out: sha256 of its JSON, in hex; the order of keys counts. */
export function contentHash(data: object): string {
  const found = known.get(data) ?? hash("sha256", JSON.stringify(data));
  known.set(data, found);
  return found;
}
