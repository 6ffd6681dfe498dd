/** `secret()` inside objects and chart values: references to the service's own Secret. */
import { ownSecret } from "../model/names.ts";

/** `secret("token")` inside an object is the key of the service's own Secret, as most kinds refer to one. */
export function withSecretKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecretKeys);
  if (typeof value !== "object" || value === null) return value;
  const key = secretKeyOf(value);
  return key === undefined
    ? Object.fromEntries(
        Object.entries(value).map(([name, child]) => [name, withSecretKeys(child)]),
      )
    : { name: ownSecret, key };
}

function secretKeyOf(value: object): string | undefined {
  return Object.keys(value).length === 1 && "secret" in value && typeof value.secret === "string"
    ? value.secret
    : undefined;
}

/** Keys of own secrets the objects of a service refer to. */
export function secretKeysInObjects(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const key = secretKeyOf(value);
  return key === undefined ? Object.values(value).flatMap(secretKeysInObjects) : [key];
}
