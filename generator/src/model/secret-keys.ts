/** Where a value is `secret("key")`, told without the model. */
import { askedFor } from "./reading.ts";

/** The key, when a value is `secret("key")` and nothing else. */
export const secretKeyOf = (value: object): string | undefined => askedFor(value, "secret");

/** Keys of all `secret()` in a value, however deep. */
export function secretKeysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const key = secretKeyOf(value);
  return key === undefined ? Object.values(value).flatMap(secretKeysIn) : [key];
}
