/** Objects a service brings as they are: name and namespace filled in. */
import type { KubernetesObject } from "../model/objects.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { isClusterScoped } from "../model/scopes.ts";
import { withListeners } from "../release/listeners.ts";
import { ownObjects } from "../release/objects.ts";
import { withSecretKeys } from "../release/own-secrets.ts";
import { valuesOf } from "../model/derived.ts";
import { annotationOf } from "../release/public-names.ts";
import { derivedListeners, gatewayListener } from "./listeners.ts";

/** By the name the service gave them. */
export function objects(release: Release): ServiceValues["objects"] {
  return Object.fromEntries(
    ownObjects(release.service).map(({ key, object }) => [key, complete(release, key, object)]),
  );
}

function complete(release: Release, name: string, object: KubernetesObject) {
  const { metadata, ...rest } = object;
  const scope = isClusterScoped(object.apiVersion, object.kind)
    ? {}
    : { namespace: release.service.namespace };
  const filled = withListeners(withSecretKeys(rest), (audience) =>
    valuesOf(derivedListeners(release, audience)).map(gatewayListener),
  ) as typeof rest;
  const whole = { name, ...scope, ...metadata };
  return { ...filled, metadata: { ...whole, ...leading(release, object, whole) } };
}

/** Tells external-dns what names behind the public gateway lead to: by itself it would take the gateway's address, which is of the home. */
function leading(
  { carries, facts }: Release,
  { apiVersion, kind }: KubernetesObject,
  metadata: {
    readonly name?: string | undefined;
    readonly namespace?: string | undefined;
    readonly annotations?: Readonly<Record<string, string>> | undefined;
  },
) {
  const { public: gateway } = facts.cluster.gateways;
  const isPublic =
    kind === "Gateway" &&
    apiVersion.startsWith("gateway.networking.k8s.io/") &&
    metadata.name === gateway?.name &&
    metadata.namespace === gateway?.namespace;
  if (carries?.publicTarget === undefined || !isPublic) return {};
  const target = { [annotationOf(facts, "target")]: carries.publicTarget };
  return { annotations: { ...target, ...metadata.annotations } };
}
