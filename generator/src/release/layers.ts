/** Start order: which layer a service and each of its objects belong to. */
import { layers } from "../model/layers.ts";
import type { Layer } from "../model/layers.ts";
import type { ManifestHeader } from "../model/manifest.ts";
import type {
  Connection,
  EnvironmentFacts,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../model/platform.ts";
import { kindOf } from "../model/scopes.ts";
import { ownObjects } from "./objects.ts";

/** What must be there before anything that uses it: kinds, priorities, classes of storage and of run time. */
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

/**
 * What is healthy only when a Gateway, a store or an issuer is: in an earlier layer it would wait for the next
 * one for ever (Argo CD calls a route Progressing until a Gateway has answered it, and so on).
 */
const configured: ReadonlySet<string> = new Set([
  "cert-manager.io/Certificate",
  "external-secrets.io/ExternalSecret",
  "gateway.envoyproxy.io/SecurityPolicy",
  "gateway.networking.k8s.io/GRPCRoute",
  "gateway.networking.k8s.io/HTTPRoute",
  "gateway.networking.k8s.io/TCPRoute",
  "gateway.networking.k8s.io/TLSRoute",
  "gateway.networking.k8s.io/UDPRoute",
]);

const monitoring: ReadonlySet<string> = new Set([
  "monitoring.coreos.com/ServiceMonitor",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/Probe",
  "monitoring.coreos.com/AlertmanagerConfig",
]);

/** Kinds that must wait until all data is back: a backup made while a cluster is being restored would be the newest one, and lack what is not back yet. */
const afterData: ReadonlySet<string> = new Set(["velero.io/Schedule"]);

/**
 * Layers of objects: those of services, and `monitors`, which come with the last one and apart from it. Where
 * the kinds of the Prometheus operator are not there, the monitors fail and the services do not.
 */
export const objectLayers = [...layers, "monitors"] as const;

export type ObjectLayer = (typeof objectLayers)[number];

/** The wave of the root in which the Applications of a layer are synced; nothing waits for those of the last. */
export const waveOf = (layer: ObjectLayer): number =>
  Math.min(objectLayers.indexOf(layer), layers.length - 1) * 10;

type ObjectKind = Pick<ManifestHeader, "apiVersion" | "kind">;

/** Whether a layer is synced before another one. */
export const isBefore = (a: Layer, b: Layer): boolean => layers.indexOf(a) < layers.indexOf(b);

/**
 * Layer of a service's workloads: its tier's. A chart that brings what its own objects of the layer
 * `configuration` are made of comes before them, whatever its tier.
 */
export function layerOf(service: ResolvedService, facts: EnvironmentFacts): Layer {
  const ofTier = facts.tiers[service.tier]?.layer ?? "applications";
  return mayComeEarlier(service, facts) && configuresItself(service) ? "controllers" : ofTier;
}

/** Whether objects of its own could bring it into an earlier layer than its tier's. */
export const mayComeEarlier = (service: ResolvedService, { tiers }: EnvironmentFacts): boolean =>
  service.kind === "chart" &&
  isBefore("configuration", tiers[service.tier]?.layer ?? "applications");

/** Whether an object of its own is of the layer `configuration`. */
export const configuresItself = (service: ResolvedService): boolean =>
  ownObjects(service).some(({ object }) => configuration.has(kindOf(object)));

/** In: an object and the layer of its service. Out: the layer it is synced in. */
export function layerOfObject(object: ObjectKind, ofService: Layer): ObjectLayer {
  const key = kindOf(object);
  if (definitions.has(key)) return "definitions";
  if (monitoring.has(key)) return "monitors";
  if (afterData.has(key)) return "applications";
  const isTooEarly = configured.has(key) && isBefore(ofService, "configuration");
  return configuration.has(key) || isTooEarly ? "configuration" : ofService;
}

/**
 * Connections to services this one needs in its own layer: what its pods wait for. Nothing is waited for that `nc` cannot
 * ask: UDP, and an upstream chart, whose Service has a name we do not know.
 */
export function neededConnections(release: Release, component: ResolvedComponent): Connection[] {
  const wanted = (release.service.spec.needs ?? []).toSorted();
  return wanted.flatMap(
    (name) =>
      release.outgoing.find(
        (edge) =>
          edge.consumer.component === component &&
          edge.provider.service.name === name &&
          edge.provider.component.source.kind !== "chart" &&
          edge.ports.some(({ protocol }) => protocol === "TCP") &&
          layerOf(edge.provider.service, release.facts) === layerOf(release.service, release.facts),
      ) ?? [],
  );
}
