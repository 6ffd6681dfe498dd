/**
 * What a person writes in `charts/services/<service>/values.ts`. The entry function says which of the
 * three shapes it is; this is the only place where a field, its default and its meaning are written.
 */
import "./meta.ts";
import { z } from "zod";
import { mendVariables } from "./mends.ts";
import { because, MoreLabels } from "./references.ts";
import { Objective } from "./objective.ts";
import { podSecurityLevels } from "./pod-security.ts";
import { DnsLabel, MountPath, QualifiedName, TierName, VariableName } from "./primitives.ts";
import { Storage } from "./storage.ts";
import { Exposes, Offers, Routes, Consumes, Reaches } from "./connections.ts";
import { Component, componentFields, MountedFile, Variable } from "./component.ts";
import { ChartComponent, ChartSource } from "./chart.ts";
import { Objects, Patches } from "./objects.ts";
import { SecretsOfService } from "./secrets.ts";
import { Quota } from "./workload.ts";

/** Identity, what it keeps and how it is reached: the same in all three shapes. */
const commonFields = {
  tier: TierName.meta({
    description: "Tier it belongs to: part of its namespace, its layer, its priority.",
    names: "a tier of environments/tiers.ts",
    ts: "TierName",
  }),
  about: z.string().min(10).meta({ description: "What it is, in one sentence." }),
  routes: Routes.optional().meta({
    description: "Ways in by name, through a gateway.",
    ts: "Readonly<Record<string, Route<T>>>",
  }),
  exposes: Exposes.optional().meta({
    description: "Ways in by an address of its own.",
    ts: "Readonly<Record<string, Exposure<T>>>",
  }),
  offers: Offers.optional().meta({
    description: "What consumers can read with `from`.",
    ts: "Readonly<Record<string, SecretReference | LoginOffer<T>>>",
  }),
  secrets: SecretsOfService.optional().meta({
    description: "What its own secrets are, by the key `secret()` reads.",
    example: { "api-key": { generate: "hex" } },
    ts: "Readonly<Record<string, SecretFacts>>",
  }),
  needs: z.array(DnsLabel).optional().meta({
    description: "Services that must be up first, where layers do not say it.",
    ts: "readonly ServiceName[]",
  }),
  stopped: z
    .literal(true)
    .optional()
    .meta({ description: "No pods; data, names and policies stay." }),
  objective: z
    .union([Objective, because(z.literal(false))])
    .optional()
    .meta({
      description:
        "Availability aimed at, in percent over 30 days; its tier's unless said, none with `because(false, …)`.",
      example: 99.9,
      ts: "number | Because<false>",
    }),
  labels: MoreLabels.optional().meta({ description: "More labels of all its objects." }),
  annotations: z
    .record(QualifiedName, z.string())
    .optional()
    .meta({ description: "More annotations of its workloads." }),
  namespaceLabels: MoreLabels.optional().meta({ description: "More labels of its namespace." }),
  quota: Quota.optional().meta({
    description:
      "Room of its namespace, where it should be another than for its pods and those they replace (ResourceQuota). A chart has none unless said.",
  }),
  objects: Objects.optional(),
  patches: Patches.optional(),
  pins: z
    .strictObject({
      namespace: DnsLabel.optional().meta({
        description:
          "Keeps this namespace, whatever its tier; an environment's prefix still comes before it.",
        example: "media-sonarr",
      }),
    })
    .optional()
    .meta({ description: "Names that no longer follow from the file." }),
  migrations: z
    .record(z.string(), z.string().min(10))
    .optional()
    .meta({
      description: "Changes to frozen names and data that are meant: what, and how the data moves.",
      example: { "persistentvolumeclaim/config": "shrunk to 2Gi, copied by hand" },
    }),
};

/** Pods that no component describes. */
const foreignPods = {
  operatorPods: because(z.enum(podSecurityLevels)).optional().meta({
    description:
      "An operator makes pods in its namespace: the Pod Security level they need, and why. No other security rule judges pods there.",
    ts: 'Because<"restricted" | "baseline" | "privileged">',
  }),
};

export const ServiceSpec = z
  .strictObject({
    ...commonFields,
    ...foreignPods,
    ...componentFields,
    storage: Storage.optional().meta({
      description: "What it keeps: volumes by name.",
      ts: "{ readonly [K in keyof S]: Volume }",
    }),
  })
  .omit({ mounts: true })
  .meta({ id: "ServiceSpec", description: "A service with one component." });
export type ServiceSpec = z.infer<typeof ServiceSpec>;

export const ComposedServiceSpec = z
  .strictObject({
    ...commonFields,
    ...foreignPods,
    components: z.record(DnsLabel, Component).meta({
      description: "Its components, by name.",
      ts: "{ readonly [K in keyof C]: Component<C[K], Names<S>, Peers<C>> }",
    }),
    storage: Storage.optional().meta({
      description: "What it keeps: volumes by name, mounted where `mounts` says.",
      ts: "{ readonly [K in keyof S]: Volume }",
    }),
    env: z.record(VariableName, Variable).optional().meta({
      description: "Environment variables of all components.",
      ts: "Readonly<Record<string, Variable<E>>>",
      mend: mendVariables,
    }),
    files: z.record(MountPath, MountedFile).optional().meta({
      description: "Files all components read.",
      ts: "Readonly<Record<`/${string}`, MountedFile<E>>>",
    }),
    consumes: Consumes.optional().meta({ ts: "Consumes<{}>" }),
  })
  .meta({ id: "ComposedServiceSpec", description: "A service with several components." });
export type ComposedServiceSpec = z.infer<typeof ComposedServiceSpec>;

export const ChartSpec = z
  .strictObject({
    ...commonFields,
    chart: ChartSource,
    components: z.record(DnsLabel, ChartComponent).meta({
      description: "The pods the chart brings, as far as standards must know them.",
      ts: "{ readonly [K in keyof C]: ChartComponent<C[K], Peers<C>> }",
    }),
    reaches: Reaches.optional().meta({
      description: "What all its pods call outside the platform.",
    }),
  })
  .meta({ id: "ChartSpec", description: "A service that comes as an upstream chart." });
export type ChartSpec = z.infer<typeof ChartSpec>;

export type AuthoredService =
  | { readonly kind: "service"; readonly spec: ServiceSpec }
  | { readonly kind: "composed"; readonly spec: ComposedServiceSpec }
  | { readonly kind: "chart"; readonly spec: ChartSpec };
export type ServiceKind = AuthoredService["kind"];

/** The schema of what each define function takes. */
export const specOfKind = {
  service: ServiceSpec,
  composed: ComposedServiceSpec,
  chart: ChartSpec,
} as const;
