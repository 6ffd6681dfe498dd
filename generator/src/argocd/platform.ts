/** Objects that belong to no service: priorities of the tiers, and the stores secrets come from. */
import type { EnvironmentFacts } from "../model/platform.ts";
import type { ValuedRelease } from "../model/rendered.ts";
import { identityName, priorityClassName, storeName } from "../model/names.ts";

export const managed = (environment: string) => ({
  "app.kubernetes.io/managed-by": "rzp",
  "rzp.local/environment": environment,
});

/** A cluster's priorities exist once: the environment that carries its platform services renders them. */
export function priorityClasses(facts: EnvironmentFacts): object[] {
  if (facts.cluster.carrier !== facts.name) return [];
  return Object.entries(facts.tiers).map(([tier, { priority, about }]) => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: {
      name: priorityClassName(tier),
      labels: managed(facts.name),
      annotations: { "argocd.argoproj.io/sync-wave": "-30" },
    },
    value: priority,
    preemptionPolicy: "PreemptLowerPriority",
    description: about,
  }));
}

const wantsSecrets = ({ values }: ValuedRelease) =>
  Object.keys(values.service.externalSecrets).length > 0;

/** The tiers of which a service reads secrets: each has a store and an identity. */
export function tiersWithSecrets(uses: readonly ValuedRelease[]): string[] {
  return [...new Set(uses.filter(wantsSecrets).map(({ release }) => release.service.tier))].sort();
}

/**
 * One store per environment and tier, for the namespaces of that tier only. With the fake backend it
 * holds a throw-away value for every path that is asked for.
 */
export function secretStores(facts: EnvironmentFacts, uses: readonly ValuedRelease[]): object[] {
  const wanting = uses.filter(wantsSecrets);
  return tiersWithSecrets(wanting).map((tier) => {
    const mine = wanting.filter(({ release }) => release.service.tier === tier);
    return {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: {
        name: storeName(facts.name, tier),
        labels: { ...managed(facts.name), "rzp.local/tier": tier },
      },
      spec: {
        conditions: [{ namespaces: mine.map(({ release }) => release.service.namespace).sort() }],
        provider: provider(facts, tier, mine),
      },
    };
  });
}

function provider(facts: EnvironmentFacts, tier: string, uses: readonly ValuedRelease[]): object {
  const { secrets } = facts.environment;
  if (secrets.backend === "fake") return { fake: { data: fakeData(uses) } };
  const reference = (key: string) => ({
    name: identityName(facts.name, tier),
    namespace: facts.operators.secrets,
    key,
  });
  return {
    infisical: {
      ...(secrets.host === undefined ? {} : { hostAPI: secrets.host }),
      auth: {
        universalAuthCredentials: {
          clientId: reference("client-id"),
          clientSecret: reference("client-secret"),
        },
      },
      secretsScope: {
        projectSlug: secrets.project,
        environmentSlug: secrets.environment,
        secretsPath: "/",
      },
    },
  };
}

function fakeData(uses: readonly ValuedRelease[]): object[] {
  const paths = uses.flatMap(({ values }) =>
    Object.values(values.service.externalSecrets).flatMap((secret) => [
      ...Object.values(secret.data ?? {}),
      ...(secret.folders ?? []),
    ]),
  );
  return [...new Set(paths)].sort().map((key) => ({
    key,
    value: key.includes("dockerconfigjson")
      ? '{"auths":{}}'
      : `throw-away${key.replaceAll("/", "-")}`,
  }));
}
