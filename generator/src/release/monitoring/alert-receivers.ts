/** What alerts need where Alertmanager is: the environment that carries Prometheus says it for its whole cluster. */
import type { AlertRouting, DeadMansSwitch, Receiver } from "../../model/alert-routing.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { runsScraper } from "./scraping.ts";

/** Who is told, as an environment says it; undefined where it says nothing, or why nobody is. */
export function saidAlerts({ environment }: EnvironmentFacts): AlertRouting | undefined {
  const { alerts } = environment;
  return alerts === undefined || "because" in alerts ? undefined : alerts;
}

/** What the release that carries Prometheus and Alertmanager has to know; undefined for others. */
export function alertRoutingOf(release: Release): AlertRouting | undefined {
  return runsScraper(release) ? saidAlerts(release.facts) : undefined;
}

/** The dead man's switch; undefined where nothing is said of one, or why there is none. */
export function switchOf({ deadMansSwitch }: AlertRouting): DeadMansSwitch | undefined {
  return deadMansSwitch === undefined || "because" in deadMansSwitch ? undefined : deadMansSwitch;
}

/** Keys of the environment's secrets a receiver reads, by the field that names them. */
export function secretsOfReceiver(receiver: Receiver): readonly (readonly [string, string])[] {
  return Object.entries(receiver).flatMap(([field, value]) =>
    typeof value === "object" && "secret" in value ? [[field, value.secret] as const] : [],
  );
}

/** Whom Alertmanager calls to tell a receiver: a host of the home network, else somebody on the internet. Undefined for a service of the cluster, which is consumed as any other. */
export function calledFor(
  receiver: Receiver,
): { readonly host?: string | undefined; readonly port: number } | undefined {
  // An address that is a secret is known to nobody here: it is taken for https, as all are that people get.
  if (!("email" in receiver)) return { port: 443 };
  const { server, at } = receiver;
  return namespaceOfServer(server) === undefined
    ? { host: at?.lan, port: Number(server.split(":")[1]) }
    : undefined;
}

/** The namespace of a server that is a service of the cluster (Kubernetes, DNS for Services and Pods); undefined for any other. */
export const namespaceOfServer = (server: string): string | undefined =>
  /^[^.:]+\.([^.:]+)\.svc(?:\.[^:]+)?:\d+$/.exec(server)?.[1];
