/** Objects of kind Service: one a component with ports, the names of StatefulSet pods, more where asked, load balancers. */
import type { Component } from "../model/component.ts";
import type { Exposure } from "../model/connections.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { portOfService } from "../resolve/connections.ts";
import { concernName } from "../resolve/names.ts";
import { compact } from "./compact.ts";
import { hasService } from "./monitors.ts";

type KubernetesServices = ServiceValues["services"];
type Ports = KubernetesServices[string]["ports"];

export function kubernetesServices(release: Release): KubernetesServices {
  return Object.fromEntries([...release.service.components.flatMap(ofComponent), ...loadBalancers(release)]);
}

function ofComponent(component: ResolvedComponent): (readonly [string, KubernetesServices[string]])[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  return [
    ...(hasService(component) ? [[component.objectName, { component: component.name, ports: servicePorts(component.ports) }] as const] : []),
    ...(spec.runs?.as === "statefulSet" ? [[concernName(component.objectName, "pods"), podNames(component)] as const] : []),
    ...extra(component, spec),
  ];
}

/** Without an address of its own: gives each pod of a StatefulSet a name, ready or not. */
function podNames(component: ResolvedComponent): KubernetesServices[string] {
  return { component: component.name, ports: servicePorts(component.ports), headless: true, publishNotReady: true };
}

function extra(component: ResolvedComponent, spec: Component): (readonly [string, KubernetesServices[string]])[] {
  return Object.entries(spec.services ?? {}).map(([name, { ports, headless, publishNotReady, sticky }]) => [
    concernName(component.objectName, name),
    compact({ component: component.name, ports: servicePorts(component.ports.filter((port) => ports.includes(port.name))), headless, publishNotReady, sticky }) as KubernetesServices[string],
  ]);
}

/** A Service listens on the same number as the pod: one number to remember. */
function servicePorts(ports: readonly ResolvedPort[]): Ports {
  return Object.fromEntries(ports.map((port) => [port.containerName, portValues(port, port.number)]));
}

function portValues(port: ResolvedPort, number: number): Ports[string] {
  return compact({ port: number, target: port.containerName, protocol: port.protocol === "UDP" ? ("UDP" as const) : undefined, appProtocol: port.grpc ? "kubernetes.io/h2c" : undefined });
}

function loadBalancers(release: Release): (readonly [string, KubernetesServices[string]])[] {
  return Object.entries(release.service.spec.exposes ?? {}).flatMap(([name, exposure]) => {
    const ends = Object.entries(exposure.ports).flatMap(([outside, address]) => {
      const end = portOfService(release.service, address);
      return end === undefined ? [] : [{ outside: Number(outside), ...end }];
    });
    const [first] = ends;
    if (first === undefined) return [];
    const ports = Object.fromEntries(ends.flatMap(({ outside, ports: inside }) => inside.map((port) => [port.containerName, portValues(port, outside)])));
    const values = { component: first.component.name, ports, loadBalancer: loadBalancer(release, exposure, release.addresses[name]) };
    return [[concernName(release.service.name, name), values] as const];
  });
}

function loadBalancer(release: Release, exposure: Exposure, address: string | undefined): NonNullable<KubernetesServices[string]["loadBalancer"]> {
  const { cluster } = release.facts;
  const clients = exposure.clients === "lan" ? cluster.networks.lan : exposure.clients === "internet" ? undefined : exposure.clients;
  return compact({ address, clients, keepClientAddress: exposure.keepClientAddress }) as NonNullable<KubernetesServices[string]["loadBalancer"]>;
}
