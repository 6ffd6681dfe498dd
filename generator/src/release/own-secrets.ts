/** `secret()` inside objects and chart values: references to the service's own Secret. */
import { ownSecret } from "../model/names.ts";
import { secretKeyOf } from "../model/secret-keys.ts";

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
