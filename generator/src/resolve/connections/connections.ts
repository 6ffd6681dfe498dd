/** `consumes` -> connections with both ends, over all services of an environment. */
import { missingProvider } from "./missing-provider.ts";
import type { Edge } from "../../model/connections.ts";
import type {
  Connection,
  Endpoint,
  EnvironmentFacts,
  ResolvedService,
} from "../../model/platform.ts";
import type { Problem } from "../../problems/problem.ts";
import { portOfService } from "../../release/ports.ts";
import { isPostgresCluster } from "../../release/postgres.ts";
import { choice, problemAt } from "../../problems/report.ts";
import { nearest } from "../../problems/suggest.ts";
import type { Keys } from "../../model/reading.ts";
import { overlayFile } from "../../model/paths.ts";
import { entryKeys } from "../../release/entry-keys.ts";
import { readersBeside, readersOf } from "./readers.ts";
import { checkLogins } from "./logins.ts";
import { namesOf, portChoice } from "./port-choice.ts";
import type { PortName } from "./port-choice.ts";

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
  return {
    connections,
    problems: [...problems, ...checkLogins(neighbours.facts.name, connections)],
  };
}

type LoginEdge = Extract<Edge, { login: string }>;

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
  if (typeof edge === "object" && !Array.isArray(edge)) return connectLogin(site, provider, edge);
  const results = [edge].flat().map((address, index) => {
    const end = portOfService(provider, address);
    const keys = portKeys(site, target, edge, index);
    return end === undefined
      ? {
          connections: [],
          problems: [unknownPort(site, keys, { of: target, address, edge, ...portsOf(provider) })],
        }
      : {
          connections: [
            {
              consumer: site.consumer,
              provider: { service: provider, component: end.component },
              ports: end.ports,
              target,
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

/** Where one port of an entry stands, which may be a list of them. */
function portKeys({ consumer }: Site, target: string, edge: Edge, index: number): Keys {
  const keys = entryKeys(consumer, "consumes", target);
  return Array.isArray(edge) ? [...keys, index] : keys;
}

/** A service that runs here but has mistakes of its own: those are told, and nothing that follows from them. */
export function isBroken({ facts, services }: Neighbours, name: string): boolean {
  return facts.services.includes(name) && !services.has(name);
}

function connectPeer(site: Site, target: string, edge: Edge): Connected {
  const { service } = site.consumer;
  const component = service.components.find((candidate) => candidate.name === target.slice(2));
  const keys = entryKeys(site.consumer, "consumes", target);
  const environment = site.neighbours.facts.name;
  if (service.kind === "service") return { connections: [], problems: [noPeers(site, target)] };
  if (component === undefined) {
    const valid = service.components.map((candidate) => `./${candidate.name}`);
    const text = {
      message: `\`${target}\` is not a component of ${service.name}`,
      ...choice(target, valid, "add the component, or take out what names it"),
      target: "key" as const,
    };
    return {
      connections: [],
      problems: [problemAt("CONSUMES_UNKNOWN_SERVICE", service.file, keys, text, environment)],
    };
  }
  const valid = component.ports.map(({ name, number }) => ({ address: name, number }));
  if (typeof edge === "object" && !Array.isArray(edge)) {
    const message = "a component of the same service needs no login";
    const text = { message, fix: "name its port" };
    return {
      connections: [],
      problems: [noLogin(site, target, { edge, valid, ...text })],
    };
  }
  const wanted = [edge].flat();
  const unknown = wanted.flatMap((address, index) =>
    valid.some((port) => port.address === address)
      ? []
      : [
          unknownPort(site, portKeys(site, target, edge, index), {
            of: target,
            address,
            edge,
            valid,
            ...(service.kind === "chart" ? {} : { otherwise: `add the port to ${target}` }),
          }),
        ],
  );
  if (unknown.length > 0) return { connections: [], problems: unknown };
  const ports = component.ports.filter((port) => wanted.includes(port.name));
  return {
    connections: [{ consumer: site.consumer, provider: { service, component }, ports, target }],
    problems: [],
  };
}

/** The one component of a simple service has no other to call: its pods call each other by the service's name. */
function noPeers({ consumer, neighbours: { facts, existing } }: Site, target: string): Problem {
  const { name, file } = consumer.service;
  const word = target.slice(2);
  const other = existing.includes(word) ? word : nearest(word, existing);
  const text = {
    message: `\`${target}\` would be another component, and ${name} has only one`,
    found: JSON.stringify(target),
    expected: `the name of a service: its own, ${name}, where its pods call each other`,
    fix: `write ${JSON.stringify(word === "main" || other === undefined ? name : other)}`,
    target: "key" as const,
  };
  const keys = entryKeys(consumer, "consumes", target);
  return problemAt("CONSUMES_UNKNOWN_SERVICE", file, keys, text, facts.name);
}

function connectLogin(site: Site, provider: ResolvedService, edge: LoginEdge): Connected {
  const { login, readsAll } = edge;
  const offer = loginOffer(provider);
  const end = offer === undefined ? undefined : portOfService(provider, offer.port);
  // That the offer names no port of its provider, or one of no PostgreSQL cluster, is told there.
  if (offer !== undefined && (end === undefined || !isPostgresCluster(end.component)))
    return { connections: [], problems: [] };
  if (offer === undefined || end === undefined) {
    const mayOffer = provider.components.some(isPostgresCluster);
    const text = {
      message: `${provider.name} offers no login`,
      fix: `name a port${mayOffer ? `, or add a login to offers in ${provider.file}` : ""}`,
    };
    const problem = noLogin(site, provider.name, { edge, valid: addresses(provider), ...text });
    return { connections: [], problems: [problem] };
  }
  return {
    connections: [
      {
        consumer: site.consumer,
        provider: { service: provider, component: end.component },
        ports: end.ports,
        target: provider.name,
        login,
        ...(readsAll === true ? { readsAll } : {}),
      },
    ],
    problems: [],
  };
}

/** In: the entry that asks for a login, the ports it may name instead. */
function noLogin(
  { consumer, neighbours }: Site,
  target: string,
  about: { edge: LoginEdge; valid: readonly PortName[]; message: string; fix: string },
): Problem {
  const { edge, valid, ...text } = about;
  return problemAt(
    "CONSUMES_NO_LOGIN",
    consumer.service.file,
    entryKeys(consumer, "consumes", target),
    {
      ...text,
      found: `{ login: ${JSON.stringify(edge.login)} }`,
      expected: `one of its ports: ${namesOf(valid).join(", ") || "it has none"}`,
    },
    neighbours.facts.name,
  );
}

/** The one login a service offers, if any. */
function loginOffer(service: ResolvedService): { readonly port: string } | undefined {
  return Object.values(service.spec.offers ?? {}).find((offer) => "port" in offer);
}

/** All port addresses of a service as others write them. */
export function addresses(service: ResolvedService): PortName[] {
  return service.components.flatMap((component) =>
    component.ports.map(({ name, number }) => ({
      address: service.kind === "service" ? name : `${component.name}/${name}`,
      number,
    })),
  );
}

/** A chart listens where its makers say: what is known of it is a copy, to which nothing is added for a consumer. */
const portsOf = (provider: ResolvedService) => ({
  valid: addresses(provider),
  ...(provider.kind === "chart" ? {} : { otherwise: `add the port to ${provider.name}` }),
});

interface UnknownPort {
  readonly of: string;
  readonly address: string;
  /** Everything the entry names. */
  readonly edge: Edge;
  readonly valid: readonly PortName[];
  readonly otherwise?: string;
}

function unknownPort(
  site: Site,
  keys: Keys,
  { of, address, edge, valid, otherwise }: UnknownPort,
): Problem {
  const beside = Array.isArray(edge) ? edge : [];
  const text = {
    message: `${of} has no port \`${address}\``,
    ...portChoice(address, valid, { otherwise, beside }),
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
  const { service } = site.consumer;
  const keys = entryKeys(site.consumer, "consumes", target);
  const gone = goneWithEdge(service, target, keys);
  return missingProvider(site.neighbours, target, {
    service,
    verb: "consumes",
    keys,
    otherwise: `take out what uses it there: ${edgeRemoval(service, target, keys)}`,
    inOverlay: `take ${gone.join(", ")} out of this overlay (what ${service.file} says of them too: by remove)`,
  });
}

/** How an overlay takes the entry at `keys` out, with all that reads from the service it names. */
export function edgeRemoval(service: ResolvedService, target: string, keys: Keys): string {
  const gone = goneWithEdge(service, target, keys);
  return `remove: [${gone.map((path) => JSON.stringify(path)).join(", ")}] in ${overlayFile("<environment>", service.name)}`;
}

/** The entry at `keys`, and what makes no sense without it. */
const goneWithEdge = (service: ResolvedService, target: string, keys: Keys) => [
  keys.join("."),
  ...readersByEntry(service, target, keys),
];

/** What reads from a service by the entry at `keys`: variables and files of its components, and where no other one consumes it what stands beside them. */
function readersByEntry(service: ResolvedService, target: string, keys: Keys): string[] {
  const entry = keys.join(".");
  const consumers = service.components
    .filter(({ consumes }) => target in consumes)
    .map((component) => ({ service, component }));
  const by = consumers.filter((end) => entryKeys(end, "consumes", target).join(".") === entry);
  const paths = [
    ...by.flatMap((end) => readersOf(end, target)),
    ...(by.length === consumers.length ? readersBeside(service, target) : []),
  ];
  return [...new Set(paths)];
}
