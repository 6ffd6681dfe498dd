/** Values of rzp-lib: a component's workload and its pods, as facts. */
import "../meta.ts";
import { z } from "zod";
import { ContainerValues, NamedContainer } from "./container.ts";
import { Count, external, Quantity, Label } from "./shared.ts";

const text = z.string();

export const VolumeValue = z
  .union([
    z
      .strictObject({ claim: text, external })
      .meta({ description: "A claim of the namespace by its object name." }),
    z
      .strictObject({
        scratch: z.strictObject({ size: Quantity.optional(), memory: z.literal(true).optional() }),
      })
      .meta({ description: "emptyDir" }),
    z
      .strictObject({ host: z.strictObject({ path: text, type: text.optional() }) })
      .meta({ description: "hostPath" }),
    z.strictObject({ configMap: text }),
    z.strictObject({ secret: text }),
    z
      .strictObject({ token: z.strictObject({ audience: text, seconds: Count }) })
      .meta({ description: "projected service account token; the file is `token`" }),
  ])
  .meta({ id: "VolumeValue", description: "One volume of the pod." });

export const PodValues = z.strictObject({
  runAs: z
    .strictObject({
      user: Count,
      group: Count,
      files: Count.optional(),
      groups: z.array(Count).optional(),
    })
    .optional()
    .meta({
      description: "User and groups of the pod. Absent: the image's user, which must not be root.",
    }),
  root: z
    .literal(true)
    .optional()
    .meta({ description: "A container of the pod may run as root (no runAsNonRoot on the pod)." }),
  account: text
    .optional()
    .meta({ description: "Service account; the component's object name where it has one." }),
  token: z
    .literal(true)
    .optional()
    .meta({ description: "The account's token is mounted. Absent: it is not." }),
  priority: text.optional().meta({ description: "Priority class." }),
  runtime: text.optional().meta({ description: "Runtime class." }),
  userNamespace: z.literal(true).optional(),
  hostNetwork: z.literal(true).optional(),
  hostProcesses: z.literal(true).optional(),
  stopsWithin: Count.optional().meta({ description: "Seconds it has to end." }),
  pullSecret: text.optional().meta({ description: "Secret with the registry's credential." }),
  dns: z
    .strictObject({
      nameservers: z.array(text).optional(),
      searches: z.array(text).optional(),
      options: z.record(text, text).optional(),
    })
    .optional(),
  hosts: z.record(text, text).optional().meta({ description: "/etc/hosts: name to address." }),
  nodes: z
    .record(text, text)
    .optional()
    .meta({ description: "Node labels it needs (node selector)." }),
  tolerates: z
    .record(text, text)
    .optional()
    .meta({ description: "Taint key to effect; `any` is every effect." }),
  spread: z
    .enum(["hosts", "zones"])
    .optional()
    .meta({ description: "Spread several pods, softly." }),
  apartFrom: z
    .array(text)
    .optional()
    .meta({ description: "Components of this service on other nodes." }),
  together: z
    .array(text)
    .optional()
    .meta({ description: "Components of this service on the same node." }),
  claims: z
    .record(text, text)
    .optional()
    .meta({ description: "Resource claims (DRA): name in the pod to ResourceClaimTemplate." }),
  labels: z.record(text, text).optional(),
  annotations: z.record(text, text).optional(),
  checksums: z.array(text).optional().meta({
    description:
      "ConfigMaps whose content is part of the pod template: it restarts when they change.",
  }),
  volumes: z.record(text, VolumeValue).optional(),
});

export const WorkloadValues = z.strictObject({
  ...ContainerValues.shape,
  objectName: Label.meta({ description: "Name of its objects." }),
  runs: z.enum(["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"]),
  replicas: Count.optional().meta({
    description: "Pods; absent with a HorizontalPodAutoscaler, and for DaemonSet, CronJob, Job.",
  }),
  update: z.enum(["RollingUpdate", "Recreate", "OnDelete"]).optional(),
  restartsWith: z
    .array(text)
    .optional()
    .meta({ description: "Secrets whose change a running container does not see (Reloader)." }),
  headless: text.optional().meta({ description: "StatefulSet: the Service that names its pods." }),
  parallel: z.literal(true).optional(),
  templates: z
    .record(
      text,
      z.strictObject({
        size: Quantity,
        class: text.optional(),
        access: text,
        backup: z.literal("none").optional(),
      }),
    )
    .optional()
    .meta({ description: "StatefulSet: claims each pod has of its own (volumeClaimTemplates)." }),
  schedule: text.optional().meta({ description: "CronJob: when." }),
  timeZone: text.optional(),
  overlap: z
    .enum(["Forbid", "Allow", "Replace"])
    .optional()
    .meta({ description: "CronJob: when the run before has not ended; Forbid unless said." }),
  endsWithin: Count.optional().meta({ description: "Seconds a job may take." }),
  retries: Count.optional(),
  suspended: z.literal(true).optional(),
  pod: PodValues.optional(),
  init: z
    .array(NamedContainer)
    .optional()
    .meta({ description: "Containers that end before the main one starts, in order." }),
  sidecars: z
    .array(NamedContainer)
    .optional()
    .meta({ description: "Native sidecars, in order; they start before `init`." }),
  sidecarsAfterInit: z
    .array(NamedContainer)
    .optional()
    .meta({ description: "Native sidecars, in order; they start after `init`." }),
});
export type WorkloadValues = z.infer<typeof WorkloadValues>;
export type PodValues = z.infer<typeof PodValues>;
export type VolumeValue = z.infer<typeof VolumeValue>;

export const PostgresValues = z.strictObject({
  objectName: Label,
  image: text,
  instances: Count,
  size: Quantity.meta({ description: "Size of each instance's claim." }),
  class: text.optional(),
  resources: ContainerValues.shape.resources,
  settings: z.record(text, text).optional(),
  preload: z.array(text).optional(),
  priority: text.optional(),
  nodes: PodValues.shape.nodes,
  tolerates: PodValues.shape.tolerates,
  spread: z
    .enum(["hosts", "zones", "none"])
    .optional()
    .meta({ description: "Spread the instances, softly; over hosts unless said." }),
  apartFrom: PodValues.shape.apartFrom,
  together: PodValues.shape.together,
  labels: z
    .record(text, text)
    .optional()
    .meta({ description: "More labels of its pods and of all else the operator makes." }),
  annotations: z
    .record(text, text)
    .optional()
    .meta({ description: "More annotations of the same." }),
  hibernated: z
    .literal(true)
    .optional()
    .meta({ description: "No instances; the claims stay (CloudNativePG hibernation)." }),
  pullSecret: text.optional(),
  owner: text
    .optional()
    .meta({ description: "Secret (username, password) of the first database's owner, `app`." }),
  roles: z
    .record(text, z.strictObject({ secret: text, readsAll: z.literal(true).optional() }))
    .optional()
    .meta({ description: "Login roles and the Secret (username, password) of each." }),
  databases: z
    .record(text, z.strictObject({ name: text, owner: text, extensions: z.array(text).optional() }))
    .optional(),
});
export type PostgresValues = z.infer<typeof PostgresValues>;
