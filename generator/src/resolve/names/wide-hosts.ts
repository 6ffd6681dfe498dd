/** Wildcards that take in the hosts of others: on another gateway they are the ones that answer, and for every name that comes later. */
import type { Release } from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { covers, fullHost, sharesHosts, writtenHosts } from "../../release/network/gateways.ts";
import { saidToShare } from "./host-claims.ts";
import { siteOf } from "../site.ts";

interface Host {
  readonly release: Release;
  readonly route: string;
  /** As the file has it. */
  readonly written: string;
  readonly host: string;
  /** The field as it would say why. */
  readonly said: string;
}

/** In: all releases of one cluster. Problems: NAME_TAKEN, at the wildcard; none where one of the two says why it shares. */
export function checkWideHosts(releases: readonly Release[]): Problem[] {
  const hosts = releases.flatMap(unshared);
  return hosts
    .filter(({ host }) => host.startsWith("*."))
    .flatMap((wide) => {
      const [first, ...more] = hosts.filter(
        ({ host, release }) =>
          release.service.name !== wide.release.service.name && covers(wide.host, host),
      );
      return first === undefined ? [] : [problem(wide, first, more.length)];
    });
}

function problem({ release, route, written, host, said }: Host, first: Host, more: number) {
  const { name } = release.service;
  const { service, facts } = first.release;
  const others = more === 0 ? "" : `, and ${more} more`;
  return siteOf(release).report("NAME_TAKEN", ["routes", route, "host"], {
    message: `host ${host} takes in ${first.host} of ${service.name}${others}`,
    found: JSON.stringify(written),
    expected: "a host that takes in nobody else's",
    fix: `write host: "*.${name}", or say why it takes in all others: ${said}`,
    related: [
      {
        file: service.file,
        keys: ["routes", first.route, "host"],
        note: `${service.name} has ${first.host} in ${facts.name}`,
        environment: facts.name,
      },
    ],
  });
}

const unshared = (release: Release): Host[] =>
  Object.entries(release.service.spec.routes ?? {}).flatMap(([route, value]) =>
    sharesHosts(value)
      ? []
      : writtenHosts(value).map((written) => ({
          release,
          route,
          written,
          host: fullHost(written, release.facts.environment.domain),
          said: saidToShare(writtenHosts(value)),
        })),
  );
