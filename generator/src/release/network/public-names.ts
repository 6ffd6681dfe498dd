/** Which names the internet finds a cluster by, and who writes them. */
import { namesWriter } from "../../model/known-services.ts";
import type { PublicNames } from "../../model/public-names.ts";
import { concernName, gatewayHost } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import type { Route } from "../../model/connections.ts";
import { fullHost, writtenHosts } from "./gateways.ts";

/** external-dns since v0.22.0. */
const usualPrefix = "external-dns.kubernetes.io";

/** In: facts of a release, the last word of an annotation. Out: the annotation as external-dns of its cluster reads it. */
export const annotationOf = (
  { cluster }: Pick<Release["facts"], "cluster">,
  word: "cloudflare-proxied" | "hostname" | "target",
): string => `${(cluster.annotationPrefix ?? usualPrefix).replace(/\/$/, "")}/${word}`;

/** In: a release, an exposure. Out: the name its load balancer has in DNS, where the cluster says how external-dns is asked. */
export const exposedHost = (
  { service, facts: { cluster, environment } }: Pick<Release, "service" | "facts">,
  exposure: string,
): string | undefined =>
  cluster.annotationPrefix === undefined
    ? undefined
    : `${concernName(service.name, exposure)}.${environment.domain}`;

/** A host of a public route, with where it is written. */
export interface PublicHost {
  readonly host: string;
  readonly written: string;
  readonly release: Release;
  readonly route: string;
  readonly kind: NonNullable<Route["kind"]>;
}

/** In: releases. Out: hosts of their public routes, one for each place where one is written. */
export function publicHosts(releases: readonly Release[]): PublicHost[] {
  return releases.flatMap((release) =>
    Object.entries(release.service.spec.routes ?? {})
      .filter(([, { audience }]) => audience === "public")
      .flatMap(([name, route]) =>
        writtenHosts(route).map((written) => ({
          host: fullHost(written, release.facts.environment.domain),
          written,
          release,
          route: name,
          kind: route.kind ?? "http",
        })),
      ),
  );
}

/** Releases of a service, one in each environment that runs it. */
export const releasesOf = (releases: readonly Release[], name: string): Release[] =>
  releases.filter(({ service }) => service.name === name);

/** Whether the carrier of a cluster writes the names of its routes itself. In: releases of the cluster. */
export const writesNames = (releases: readonly Release[]): boolean =>
  releasesOf(releases, namesWriter).some(({ facts }) => facts.name === facts.cluster.carrier);

/** What names of routes lead to. In: a cluster's name and zone. */
export const targetOf = (cluster: string, { zone }: PublicNames): string =>
  gatewayHost(cluster, zone.name);

/** Whether a name is in a zone. */
export const isInZone = (host: string, zone: string): boolean =>
  host === zone || host.endsWith(`.${zone}`);
