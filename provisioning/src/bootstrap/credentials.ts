/** What Argo CD and the stores of External Secrets sign in with, as Secrets of the cluster: the only ones that are not in git or in a store. */
import { argocdNamespace } from "../../../generator/src/model/names.ts";
import { repositoryByHand } from "../../../generator/src/argocd/bootstrap.ts";
import type { Identity } from "../../../generator/src/argocd/secret-backends/backend.ts";
import { backendOf } from "../../../generator/src/argocd/secret-backends/choose.ts";
import {
  identitiesOf,
  identityCredential,
  repositoryCredentials,
} from "../credential-stores/known.ts";
import type { Facts } from "../facts.ts";

export interface BootstrapCredentials {
  /** Secrets for the namespace of Argo CD, and for that of External Secrets: text of objects, empty where there are none. */
  readonly forArgoCd: string;
  readonly forStores: string;
  /** What is left to a person, as lines of text. */
  readonly byHand: readonly string[];
  /** Values in it, which nobody may read. */
  readonly values: readonly string[];
}

/** In: facts of a cluster, what its store of credentials holds. */
export function bootstrapCredentials(
  facts: Facts,
  kept: ReadonlyMap<string, string>,
): BootstrapCredentials {
  const repository = repositoryData(facts.cluster.repository.url, kept);
  const forStores = identitiesOf(facts).flatMap((identity) => {
    const data = identityData(identity, kept);
    return data === undefined ? [] : [secret({ ...identity, data })];
  });
  return {
    forArgoCd:
      repository === undefined
        ? ""
        : secret({
            name: "repository",
            namespace: argocdNamespace,
            data: repository,
            // How Argo CD knows one (its "Declarative Setup", repositories).
            labels: { "argocd.argoproj.io/secret-type": "repository" },
          }),
    forStores: forStores.join(""),
    byHand: [
      ...(repository === undefined ? repositoryByHand(facts.cluster) : []),
      ...storesByHand(facts, kept),
    ],
    values: [...kept.values()],
  };
}

/** Of tiers whose identity is not kept; where stores need none, that. */
function storesByHand(facts: Facts, kept: ReadonlyMap<string, string>): string[] {
  const { argocd, tiers = [] } = facts;
  if (argocd === undefined) return [];
  const missing = tiers.filter((tier) =>
    identitiesOf({ ...facts, tiers: [tier] }).some(
      (identity) => identityData(identity, kept) === undefined,
    ),
  );
  const needsNone = identitiesOf(facts).length === 0;
  return missing.length === 0 && !needsNone ? [] : backendOf(argocd.facts).byHand(missing);
}

/** Undefined where none is kept, or half of one: then the repository is public, or a person gives it. */
function repositoryData(
  url: string,
  kept: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(repositoryCredentials).flatMap(([key, name]) => {
    const value = kept.get(name);
    return value === undefined ? [] : [[key, value] as const];
  });
  const { username, password, sshPrivateKey } = repositoryCredentials;
  const isWhole = kept.has(sshPrivateKey) || (kept.has(username) && kept.has(password));
  return isWhole ? { type: "git", url, ...Object.fromEntries(entries) } : undefined;
}

/** Undefined unless all of it is there: half a credential signs nobody in. */
function identityData(
  identity: Identity,
  kept: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> | undefined {
  const entries = identity.keys.flatMap((key) => {
    const value = kept.get(identityCredential(identity, key));
    return value === undefined ? [] : [[key, value] as const];
  });
  return entries.length === identity.keys.length ? Object.fromEntries(entries) : undefined;
}

interface SecretFacts {
  readonly name: string;
  readonly namespace: string;
  readonly data: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** JSON is YAML. `data` and not `stringData`, whose fields server-side apply does not own. */
function secret({ name, namespace, data, labels }: SecretFacts): string {
  const encoded = Object.entries(data).map(([key, value]) => [
    key,
    Buffer.from(value).toString("base64"),
  ]);
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, ...(labels !== undefined && { labels }) },
    type: "Opaque",
    data: Object.fromEntries(encoded),
  };
  return `---\n${JSON.stringify(object)}\n`;
}
