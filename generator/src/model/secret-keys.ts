/** Where a value is `secret("key")`, told without the model. */

/** The key, when a value is `secret("key")` and nothing else. */
export function secretKeyOf(value: object): string | undefined {
  return Object.keys(value).length === 1 && "secret" in value && typeof value.secret === "string"
    ? value.secret
    : undefined;
}

/** Keys of all `secret()` in a value, however deep. */
export function secretKeysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const key = secretKeyOf(value);
  return key === undefined ? Object.values(value).flatMap(secretKeysIn) : [key];
}
