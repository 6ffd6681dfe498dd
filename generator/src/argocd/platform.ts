/** Objects that belong to no service: priorities of the tiers, and the stores secrets come from. */
import type { EnvironmentFacts } from "../model/platform.ts";
import type { StoreNeed } from "../model/rendered.ts";
import type { HelmValues } from "../model/values/service.ts";
import { priorityClassName, storeName } from "../model/names.ts";
import { neededSecrets } from "../release/secrets/needed.ts";
import { backendOf } from "./secret-backends/choose.ts";

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

/** Whether a service with these values reads any secrets. */
export const wantsSecrets = ({ service }: HelmValues): boolean =>
  Object.keys(service.externalSecrets).length > 0;

/** The tiers of which a service reads secrets: each has a store and an identity. */
export function tiersWithSecrets(needs: readonly StoreNeed[]): string[] {
  const wanting = needs.filter((need) => need.wantsSecrets);
  return [...new Set(wanting.map(({ release }) => release.service.tier))].sort();
}

/** One store per environment and tier, for the namespaces of that tier only. */
export function secretStores(facts: EnvironmentFacts, needs: readonly StoreNeed[]): object[] {
  const wanting = needs.filter((need) => need.wantsSecrets);
  const backend = backendOf(facts);
  return tiersWithSecrets(wanting).map((tier) => {
    const mine = wanting.flatMap(({ release }) => (release.service.tier === tier ? release : []));
    return {
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: {
        name: storeName(facts.name, tier),
        labels: { ...managed(facts.name), "rzp.local/tier": tier },
      },
      spec: {
        conditions: [{ namespaces: mine.map(({ service }) => service.namespace).sort() }],
        provider: backend.provider(tier, neededSecrets(mine)),
      },
    };
  });
}
