/** `consumes` -> connections with both ends, over all services of an environment. */
import type { Edge } from "../model/connections.ts";
import type {
  Connection,
  Endpoint,
  EnvironmentFacts,
  ResolvedComponent,
  ResolvedPort,
  ResolvedService,
} from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import type { Keys } from "../problems/report.ts";

/** All services that run here by name, and the names of those that exist but do not. */
export interface Neighbours {
  readonly facts: EnvironmentFacts;
  readonly services: ReadonlyMap<string, ResolvedService>;
  readonly existing: readonly string[];
}

export interface Connected {
  readonly connections: readonly Connection[];
  readonly problems: readonly Problem[];
}

/** Problems: CONSUMES_UNKNOWN_SERVICE, CONSUMES_NOT_ENABLED, CONSUMES_NO_LOGIN, PORT_UNKNOWN, NAME_TAKEN for logins. */
export function connect(neighbours: Neighbours): Connected {
  const connections: Connection[] = [];
  const problems: Problem[] = [];
  for (const service of neighbours.services.values()) {
    for (const component of service.components) {
      for (const [target, edge] of Object.entries(component.consumes)) {
        const found = connectEdge({ neighbours, consumer: { service, component } }, target, edge);
        connections.push(...found.connections);
        problems.push(...found.problems);
      }
    }
  }
  return { connections, problems: [...problems, ...checkLogins(neighbours, connections)] };
}

/** A consumer has one login at a provider, and nobody else has it: role, database and Secret follow from the two. */
function checkLogins(neighbours: Neighbours, connections: readonly Connection[]): Problem[] {
  const byProvider = Map.groupBy(
    connections.filter(({ login }) => login !== undefined),
    ({ provider }) => provider.service,
  );
  return [...byProvider].flatMap(([provider, edges]) => {
    const loginOf = new Map<ResolvedService, string>();
    const ownerOf = new Map<string, ResolvedService>();
    const taken = new Set(edges.map(({ login }) => login));
    return edges.flatMap(({ consumer, login = "" }): Problem[] => {
      const { service } = consumer;
      const report = (message: string, expected: string, fix: string) => [
        problemAt(
          "NAME_TAKEN",
          service.file,
          [...edgeKeys({ neighbours, consumer }, provider.name), "login"],
          { message, found: JSON.stringify(login), expected, fix },
          neighbours.facts.name,
        ),
      ];
      const own = loginOf.get(service);
      if (own === login) return [];
      if (own !== undefined)
        return report(
          `${service.name} has the login \`${own}\` at ${provider.name} already, and one consumer has one`,
          "the same login in every component",
          `write ${JSON.stringify(own)}`,
        );
      loginOf.set(service, login);
      const owner = ownerOf.get(login);
      if (owner !== undefined)
        return report(
          `login ${login} of ${provider.name} is claimed by ${owner.name} and ${service.name}`,
          "a login nobody else has",
          `take ${JSON.stringify(freeLogin(taken, service.name, login))}, or change ${owner.name}`,
        );
      ownerOf.set(login, service);
      return [];
    });
  });
}

/** The consumer's own name where it is free. */
function freeLogin(
  taken: ReadonlySet<string | undefined>,
  consumer: string,
  login: string,
): string {
  const own = consumer.replaceAll("-", "_");
  if (!taken.has(own)) return own;
  for (let suffix = 2; ; suffix++)
    if (!taken.has(`${login}_${suffix}`)) return `${login}_${suffix}`;
}

interface Site {
  readonly neighbours: Neighbours;
  readonly consumer: Endpoint;
}

function connectEdge(site: Site, target: string, edge: Edge): Connected {
  if (target.startsWith("./")) return connectPeer(site, target, edge);
  const provider = site.neighbours.services.get(target);
  if (provider === undefined)
    return {
      connections: [],
      problems: isBroken(site.neighbours, target) ? [] : [unknownService(site, target)],
    };
  if (typeof edge === "object" && !Array.isArray(edge))
    return connectLogin(site, provider, edge.login);
  const results = [edge].flat().map((address, index) => {
    const end = portOfService(provider, address);
    const keys = Array.isArray(edge) ? [...edgeKeys(site, target), index] : edgeKeys(site, target);
    return end === undefined
      ? {
          connections: [],
          problems: [unknownPort(site, keys, { of: target, address, valid: addresses(provider) })],
        }
      : {
          connections: [
            {
              consumer: site.consumer,
              provider: { service: provider, component: end.component },
              ports: end.ports,
            },
          ],
          problems: [],
        };
  });
  return {
    connections: results.flatMap((result) => result.connections),
    problems: results.flatMap((result) => result.problems),
  };
}

/** A service that runs here but has mistakes of its own: those are told, and nothing that follows from them. */
export function isBroken({ facts, services }: Neighbours, name: string): boolean {
  return facts.services.includes(name) && !services.has(name);
}

function connectPeer(site: Site, target: string, edge: Edge): Connected {
  const { service } = site.consumer;
  const component = service.components.find((candidate) => candidate.name === target.slice(2));
  const keys = edgeKeys(site, target);
  const environment = site.neighbours.facts.name;
  if (component === undefined) {
    const valid = service.components.map((candidate) => `./${candidate.name}`);
    const text = {
      message: `\`${target}\` is not a component of ${service.name}`,
      ...choice(target, valid, "add the component"),
      target: "key" as const,
    };
    return {
      connections: [],
      problems: [problemAt("CONSUMES_UNKNOWN_SERVICE", service.file, keys, text, environment)],
    };
  }
  if (typeof edge === "object" && !Array.isArray(edge)) {
    return {
      connections: [],
      problems: [
        problemAt(
          "CONSUMES_NO_LOGIN",
          service.file,
          keys,
          { message: "a component of the same service needs no login", fix: "name its port" },
          environment,
        ),
      ],
    };
  }
  const wanted = [edge].flat();
  const unknown = wanted.filter((name) => !component.ports.some((port) => port.name === name));
  if (unknown.length > 0) {
    const valid = [...new Set(component.ports.map((port) => port.name))];
    return {
      connections: [],
      problems: unknown.map((address) => unknownPort(site, keys, { of: target, address, valid })),
    };
  }
  const ports = component.ports.filter((port) => wanted.includes(port.name));
  return {
    connections: [{ consumer: site.consumer, provider: { service, component }, ports }],
    problems: [],
  };
}

function connectLogin(site: Site, provider: ResolvedService, login: string): Connected {
  const offer = loginOffer(provider);
  const end = offer === undefined ? undefined : portOfService(provider, offer.port);
  // That the offer names no port of its provider is told there.
  if (offer !== undefined && end === undefined) return { connections: [], problems: [] };
  if (offer === undefined || end === undefined) {
    const text = {
      message: `${provider.name} offers no login`,
      found: `{ login: ${JSON.stringify(login)} }`,
      expected: `one of its ports: ${addresses(provider).join(", ")}`,
      fix: `name a port, or add a login to offers in ${provider.file}`,
    };
    return {
      connections: [],
      problems: [
        problemAt(
          "CONSUMES_NO_LOGIN",
          site.consumer.service.file,
          edgeKeys(site, provider.name),
          text,
          site.neighbours.facts.name,
        ),
      ],
    };
  }
  return {
    connections: [
      {
        consumer: site.consumer,
        provider: { service: provider, component: end.component },
        ports: end.ports,
        login,
      },
    ],
    problems: [],
  };
}

/** The one login a service offers, if any. */
export function loginOffer(
  service: ResolvedService,
): { name: string; port: string; gives: readonly string[] } | undefined {
  for (const [name, offer] of Object.entries(service.spec.offers ?? {})) {
    if ("port" in offer) return { name, ...offer };
  }
  return undefined;
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

/** All port addresses of a service as others write them. */
export function addresses(service: ResolvedService): string[] {
  const all = service.components.flatMap((component) =>
    component.ports.map((port) =>
      service.kind === "service" ? port.name : `${component.name}/${port.name}`,
    ),
  );
  return [...new Set(all)].sort();
}

/** Where an edge is written: at the component, or for all components at the top. */
function edgeKeys(site: Site, target: string): Keys {
  return [...site.consumer.component.path, "consumes", target];
}

function unknownPort(
  site: Site,
  keys: Keys,
  { of, address, valid }: { of: string; address: string; valid: readonly string[] },
): Problem {
  const text = {
    message: `${of} has no port \`${address}\``,
    ...choice(address, valid, `add the port to ${of}`),
  };
  return problemAt(
    "PORT_UNKNOWN",
    site.consumer.service.file,
    keys,
    text,
    site.neighbours.facts.name,
  );
}

function unknownService(site: Site, target: string): Problem {
  const { facts, existing } = site.neighbours;
  const keys = edgeKeys(site, target);
  const { file, name } = site.consumer.service;
  if (existing.includes(target)) {
    const text = {
      message: `${name} consumes ${target}, which does not run in ${facts.name}`,
      found: JSON.stringify(target),
      expected: "a service that runs in the same environment",
      fix: `add "${target}" to services in environments/${facts.name}/environment.ts, or remove: ["consumes.${target}"] in environments/${facts.name}/${name}.ts`,
      target: "key" as const,
    };
    return problemAt("CONSUMES_NOT_ENABLED", file, keys, text, facts.name);
  }
  const valid = existing.filter((candidate) => candidate !== name);
  const text = {
    message: `\`${target}\` is not a service of this repository`,
    ...choice(target, valid, `create it: npm run new-service ${target}`),
    target: "key" as const,
  };
  return problemAt("CONSUMES_UNKNOWN_SERVICE", file, keys, text, facts.name);
}
