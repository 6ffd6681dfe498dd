/** `secret()` inside objects and chart values: references to the service's own Secret. */
import { ownSecret } from "../model/names.ts";
import { withReplaced } from "../model/reading.ts";
import { secretKeyOf } from "../model/secret-keys.ts";

/** `secret("token")` inside an object is the key of the service's own Secret, as most kinds refer to one. */
export const withSecretKeys = (value: unknown): unknown =>
  withReplaced(value, (map) => {
    const key = secretKeyOf(map);
    return key === undefined ? undefined : { name: ownSecret, key };
  });
