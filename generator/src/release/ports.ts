/** Authored ports -> container ports with final names. */
import type { z } from "zod";
import type { Ports } from "../model/ports.ts";
import type { ResolvedComponent, ResolvedPort, ResolvedService } from "../model/platform.ts";

/** Each port in the order in which they are written; one with both protocols gives two container ports. */
export function resolvePorts(ports: z.infer<typeof Ports> | undefined): ResolvedPort[] {
  return Object.entries(ports ?? {}).flatMap(([name, port]): ResolvedPort[] => {
    if (typeof port === "number") return [tcp(name, name, port, false)];
    if ("grpc" in port) return [tcp(name, name, port.grpc, true)];
    const both = port.tcp !== undefined && port.udp !== undefined;
    return [
      ...(port.tcp === undefined ? [] : [tcp(name, both ? `${name}-tcp` : name, port.tcp, false)]),
      ...(port.udp === undefined
        ? []
        : [
            {
              name,
              containerName: both ? `${name}-udp` : name,
              number: port.udp,
              protocol: "UDP" as const,
              grpc: false,
            },
          ]),
    ];
  });
}

function tcp(name: string, containerName: string, number: number, grpc: boolean): ResolvedPort {
  return { name, containerName, number, protocol: "TCP", grpc };
}

/** The named port, else the only one, else `http`; undefined when that does not say which. */
export function healthPort(
  ports: readonly ResolvedPort[],
  name: string | undefined,
): ResolvedPort | undefined {
  const candidates = ports.filter((port) => port.protocol === "TCP");
  if (name !== undefined) return candidates.find((port) => port.name === name);
  return candidates.length === 1 ? candidates[0] : candidates.find((port) => port.name === "http");
}

/** The component and container ports that `http`, or `server/http`, names; undefined when none does. */
export function portOfService(
  service: ResolvedService,
  address: string,
): { component: ResolvedComponent; ports: readonly ResolvedPort[] } | undefined {
  const [name, componentName] = address.split("/").reverse();
  const candidates =
    service.kind === "service"
      ? service.components
      : service.components.filter((candidate) => candidate.name === componentName);
  if (service.kind === "service" && componentName !== undefined) return undefined;
  for (const component of candidates) {
    const ports = component.ports.filter((port) => port.name === name);
    if (ports.length > 0) return { component, ports };
  }
  return undefined;
}
