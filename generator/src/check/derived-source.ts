/** Which fields of a service an object is made of, in words: a person who has made a second one asks what makes the first. */
import { ownObjects } from "../release/objects.ts";
import type { ResolvedService } from "../model/platform.ts";
import { pathText } from "../problems/issues/text.ts";
import type { ManifestHeader } from "../model/manifest.ts";

type Named = Pick<ManifestHeader, "kind" | "name">;

/** Fields by kind, of a component where it is one's and of the service otherwise. */
const fields: Readonly<Record<string, string>> = {
  ConfigMap: "files",
  CronJob: "runs",
  DaemonSet: "runs",
  Deployment: "runs",
  ExternalSecret: "the secrets it reads",
  GRPCRoute: "routes",
  HorizontalPodAutoscaler: "scale",
  HTTPRoute: "routes",
  Job: "runs",
  LimitRange: "its containers",
  Namespace: "tier",
  NetworkPolicy: "its connections",
  PersistentVolume: "storage",
  PersistentVolumeClaim: "storage",
  PodDisruptionBudget: "replicas",
  PodMonitor: "metrics",
  PrometheusRule: "what it is watched by",
  ResourceQuota: "quota",
  Role: "account",
  RoleBinding: "account",
  SecurityPolicy: "signIn of its routes",
  Service: "ports",
  ServiceAccount: "account",
  ServiceMonitor: "metrics",
  StatefulSet: "runs",
  TCPRoute: "routes",
  TLSRoute: "routes",
  UDPRoute: "routes",
};

/** `components.server.ports`, `storage.config`, `its connections`. */
export function derivedFrom(service: ResolvedService, { kind, name }: Named): string {
  const field = fields[kind] ?? "its other fields";
  if (/ /.test(field)) return field;
  const named = ["routes", "storage"].includes(field) ? [name] : [];
  const component = service.components.find(({ objectName }) => objectName === name);
  return pathText([...(component?.path ?? []), field, ...named]);
}

/** The keys under `objects` of a kind and name: several, where two of them say the same `metadata.name`. */
export const ownKeys = (service: ResolvedService, { kind, name }: Named): string[] =>
  ownObjects(service)
    .filter((own) => own.kind === kind && own.name === name)
    .map(({ key }) => key);

/** Kinds of which no patch may change what others rely on. */
const unpatched: ReadonlySet<string> = new Set(["NetworkPolicy", "Namespace"]);

/** How a person changes a derived object in place of making a second one. */
export const howToChange = (service: ResolvedService, object: Named): string =>
  unpatched.has(object.kind)
    ? `take it out, as RZP makes it of ${derivedFrom(service, object)}`
    : `change the one that is there with patches: { "${object.kind.toLowerCase()}/${object.name}": { … } }`;
