/** Which keys of which Secrets a release reads, where their values are kept, and who asks for them. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { Release, ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import type { RuleName } from "../../model/rules.ts";
import { alertRoutingOf, secretsOfReceiver } from "../monitoring/alert-receivers.ts";
import {
  alertSecret,
  edgePath,
  environmentSecretPath,
  secretOfLogin,
  signInSecret,
} from "../../model/names.ts";
import { isTree } from "../../model/data.ts";
import { valuesIn } from "../../model/reading.ts";
import { secretKeysIn } from "../../model/secret-keys.ts";
import { absent, componentFact, environmentFact, serviceFact } from "../causes.ts";
import { scrapeOf } from "../monitoring/scraping.ts";
import { readFrom, usesOfComponent } from "./of-containers.ts";
import { gatewayOf } from "../network/gateways.ts";
import { ownObjects } from "../objects.ts";
import { offerAskedFor } from "../offers/offers.ts";
import type { OfferAsked } from "../offers/offers.ts";
import { ownRead } from "./use.ts";
import type { KeptSecret, SecretRead, SecretReader, SecretUse } from "./use.ts";
import { signInOf } from "../network/sign-in.ts";

const ruleOf: Readonly<Record<KeptSecret["kind"], RuleName>> = {
  own: "secret-by-reference",
  pull: "secret-by-reference",
  folder: "secret-by-reference",
  shared: "secret-shared",
  credential: "secret-of-edge",
  login: "secret-of-edge",
  owner: "secret-of-database",
  signIn: "sign-in-secret",
  receiver: "receiver-secret",
};

/** Several values are made of them. */
const known = new WeakMap<Release, readonly SecretUse[]>();

/** Every use of every secret. */
export function secretUses(release: Release): readonly SecretUse[] {
  const uses = known.get(release) ?? usesOf(release);
  known.set(release, uses);
  return uses;
}

function usesOf(release: Release): SecretUse[] {
  return [
    ...release.service.components.flatMap((component) => [
      ...usesOfComponent(release, component),
      ...usesOfScraper(release, component),
    ]),
    ...usesOfObjects(release),
    ...usesByName(release),
    ...loginsOffered(release),
    ...signInAtGateway(release),
    ...receiversOfAlerts(release),
  ];
}

/** In: a release. Out: each key of each Secret once, with all who read it; sorted by Secret and key. */
export function secretReads(release: Release): Derived<SecretRead>[] {
  const byKey = Map.groupBy(secretUses(release), ({ read }) => `${read.secret}\n${keyIn(read)}`);
  return [...byKey].sort(byFirst).flatMap(([, mine]) => {
    const [first] = mine;
    if (first === undefined) return [];
    return [
      {
        value: { ...first.read, readers: mine.map(({ reader }) => reader) },
        rule: ruleOf[first.read.kind],
        causes: [
          ...distinct(mine.flatMap(({ causes }) => causes)),
          ...(isReadElsewhere(first.read) ? [] : [noOtherReader(release.service)]),
        ],
      },
    ];
  });
}

/** Nobody in the file of the service reads it: consumers do, or what its environment or an operator has. */
const isReadElsewhere = ({ kind }: KeptSecret) => ["login", "owner", "receiver"].includes(kind);

/** That what is told of several readers is told of all of them. */
export const noOtherReader = (service: ResolvedService, component?: ResolvedComponent): Cause =>
  absent(
    component === undefined ? serviceFact(service) : componentFact(service, component),
    "other reader",
  );

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : 1;

/** Key in the Secret; a folder has many. */
export function keyIn(read: KeptSecret): string {
  if (read.kind === "folder") return "*";
  if (read.kind === "pull") return ".dockerconfigjson";
  if (read.kind === "signIn") return "client-secret";
  return read.kind === "login" || read.kind === "owner" ? "password" : read.key;
}

/** A fact that several components share is one. */
const distinct = (causes: readonly Cause[]) => [
  ...new Map(causes.map((cause) => [`${cause.file}\n${cause.path.join("\n")}`, cause])).values(),
];

/** With which Prometheus reads the metrics of a component. */
function usesOfScraper({ service, facts }: Release, component: ResolvedComponent): SecretUse[] {
  const { https, token } = scrapeOf(facts, component) ?? {};
  return (
    [
      ["https", https],
      ["token", token],
    ] as const
  ).flatMap(([field, value]) =>
    secretKeysIn(value).map((key) => ({
      read: ownRead(service, key),
      reader: { as: "scraper" as const, component },
      causes: [componentFact(service, component, "metrics", field)],
    })),
  );
}

/** Objects and an upstream chart's values refer to Secrets. */
function usesOfObjects(release: Release): SecretUse[] {
  const { service } = release;
  const { spec } = service;
  const inObjects = ownObjects(service).flatMap(({ key: name, object }) =>
    usesIn(release, object, {
      reader: { as: "object", name },
      cause: serviceFact(service, "objects", name),
    }),
  );
  const values = "chart" in spec ? spec.chart.values : undefined;
  return [
    ...inObjects,
    ...usesIn(release, values, {
      reader: { as: "chart" },
      cause: serviceFact(service, "chart", "values"),
    }),
  ];
}

function usesIn(
  release: Release,
  value: unknown,
  { reader, cause }: { readonly reader: SecretReader; readonly cause: Cause },
): SecretUse[] {
  const own = secretKeysIn(value).map((key) => ownRead(release.service, key));
  const offered = offersIn(value).flatMap((offer) => readFrom(release, undefined, offer) ?? []);
  return [
    ...own.map((read) => ({ read, reader, causes: [cause] })),
    ...offered.map(({ read, causes }) => ({ read, reader, causes: [cause, ...causes] })),
  ];
}

const offersIn = (value: unknown): OfferAsked[] =>
  valuesIn(value).flatMap(([, one]) => (isTree(one) ? (offerAskedFor(one) ?? []) : []));

/** What something looks for that reads no reference. */
function usesByName({ service }: Release): SecretUse[] {
  return Object.entries(service.spec.secrets ?? {}).flatMap(([key, { secretName }]) =>
    secretName === undefined
      ? []
      : [
          {
            read: { ...ownRead(service, key), secret: secretName },
            reader: { as: "name", name: secretName },
            causes: [serviceFact(service, "secrets", key, "secretName")],
          },
        ],
  );
}

/** At the provider: the password of every consumer that logs in. */
function loginsOffered({ service, incoming }: Release): SecretUse[] {
  return incoming.flatMap(({ consumer, login }): SecretUse[] =>
    login === undefined
      ? []
      : [
          {
            read: {
              kind: "login",
              consumer: consumer.service,
              login,
              secret: secretOfLogin(consumer.service.name),
              path: edgePath(service.name, consumer.service.name),
            },
            reader: { as: "login", consumer },
            causes: [componentFact(consumer.service, consumer.component, "consumes", service.name)],
          },
        ],
  );
}

/** Routes on which the gateway asks who somebody is. */
function signInAtGateway(release: Release): SecretUse[] {
  const { facts, service } = release;
  const key = facts.environment.signIn?.clientSecret.secret;
  if (key === undefined) return [];
  return Object.entries(service.spec.routes ?? {})
    .filter(([, route]) => signInOf(route) === "sso" && gatewayOf(release, route) !== undefined)
    .map(([name]) => ({
      read: { kind: "signIn", key, secret: signInSecret, path: environmentSecretPath(key) },
      reader: { as: "route", name },
      causes: [
        serviceFact(service, "routes", name, "signIn"),
        environmentFact(facts, "signIn", "clientSecret"),
      ],
    }));
}

/** Where Alertmanager is: what it needs to reach each receiver. */
function receiversOfAlerts(release: Release): SecretUse[] {
  const receivers = Object.entries(alertRoutingOf(release)?.receivers ?? {});
  return receivers.flatMap(([name, receiver]) =>
    secretsOfReceiver(receiver).map(([field, key]) => ({
      read: { kind: "receiver", key, secret: alertSecret, path: environmentSecretPath(key) },
      reader: { as: "receiver", name },
      causes: [environmentFact(release.facts, "alerts", "receivers", name, field)],
    })),
  );
}
