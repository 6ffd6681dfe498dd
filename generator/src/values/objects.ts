/** Objects a service brings as they are: name, namespace and what they read filled in. */
import { audiences } from "../model/audiences.ts";
import type { Audience } from "../model/audiences.ts";
import { asTree } from "../model/data.ts";
import type { KubernetesObject } from "../model/objects.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { at } from "../model/reading.ts";
import { isClusterScoped } from "../model/scopes.ts";
import { withListeners } from "../release/network/listeners.ts";
import { ownObjects } from "../release/objects.ts";
import { withReferences } from "../release/references.ts";
import { valuesOf } from "../model/derived.ts";
import { annotationOf } from "../release/network/public-names.ts";
import { derivedListeners, gatewayListener } from "./routes/listeners.ts";

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
  const filled = withListeners(withReferences(rest, release), (audience) =>
    valuesOf(derivedListeners(release, audience)).map(gatewayListener),
  ) as typeof rest;
  const whole = { name, ...scope, ...metadata };
  const gateway = gatewayMade(release, object, whole);
  return {
    ...filled,
    ...addressed(filled, gateway),
    metadata: { ...whole, ...leading(release, gateway, whole) },
  };
}

/** The gateway of the cluster's file that an object is. */
interface GatewayMade {
  readonly audience: Audience;
  readonly address?: string | undefined;
}

function gatewayMade(
  { facts }: Release,
  { apiVersion, kind }: KubernetesObject,
  {
    name,
    namespace,
  }: { readonly name?: string | undefined; readonly namespace?: string | undefined },
): GatewayMade | undefined {
  if (kind !== "Gateway" || !apiVersion.startsWith("gateway.networking.k8s.io/")) return undefined;
  const audience = audiences.find((one) => {
    const gateway = facts.cluster.gateways[one];
    return gateway?.name === name && gateway?.namespace === namespace;
  });
  return audience === undefined
    ? undefined
    : { audience, address: facts.cluster.gateways[audience]?.address };
}

const askedFor = "metallb.io/loadBalancerIPs";

/** Lets its load balancer have the address the cluster's file gives the gateway, unless the object says one itself. */
function addressed(object: object, gateway: GatewayMade | undefined) {
  if (gateway?.address === undefined) return {};
  const spec = asTree(at(object, "spec"));
  const infrastructure = asTree(spec["infrastructure"]);
  const annotations = { [askedFor]: gateway.address, ...asTree(infrastructure["annotations"]) };
  return { spec: { ...spec, infrastructure: { ...infrastructure, annotations } } };
}

/** Tells external-dns what names behind the public gateway lead to: by itself it would take the gateway's address, which is of the home. */
function leading(
  { carries, facts }: Release,
  gateway: GatewayMade | undefined,
  { annotations }: { readonly annotations?: Readonly<Record<string, string>> | undefined },
) {
  if (carries?.publicTarget === undefined || gateway?.audience !== "public") return {};
  const target = { [annotationOf(facts, "target")]: carries.publicTarget };
  return { annotations: { ...target, ...annotations } };
}
