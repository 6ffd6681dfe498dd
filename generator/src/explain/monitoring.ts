/** Who is watched, and why. */
import type { Release } from "../model/platform.ts";
import { derivedMonitors, derivedPodMonitors } from "../values/monitors.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

export function monitoringConsequences(release: Release): Consequence[] {
  const words = (
    kind: string,
    name: string,
    scrape: { ports: readonly string[]; path: string; interval: string },
  ) => ({
    about: `${kind} ${name}`,
    says: `reads ${scrape.path} of port ${scrape.ports.join(", ")} every ${scrape.interval}`,
  });
  return [
    ...derivedMonitors(release).map((derived) =>
      consequence(derived, ([name, monitor]) => words("ServiceMonitor", name, monitor)),
    ),
    ...derivedPodMonitors(release).map((derived) =>
      consequence(derived, ([name, monitor]) => words("PodMonitor", name, monitor)),
    ),
  ];
}
