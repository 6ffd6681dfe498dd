/** Values nobody has seen before. */
import { randomBytes, randomInt } from "node:crypto";
import type { SecretForm } from "../release/needed-secrets.ts";

const kinds = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"] as const;
const letters = kinds.join("");

/** In: what it has to look like. Out: a value from the system's random source; a password has every kind of character. */
export function freshSecret({ of, length }: SecretForm): string {
  if (of === "hex")
    return randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length);
  for (;;) {
    const value = Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
    if (kinds.every((kind) => kind.split("").some((sign) => value.includes(sign)))) return value;
  }
}
