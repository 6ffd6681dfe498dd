/** Objects of kind Service: one a component with ports, the names of StatefulSet pods, more where asked, load balancers. */
import type { Component } from "../model/component.ts";
import type { Exposure } from "../model/connections.ts";
import type { Derived } from "../model/derived.ts";
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { componentFact, serviceFact } from "../release/causes.ts";
import { portOfService } from "../release/ports.ts";
import { concernName, podsServiceName } from "../model/names.ts";
import { compact } from "./compact.ts";
import { hasService } from "../release/components.ts";
import { annotationOf, exposedHost } from "../release/network/public-names.ts";

type KubernetesServices = ServiceValues["services"];
type Ports = KubernetesServices[string]["ports"];

type DerivedService = Derived<readonly [string, KubernetesServices[string]]>;

/** All Services the library renders, by object name. */
export const kubernetesServices = (release: Release): KubernetesServices =>
  Object.fromEntries(valuesOf(derivedServices(release)));

/** One for the ports of a component, the names of StatefulSet pods, more where asked, load balancers. */
export function derivedServices(release: Release): DerivedService[] {
  return [
    ...release.service.components.flatMap((component) => ofComponent(release, component)),
    ...loadBalancers(release),
  ];
}

function ofComponent({ service }: Release, component: ResolvedComponent): DerivedService[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  const fact = (...path: string[]) => componentFact(service, component, ...path);
  const ports = Object.keys(spec.ports ?? {}).map((name) => fact("ports", name));
  return [
    ...(hasService(component)
      ? [
          {
            value: [
              component.objectName,
              { component: component.name, ports: servicePorts(component, component.ports) },
            ] as const,
            rule: "service-of-ports" as const,
            causes: ports,
          },
        ]
      : []),
    ...(spec.runs?.as === "statefulSet"
      ? [
          {
            value: [podsServiceName(component.objectName), podNames(component)] as const,
            rule: "service-of-pods" as const,
            causes: [fact("runs"), ...ports],
          },
        ]
      : []),
    ...Object.entries(spec.services ?? {}).map(([name, asked]) => ({
      value: [concernName(component.objectName, name), askedFor(component, asked)] as const,
      rule: "service-asked-for" as const,
      causes: [fact("services", name)],
    })),
  ];
}

/** Without an address of its own: gives each pod of a StatefulSet a name, ready or not. */
function podNames(component: ResolvedComponent): KubernetesServices[string] {
  return {
    component: component.name,
    ports: servicePorts(component, component.ports),
    headless: true,
    publishNotReady: true,
  };
}

function askedFor(
  component: ResolvedComponent,
  { ports, headless, publishNotReady, sticky }: NonNullable<Component["services"]>[string],
): KubernetesServices[string] {
  return {
    component: component.name,
    ports: servicePorts(
      component,
      component.ports.filter((port) => ports.includes(port.name)),
    ),
    ...compact({ headless, publishNotReady, sticky }),
  };
}

/** A Service listens on the same number as the pod: one number to remember. */
function servicePorts(component: ResolvedComponent, ports: readonly ResolvedPort[]): Ports {
  return Object.fromEntries(
    ports.map((port) => [port.containerName, portValues(component, port, port.number)]),
  );
}

/** Pods that RZP does not make (of a database cluster, of a chart) have names of their own for their ports. */
function portValues(
  component: ResolvedComponent,
  port: ResolvedPort,
  number: number,
): Ports[string] {
  return compact({
    port: number,
    target: hasService(component) ? port.containerName : port.number,
    protocol: port.protocol === "UDP" ? ("UDP" as const) : undefined,
    appProtocol: port.grpc ? "kubernetes.io/h2c" : undefined,
  });
}

function loadBalancers(release: Release): DerivedService[] {
  return Object.entries(release.service.spec.exposes ?? {}).flatMap(([name, exposure]) => {
    const ends = Object.entries(exposure.ports).flatMap(([outside, address]) => {
      const end = portOfService(release.service, address);
      return end === undefined ? [] : [{ outside: Number(outside), ...end }];
    });
    const [first] = ends;
    if (first === undefined) return [];
    const { component } = first;
    const object = concernName(release.service.name, name);
    const selects =
      component.source.kind === "chart" ? { selects: { ...component.podLabels } } : {};
    const values = {
      component: component.name,
      ...selects,
      ports: exposedPorts(ends),
      loadBalancer: loadBalancer(release, { name, exposure }),
    };
    return [
      {
        value: [object, values] as const,
        rule: "load-balancer",
        causes: [serviceFact(release.service, "exposes", name)],
      },
    ];
  });
}

interface Exposed {
  readonly outside: number;
  readonly component: ResolvedComponent;
  readonly ports: readonly ResolvedPort[];
}

/** A port that is reached by two numbers outside is two ports; the second bears its number. */
function exposedPorts(ends: readonly Exposed[]): Ports {
  const ports: Record<string, Ports[string]> = {};
  for (const { outside, component, ports: inside } of ends) {
    for (const port of inside)
      ports[port.containerName in ports ? `${port.containerName}-${outside}` : port.containerName] =
        portValues(component, port, outside);
  }
  return ports;
}

interface LoadBalancer {
  readonly name: string;
  readonly exposure: Exposure;
}

function loadBalancer(
  release: Release,
  { name, exposure }: LoadBalancer,
): NonNullable<KubernetesServices[string]["loadBalancer"]> {
  const { cluster } = release.facts;
  const clients =
    exposure.clients === "lan"
      ? cluster.networks.lan
      : exposure.clients === "internet"
        ? undefined
        : exposure.clients;
  // Its own name in DNS, where the cluster says how external-dns is asked; routes need none: their hosts are read.
  const host = exposedHost(release, name);
  const annotations =
    host === undefined ? undefined : { [annotationOf({ cluster }, "hostname")]: host };
  return compact({
    address: release.addresses[name],
    clients,
    keepClientAddress: exposure.keepClientAddress,
    annotations,
  });
}
