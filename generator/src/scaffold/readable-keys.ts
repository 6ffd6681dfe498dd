/** What consumers of a service can read with `from(service, key)`. */
import type { z } from "zod";
import type { Offers } from "../model/connections.ts";
import type { Ports } from "../model/ports.ts";
import type { AuthoredService } from "../model/service.ts";

const portFacts = ["host", "port", "url"] as const;

/**
 * Keys of a service, in no particular order. The sole container port of a service gives the short
 * keys `host`, `port` and `url`; of several each gives them after its name, `http-host`, or
 * `server-http-host` where there are components. Secrets that are offered are keys too, and what a
 * login gives.
 */
export function readableKeys(authored: AuthoredService): readonly string[] {
  const ports = containerPorts(authored);
  const addresses =
    ports.length === 1
      ? [...portFacts]
      : ports.flatMap((port) => portFacts.map((fact) => `${port}-${fact}`));
  return [...new Set([...addresses, ...offeredKeys(authored.spec.offers ?? {})])];
}

function containerPorts({ kind, spec }: AuthoredService): readonly string[] {
  if (kind === "service") return containerPortNames(spec.ports);
  return Object.entries(spec.components).flatMap(([name, { ports }]) =>
    containerPortNames(ports).map((port) => `${name}-${port}`),
  );
}

/** A port of both protocols is two container ports, named after them. */
export function containerPortNames(ports: z.infer<typeof Ports> | undefined): readonly string[] {
  return Object.entries(ports ?? {}).flatMap(([name, port]) => {
    const isDual =
      typeof port === "object" &&
      "udp" in port &&
      "tcp" in port &&
      port.udp !== undefined &&
      port.tcp !== undefined;
    return isDual ? [`${name}-tcp`, `${name}-udp`] : [name];
  });
}

function offeredKeys(offers: z.infer<typeof Offers>): readonly string[] {
  return Object.entries(offers).flatMap(([name, offer]) =>
    "gives" in offer ? offer.gives : [name],
  );
}
