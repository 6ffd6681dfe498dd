/** Which secrets must be in an environment's store, for whom, and who makes their values. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { Release, ResolvedService } from "../../model/platform.ts";
import { secretPath } from "../../model/names.ts";
import { serviceFact } from "../causes.ts";
import { secretReads } from "./reads.ts";
import type { SecretRead } from "./use.ts";

/** What a generated value looks like. */
export interface SecretForm {
  readonly of: "password" | "hex";
  readonly length: number;
}

/** Who makes the value of a secret: `form` of one that may be generated, else a person. */
export interface SecretOrigin {
  readonly path: string;
  readonly form: SecretForm | undefined;
}

export interface NeededSecret extends SecretOrigin {
  readonly kind: "own" | "registry" | "folder" | "edge" | "owner" | "environment";
  /** The service whose path it is under; of an edge the provider, of what all share the environment. */
  readonly owner: string;
  /** Undefined for a folder of which nobody says what is in it. */
  readonly key: string | undefined;
  /** Services that read it, sorted. */
  readonly readers: readonly string[];
  /** The other end of an edge, with the user it logs in as. */
  readonly login: { readonly consumer: string; readonly user: string } | undefined;
  /** What the owner says it is. */
  readonly about: string | undefined;
}

const usual: SecretForm = { of: "password", length: 32 };

/** What a service says of one of its own secrets, which something reads: by hand, unless it says that it may be generated. */
export function derivedOrigin(
  service: ResolvedService,
  key: string,
  readers: readonly Cause[] = [],
): Derived<SecretOrigin> {
  const { generate, length = usual.length } = service.spec.secrets?.[key] ?? {};
  return {
    value: {
      path: secretPath(service.name, key),
      form: generate === undefined ? undefined : { of: generate, length },
    },
    rule: "secret-made",
    causes: [
      ...readers,
      serviceFact(service, "secrets", key, "generate"),
      ...(generate === undefined ? [] : [serviceFact(service, "secrets", key, "length")]),
    ],
  };
}

/** In: the releases of one environment, or of one tier of it. Out: each secret once, sorted by path. */
export function neededSecrets(releases: readonly Release[]): NeededSecret[] {
  const needed = releases.flatMap((release) =>
    secretReads(release).flatMap(({ value }) => neededFor(release, value)),
  );
  return [...Map.groupBy(needed, ({ path }) => path)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) =>
      same.slice(0, 1).map((first) => ({
        ...first,
        readers: [...new Set(same.flatMap(({ readers }) => readers))].sort(),
      })),
    );
}

/** What a secret of an environment is, that somebody else makes. */
const madeThere = {
  signIn: "client secret of the sign-in provider, made there",
  receiver: "with which alerts reach a receiver, made there",
} as const;

function neededFor({ service, facts }: Release, read: SecretRead): NeededSecret[] {
  const readers = [service.name];
  const common = { path: read.path, readers, login: undefined, about: undefined };
  switch (read.kind) {
    case "own":
      return [ownSecret(service, read.key, readers)];
    case "shared":
      return [ownSecret(read.provider, read.key, readers)];
    case "pull":
      return [{ ...ownSecret(service, read.key, readers), kind: "registry" }];
    case "folder":
      return [
        { ...common, kind: "folder", owner: service.name, key: undefined, form: undefined },
        ...(read.folder === "." ? Object.keys(service.spec.secrets ?? {}) : []).map((key) =>
          ownSecret(service, key, readers),
        ),
      ];
    case "credential": {
      const { provider, login = "" } = read.connection;
      return [edgeSecret(read.path, provider.service.name, service.name, login, readers)];
    }
    case "login":
      return [edgeSecret(read.path, service.name, read.consumer.name, read.login, readers)];
    case "signIn":
    case "receiver":
      return [
        {
          ...common,
          kind: "environment",
          owner: facts.name,
          key: read.key,
          form: undefined,
          about: madeThere[read.kind],
        },
      ];
    case "owner":
      return [{ ...common, kind: "owner", owner: service.name, key: read.key, form: usual }];
  }
}

function ownSecret(owner: ResolvedService, key: string, readers: readonly string[]): NeededSecret {
  return {
    ...derivedOrigin(owner, key).value,
    kind: "own",
    owner: owner.name,
    key,
    readers,
    login: undefined,
    about: owner.spec.secrets?.[key]?.about,
  };
}

function edgeSecret(
  path: string,
  provider: string,
  consumer: string,
  user: string,
  readers: readonly string[],
): NeededSecret {
  return {
    path,
    kind: "edge",
    owner: provider,
    key: "password",
    form: usual,
    readers,
    login: { consumer, user },
    about: undefined,
  };
}
