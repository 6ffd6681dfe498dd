/** What alerts need where Alertmanager is: the environment that carries Prometheus says it for its whole cluster. */
import type { AlertRouting, Receiver } from "../../model/alert-routing.ts";
import type { Release } from "../../model/platform.ts";
import { runsScraper } from "./scraping.ts";

/** What the release that carries Prometheus and Alertmanager has to know; undefined for others. */
export function alertRoutingOf(release: Release): AlertRouting | undefined {
  const { alerts } = release.facts.environment;
  return alerts !== undefined && runsScraper(release) ? alerts : undefined;
}

/** Keys of the environment's secrets a receiver reads, by the field that names them. */
export function secretsOfReceiver(receiver: Receiver): readonly (readonly [string, string])[] {
  return Object.entries(receiver).flatMap(([field, value]) =>
    value === undefined || typeof value === "string" ? [] : [[field, value.secret] as const],
  );
}
