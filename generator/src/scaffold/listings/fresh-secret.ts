/** Values nobody has seen before. */
import { randomBytes, randomInt } from "node:crypto";
import type { SecretForm } from "../../release/secrets/needed.ts";

/** None needs quotes in a URL, a shell, YAML or a .env file. */
const signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
/** Every kind of character a program may ask for; no special one at an end, where it looks like an option. */
const wanted = [/[a-z]/, /[A-Z]/, /[0-9]/, /^[^-_].*[-_].*[^-_]$/];

/** In: what it has to look like. Out: a value from the system's random source. */
export function freshSecret({ of, length }: SecretForm): string {
  if (of === "hex")
    return randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length);
  // Drawn anew as a whole, so that all values that are good are equally likely.
  for (;;) {
    const value = Array.from({ length }, () => signs[randomInt(signs.length)]).join("");
    if (wanted.every((pattern) => pattern.test(value))) return value;
  }
}
