/** The hosts a release claims for its routes: one host is one service's, which may share it among its own routes. */
import type { Route } from "../../model/connections.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { fullHost, sharesHosts, writtenHosts } from "../../release/network/gateways.ts";
import { annotationOf, exposedHost } from "../../release/network/public-names.ts";
import { concernName } from "../../model/names.ts";
import { at } from "../../model/reading.ts";
import type { Claim, MakeClaim } from "./claim.ts";

/** One claim for each host and part of it. */
export function hostClaims(
  facts: EnvironmentFacts,
  { service }: Release,
  claim: MakeClaim,
): Claim[] {
  const { domain } = facts.environment;
  return Object.entries(service.spec.routes ?? {}).flatMap(([route, value]) => {
    const hosts = [...new Set(writtenHosts(value))];
    const parts = partsOfHost(value);
    const sharing = {
      isSaid: sharesHosts(value),
      said: saidToShare(hosts),
      isPart: !parts.includes(""),
    };
    return hosts.flatMap((host) => {
      const full = fullHost(host, domain);
      const isOwnName = host.replace(/^\*\./, "").split(".")[0] === service.name;
      return parts.map((part) => {
        const share = [value.audience, value.listener, part].filter(Boolean).join(" ");
        return claim(`host ${full} (${share})`, ["routes", route, "host"], {
          // The name of the service itself is the first that comes to mind.
          propose: (suffix) => {
            if (isOwnName || host.startsWith("*")) return suffixedHost(host, suffix);
            return suffix === 2
              ? host.replace(/^[^.]+/, service.name)
              : suffixedHost(host, suffix - 1);
          },
          with: (proposal) => `host ${fullHost(proposal, domain)}`,
          isOwnName,
          isFull: full === host,
          shown: `host ${host}`,
          name: `host ${full}`,
          field: "host",
          sharing,
        });
      });
    });
  });
}

/** The names load balancers have in DNS: one record leads to one address, so no route can have such a name. */
export function exposedHostClaims(release: Release, claim: MakeClaim): Claim[] {
  const { exposes = {}, patches = {} } = release.service.spec;
  const { name } = release.service;
  const annotation = annotationOf(release.facts, "hostname");
  return Object.keys(exposes).flatMap((exposure) => {
    const host = exposedHost(release, exposure);
    const patch = patches[`service/${concernName(name, exposure)}`];
    // A patch that says another name is looked at where names in patches are; one that takes it away (null) leaves no record.
    if (host === undefined || at(patch, "metadata", "annotations", annotation) !== undefined)
      return [];
    return claim(`host ${host} (exposed)`, ["exposes", exposure], {
      propose: (suffix) => `${exposure}-${suffix}`,
      with: (proposal) => `host ${exposedHost(release, proposal)}`,
      shown: `host ${host}`,
      name: `host ${host}`,
      explicit: false,
      alone: true,
      target: "key",
    });
  });
}

/** The field as it gives a reason. */
export function saidToShare(hosts: readonly string[]): string {
  const texts = hosts.map((host) => JSON.stringify(host)).join(", ");
  return `host: because(${hosts.length === 1 ? texts : `[${texts}]`}, "say why here")`;
}

/**
 * What a route takes of its hosts, each once: several routes may share one when they differ in path, in what a rule asks of
 * a request, or in the gateway's port. Empty for all of it.
 */
function partsOfHost({ paths = ["/"], rules }: Route): string[] {
  const parts =
    rules === undefined
      ? paths
      : Object.values(rules).map(({ path = "/", exact, method, headers = {} }) =>
          [
            exact === true ? `exactly ${path}` : path,
            method,
            ...Object.entries(headers)
              .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
              .toSorted(),
          ]
            .filter(Boolean)
            .join(" "),
        );
  return [...new Set(parts.map((part) => (part === "/" ? "" : part)))];
}

/** The suffix belongs to the first label: the rest is a domain that exists. */
function suffixedHost(host: string, suffix: number): string {
  return host.replace(/^(\*\.)?[^.]+/, (first) => `${first}-${suffix}`);
}
