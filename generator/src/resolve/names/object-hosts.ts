/** Names in objects and patches that another service has a route for, and those that are published beside routes. */
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { brings } from "../../release/brings.ts";
import { carriesProxies, covers, fullHosts } from "../../release/network/gateways.ts";
import { namesInObjects } from "./in-objects.ts";
import type { NameInObject } from "./in-objects.ts";
import { siteOf } from "../site.ts";

/** In: all releases of one cluster. Problems: NAME_TAKEN; MANIFEST_ROUTE_UNDECLARED for a name that is published. */
export function checkObjectHosts(releases: readonly Release[]): Problem[] {
  const named = releases
    .filter((release) => !isKeeper(release))
    .map((release) => ({ release, names: namesInObjects(release) }))
    .filter(({ names }) => names.length > 0);
  const hosts = named.length === 0 ? [] : releases.flatMap(hostsOf);
  return named.flatMap(({ release, names }) => {
    const isOwn = ({ service }: Host) => service === release.service.name;
    const others = hosts.filter((one) => !isOwn(one));
    const mine = hosts.filter(isOwn);
    return names.flatMap((found) => {
      const { name, publishes } = found;
      if (found.exposed === true && mine.some(({ host }) => host === name))
        return [twice(release, found)];
      if (mine.some(({ host }) => host === name || covers(host, name))) return [];
      const other = others.find(
        ({ host }) => host === name || covers(host, name) || covers(name, host),
      );
      if (other !== undefined) return [taken(release, found, other)];
      return publishes ? [published(release, found)] : [];
    });
  });
}

/** What gateways and external-dns of a cluster say is for all services. */
const isKeeper = (release: Release): boolean =>
  carriesProxies(release) || brings(release.service, "externaldns.k8s.io");

interface Host {
  readonly service: string;
  readonly host: string;
}

const hostsOf = ({ service, facts }: Release): Host[] =>
  Object.values(service.spec.routes ?? {}).flatMap((route) =>
    fullHosts(route, facts.environment.domain).map((host) => ({ service: service.name, host })),
  );

const taken = (release: Release, { keys, by, name }: NameInObject, other: Host): Problem =>
  siteOf(release).report("NAME_TAKEN", keys, {
    message: `${by} is for ${name}, ${relation(name, other)}`,
    found: JSON.stringify(name),
    expected: `a host of routes of ${release.service.name}, or one that is nobody's`,
    fix: "take it out, or write a host of its own routes",
  });

/** One record leads to one address: that of the gateway, or that of the load balancer. */
const twice = (release: Release, { keys, by, name }: NameInObject): Problem =>
  siteOf(release).report("NAME_TAKEN", keys, {
    message: `${by} is for ${name}, which is a host of a route of ${release.service.name}`,
    found: JSON.stringify(name),
    expected: "a name that no route has: it leads to a load balancer",
    fix: "write another name, or give the route another host",
  });

function relation(name: string, { host, service }: Host): string {
  if (host === name) return `a host of ${service}`;
  return covers(name, host)
    ? `which takes in ${host} of ${service}`
    : `which is among ${host} of ${service}`;
}

const published = (release: Release, { keys, by, name }: NameInObject): Problem =>
  siteOf(release).report("MANIFEST_ROUTE_UNDECLARED", keys, {
    message: `${by} publishes ${name}, and no field says for whom it is`,
    found: JSON.stringify(name),
    expected: `a host of routes of ${release.service.name}`,
    fix: `take it out, and write it under routes: web: { host: ${JSON.stringify(name)}, to: "http", audience: "public", signIn: "own" }`,
  });
