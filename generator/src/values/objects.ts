/** Objects a service brings as they are: name and namespace filled in. */
import type { KubernetesObject } from "../model/objects.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { isClusterScoped } from "../model/scopes.ts";
import { ownSecret } from "../resolve/names.ts";

export function objects(release: Release): ServiceValues["objects"] {
  return Object.fromEntries(Object.entries(release.service.spec.objects ?? {}).map(([name, object]) => [name, complete(release, name, object)]));
}

function complete(release: Release, name: string, object: KubernetesObject) {
  const { metadata, ...rest } = object;
  const scope = isClusterScoped(object.apiVersion, object.kind) ? {} : { namespace: release.service.namespace };
  return { ...(withSecretKeys(rest) as typeof rest), metadata: { name, ...scope, ...metadata } };
}

/** `secret("token")` inside an object is the key of the service's own Secret, as most kinds refer to one. */
function withSecretKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecretKeys);
  if (typeof value !== "object" || value === null) return value;
  const key = secretKeyOf(value);
  return key === undefined ? Object.fromEntries(Object.entries(value).map(([name, child]) => [name, withSecretKeys(child)])) : { name: ownSecret, key };
}

function secretKeyOf(value: object): string | undefined {
  return Object.keys(value).length === 1 && "secret" in value && typeof value.secret === "string" ? value.secret : undefined;
}

/** Keys of own secrets the objects of a service refer to. */
export function secretKeysInObjects(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const key = secretKeyOf(value);
  return key === undefined ? Object.values(value).flatMap(secretKeysInObjects) : [key];
}
