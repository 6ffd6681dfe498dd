/** Objects of kind Service: one a component with ports, the names of StatefulSet pods, more where asked, load balancers. */
import type { Component } from "../model/component.ts";
import type { Exposure } from "../model/connections.ts";
import type { Release, ResolvedComponent, ResolvedPort } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { portOfService } from "../release/ports.ts";
import { concernName, podsServiceName } from "../model/names.ts";
import { compact } from "./compact.ts";
import { hasService } from "../release/components.ts";

type KubernetesServices = ServiceValues["services"];
type Ports = KubernetesServices[string]["ports"];

/** All Services the library renders, by object name. */
export function kubernetesServices(release: Release): KubernetesServices {
  return Object.fromEntries([
    ...release.service.components.flatMap(ofComponent),
    ...loadBalancers(release),
  ]);
}

function ofComponent(
  component: ResolvedComponent,
): (readonly [string, KubernetesServices[string]])[] {
  if (component.source.kind === "chart") return [];
  const { spec } = component.source;
  return [
    ...(hasService(component)
      ? [
          [
            component.objectName,
            { component: component.name, ports: servicePorts(component, component.ports) },
          ] as const,
        ]
      : []),
    ...(spec.runs?.as === "statefulSet"
      ? [[podsServiceName(component.objectName), podNames(component)] as const]
      : []),
    ...extra(component, spec),
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

function extra(
  component: ResolvedComponent,
  spec: Component,
): (readonly [string, KubernetesServices[string]])[] {
  return Object.entries(spec.services ?? {}).map(
    ([name, { ports, headless, publishNotReady, sticky }]) => [
      concernName(component.objectName, name),
      {
        component: component.name,
        ports: servicePorts(
          component,
          component.ports.filter((port) => ports.includes(port.name)),
        ),
        ...compact({ headless, publishNotReady, sticky }),
      },
    ],
  );
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

function loadBalancers(release: Release): (readonly [string, KubernetesServices[string]])[] {
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
    return [
      [
        object,
        {
          component: component.name,
          ...selects,
          ports: exposedPorts(ends),
          loadBalancer: loadBalancer(release, { name, object, exposure }),
        },
      ] as const,
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
  readonly object: string;
  readonly exposure: Exposure;
}

function loadBalancer(
  release: Release,
  { name, object, exposure }: LoadBalancer,
): NonNullable<KubernetesServices[string]["loadBalancer"]> {
  const { cluster, environment } = release.facts;
  const clients =
    exposure.clients === "lan"
      ? cluster.networks.lan
      : exposure.clients === "internet"
        ? undefined
        : exposure.clients;
  // Its own name in DNS, where the cluster says how external-dns is asked; routes need none: their hosts are read.
  const annotations =
    cluster.annotationPrefix === undefined
      ? undefined
      : {
          [`${cluster.annotationPrefix.replace(/\/$/, "")}/hostname`]: `${object}.${environment.domain}`,
        };
  return compact({
    address: release.addresses[name],
    clients,
    keepClientAddress: exposure.keepClientAddress,
    annotations,
  });
}
