/** Which keys of which Secrets a release reads, where their values are kept, and who asks for them. */
import type { Cause, Derived } from "../model/derived.ts";
import type {
  Connection,
  Endpoint,
  Release,
  ResolvedComponent,
  ResolvedService,
} from "../model/platform.ts";
import type { RuleName } from "../model/rules.ts";
import {
  edgePath,
  environmentSecretPath,
  ownerPasswordKey,
  ownSecret,
  pullSecret,
  secretFolder,
  secretFromProvider,
  secretOfFolder,
  secretOfLogin,
  secretOfOwner,
  secretPath,
  signInSecret,
} from "../model/names.ts";
import { secretKeysIn } from "../model/secrets.ts";
import { componentFact, containerFact, environmentFact, serviceFact } from "./causes.ts";
import { containersOf } from "./containers.ts";
import type { AuthoredContainer } from "./containers.ts";
import { gatewayOf } from "./gateways.ts";
import { loginTo, offerOf } from "./offers.ts";
import { isPostgresCluster } from "./postgres.ts";
import { signInOf } from "./sign-in.ts";

/** Who reads it: a variable or a file of a container, or something that is none of RZP's pods. */
export type SecretReader =
  | {
      readonly as: "variable" | "file" | "variables";
      readonly component: ResolvedComponent;
      /** Undefined is the main one. */
      readonly container: string | undefined;
      readonly name: string;
    }
  | { readonly as: "registry"; readonly component: ResolvedComponent }
  | { readonly as: "object" | "route"; readonly name: string }
  | { readonly as: "chart" }
  /** At the provider: for whom it keeps the login. */
  | { readonly as: "login"; readonly consumer: Endpoint }
  | { readonly as: "owner"; readonly component: ResolvedComponent };

type Kept =
  /** The service's own. */
  | { readonly kind: "own"; readonly key: string }
  | { readonly kind: "pull"; readonly key: string }
  /** All of a folder of its own path. */
  | { readonly kind: "folder"; readonly folder: string }
  /** What a provider offers to all who consume it. */
  | { readonly kind: "shared"; readonly key: string; readonly provider: ResolvedService }
  /** At the consumer, what it logs in with; the url is made of the password. */
  | {
      readonly kind: "credential";
      readonly key: "password" | "url";
      readonly connection: Connection;
    }
  /** At the provider, what a consumer logs in with. */
  | { readonly kind: "login"; readonly consumer: ResolvedService; readonly login: string }
  /** Owner of a database cluster's first database. */
  | { readonly kind: "owner"; readonly key: string }
  /** With which the gateway proves itself to the environment's sign-in provider. */
  | { readonly kind: "signIn"; readonly key: string };

export type SecretRead = Kept & {
  /** Name of the Secret. */
  readonly secret: string;
  /** Where its value is kept. */
  readonly path: string;
  readonly readers: readonly SecretReader[];
};

/** One read by one reader. */
export interface SecretUse {
  readonly read: Kept & { readonly secret: string; readonly path: string };
  readonly reader: SecretReader;
  readonly causes: readonly Cause[];
}

const ruleOf: Readonly<Record<Kept["kind"], RuleName>> = {
  own: "secret-by-reference",
  pull: "secret-by-reference",
  folder: "secret-by-reference",
  shared: "secret-shared",
  credential: "secret-of-edge",
  login: "secret-of-edge",
  owner: "secret-of-database",
  signIn: "sign-in-secret",
};

/** Several values are made of them. */
const known = new WeakMap<Release, readonly SecretUse[]>();

/** Every use of every secret. */
export function secretUses(release: Release): readonly SecretUse[] {
  const uses = known.get(release) ?? usesIn(release);
  known.set(release, uses);
  return uses;
}

function usesIn(release: Release): SecretUse[] {
  return [
    ...release.service.components.flatMap((component) => usesOf(release, component)),
    ...usesOfObjects(release),
    ...loginsOffered(release),
    ...signInAtGateway(release),
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
        causes: distinct(mine.flatMap(({ causes }) => causes)),
      },
    ];
  });
}

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : 1;

/** Key in the Secret; a folder has many. */
export function keyIn(read: Kept): string {
  if (read.kind === "folder") return "*";
  if (read.kind === "pull") return ".dockerconfigjson";
  if (read.kind === "signIn") return "client-secret";
  return read.kind === "login" || read.kind === "owner" ? "password" : read.key;
}

/** A fact that several components share is one. */
const distinct = (causes: readonly Cause[]) => [
  ...new Map(causes.map((cause) => [`${cause.file}\n${cause.path.join("\n")}`, cause])).values(),
];

function usesOf(release: Release, component: ResolvedComponent): SecretUse[] {
  if (component.source.kind === "chart") return [];
  const { service } = release;
  const { pullSecret: pull } = component.source.spec;
  return [
    ...containersOf(component).flatMap((container) =>
      usesOfContainer(release, component, container),
    ),
    ...(pull === undefined
      ? []
      : [
          {
            read: {
              kind: "pull" as const,
              key: pull.secret,
              secret: pullSecret,
              path: secretPath(service.name, pull.secret),
            },
            reader: { as: "registry" as const, component },
            causes: [componentFact(service, component, "pullSecret")],
          },
        ]),
    ...ownerOfDatabase(release, component),
  ];
}

/** Variables and files refer to secrets in the same words. */
function usesOfContainer(
  release: Release,
  component: ResolvedComponent,
  authored: AuthoredContainer,
): SecretUse[] {
  const { service } = release;
  const { name: container, spec } = authored;
  const fact = (...path: string[]) => containerFact(service, component, authored, ...path);
  const named = (as: "variable" | "file", field: "env" | "files") =>
    Object.entries(spec[field] ?? {}).flatMap(([name, value]): SecretUse[] => {
      if (typeof value !== "object") return [];
      const found =
        "secret" in value
          ? { read: ownRead(service, value.secret), causes: [] }
          : "from" in value
            ? readFrom(release, component, value)
            : undefined;
      if (found === undefined) return [];
      const reader = { as, component, container, name };
      return [{ read: found.read, reader, causes: [fact(field, name), ...found.causes] }];
    });
  const folders = (spec.envFrom ?? []).map((folder): SecretUse => ({
    read: {
      kind: "folder",
      folder,
      secret: secretOfFolder(folder),
      path: secretFolder(service.name, folder),
    },
    reader: { as: "variables", component, container, name: folder },
    causes: [fact("envFrom")],
  }));
  return [...named("variable", "env"), ...named("file", "files"), ...folders];
}

const ownRead = ({ name }: ResolvedService, key: string) =>
  ({ kind: "own", key, secret: ownSecret, path: secretPath(name, key) }) as const;

/** What `from(provider, key)` reads, if it is a secret. */
function readFrom(
  release: Release,
  component: ResolvedComponent,
  { from, key }: { readonly from: string; readonly key: string },
): Pick<SecretUse, "read" | "causes"> | undefined {
  const { service } = release;
  const offered = offerOf(release, component, from, key);
  if (offered === undefined || offered.kind === "text") return undefined;
  const secret = secretFromProvider(from);
  const consumes = componentFact(service, component, "consumes", from);
  if (offered.kind === "shared") {
    const provider = release.outgoing.find((edge) => edge.provider.service.name === from)?.provider
      .service;
    return provider === undefined
      ? undefined
      : {
          read: {
            kind: "shared",
            key: offered.key,
            provider,
            secret,
            path: secretPath(from, offered.key),
          },
          causes: [consumes, serviceFact(provider, "offers", key)],
        };
  }
  if (offered.key !== "password" && offered.key !== "url") return undefined;
  return {
    read: {
      kind: "credential",
      key: offered.key,
      connection: loginTo(release, component, from),
      secret,
      path: edgePath(from, service.name, "password"),
    },
    causes: [consumes],
  };
}

/** Objects and an upstream chart's values refer to the service's own Secret. */
function usesOfObjects({ service }: Release): SecretUse[] {
  const { spec } = service;
  const inObjects = Object.entries(spec.objects ?? {}).flatMap(([name, object]) =>
    secretKeysIn(object).map((key) => ({
      read: ownRead(service, key),
      reader: { as: "object" as const, name },
      causes: [serviceFact(service, "objects", name)],
    })),
  );
  const values = "chart" in spec ? spec.chart.values : undefined;
  return [
    ...inObjects,
    ...secretKeysIn(values).map((key) => ({
      read: ownRead(service, key),
      reader: { as: "chart" as const },
      causes: [serviceFact(service, "chart", "values")],
    })),
  ];
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
              path: edgePath(service.name, consumer.service.name, "password"),
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

/** CloudNativePG would make a password of its own, another one each time its Secret is made anew. */
function ownerOfDatabase({ service }: Release, component: ResolvedComponent): SecretUse[] {
  if (!isPostgresCluster(component)) return [];
  const key = ownerPasswordKey(component.name);
  return [
    {
      read: {
        kind: "owner",
        key,
        secret: secretOfOwner(component.objectName),
        path: secretPath(service.name, key),
      },
      reader: { as: "owner", component },
      causes: [componentFact(service, component, "runs")],
    },
  ];
}
