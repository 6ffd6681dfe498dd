/** Start order: which layer a service and each of its objects belong to. */
import { layers } from "../model/tiers.ts";
import type { Layer } from "../model/tiers.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import type {
  Connection,
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../model/platform.ts";
import { groupOf } from "../model/scopes.ts";

/** What must be there before anything that uses it: kinds, priorities, and namespaces of definitions. */
const definitions: ReadonlySet<string> = new Set([
  "apiextensions.k8s.io/CustomResourceDefinition",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/StorageClass",
  "node.k8s.io/RuntimeClass",
]);

/** What configures a controller: it works only when the controller does. */
const configuration: ReadonlySet<string> = new Set([
  "cert-manager.io/ClusterIssuer",
  "cert-manager.io/Issuer",
  "external-secrets.io/ClusterSecretStore",
  "external-secrets.io/SecretStore",
  "gateway.networking.k8s.io/GatewayClass",
  "gateway.networking.k8s.io/Gateway",
  "gateway.envoyproxy.io/EnvoyProxy",
  "metallb.io/IPAddressPool",
  "metallb.io/L2Advertisement",
  "metallb.io/BGPAdvertisement",
  "snapshot.storage.k8s.io/VolumeSnapshotClass",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
]);

const monitoring: ReadonlySet<string> = new Set([
  "monitoring.coreos.com/ServiceMonitor",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/Probe",
]);

type ObjectKind = Pick<ManifestHeader, "apiVersion" | "kind">;
const keyOf = ({ apiVersion, kind }: ObjectKind) => `${groupOf(apiVersion)}/${kind}`;

/** Whether a layer is synced before another one. */
export const isBefore = (a: Layer, b: Layer): boolean => layers.indexOf(a) < layers.indexOf(b);

/**
 * Layer of a service's workloads: its tier's. A chart that brings what its own objects of the layer
 * `configuration` are made of comes before them, whatever its tier.
 */
export function layerOf(service: ResolvedService, facts: EnvironmentFacts): Layer {
  const ofTier = facts.tiers[service.tier]?.layer ?? "applications";
  const configures =
    service.kind === "chart" &&
    Object.values(service.spec.objects ?? {}).some((object) => configuration.has(keyOf(object)));
  return configures && isBefore("configuration", ofTier) ? "controllers" : ofTier;
}

/** In: an object and the layer of its service. Out: the layer it is synced in. */
export function layerOfObject(object: ObjectKind, ofService: Layer): Layer {
  const key = keyOf(object);
  if (definitions.has(key)) return "definitions";
  // Being scraped gates nothing: nobody waits for the kinds of the Prometheus operator.
  if (monitoring.has(key)) return "applications";
  // Stores are configuration: a secret that is asked for before them would hold up its layer for ever.
  const isEarlySecret =
    key === "external-secrets.io/ExternalSecret" && isBefore(ofService, "configuration");
  return configuration.has(key) || isEarlySecret ? "configuration" : ofService;
}

/** Connections to services this one needs in its own layer: what its pods wait for. */
export function neededConnections(release: Release, component: ResolvedComponent): Connection[] {
  const wanted = (release.service.spec.needs ?? []).toSorted();
  return wanted.flatMap(
    (name) =>
      release.outgoing.find(
        (edge) =>
          edge.consumer.component === component &&
          edge.provider.service.name === name &&
          layerOf(edge.provider.service, release.facts) === layerOf(release.service, release.facts),
      ) ?? [],
  );
}
