/** One component: the same shape whether it is the only one of its service or one of several. */
import "./meta.ts";
import { z } from "zod";
import {
  ClusterReference,
  HostReference,
  FileReference,
  MoreLabels,
  OfferReference,
  PodReference,
  RouteReference,
  SecretReference,
} from "./references.ts";
import { mendArguments, mendCommand, mendVariables } from "./mends.ts";
import { WrittenFile } from "./written-files.ts";
import {
  AbsolutePath,
  DnsLabel,
  Duration,
  Image,
  MountPath,
  QualifiedName,
  VariableName,
} from "./primitives.ts";
import { HealthField, KubernetesServiceSpec, Metrics, Ports } from "./ports.ts";
import { Mounts } from "./storage.ts";
import {
  Account,
  Disruption,
  Gpu,
  Network,
  Placement,
  Resources,
  RunAs,
  Scale,
  Security,
} from "./workload.ts";
import { Size } from "./sizes.ts";
import { Runs } from "./runs.ts";
import { CalledBy, Consumes, Reaches } from "./connections.ts";

export const Variable = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    SecretReference,
    OfferReference,
    ClusterReference,
    HostReference,
    PodReference,
    RouteReference,
  ])
  .meta({
    id: "Variable",
    description: "A literal, `secret()`, `from()`, `cluster()`, `lan()`, `pod()` or `routeHost()`.",
  });
export type Variable = z.infer<typeof Variable>;

export const MountedFile = z
  .union([z.string(), FileReference, SecretReference, OfferReference, WrittenFile])
  .meta({
    id: "MountedFile",
    description:
      'Text, `file("config/…")`, `secret("…")`, `from(…)`, or one RZP writes: `logPipeline(…)`, `dashboards()`, `restorePlan()`.',
  });
export type MountedFile = z.infer<typeof MountedFile>;

/** What every container has: the main one, a sidecar, one that runs before. */
const containerFields = {
  image: Image.meta({
    names: "the image of its own program",
    description: "Image as one string, `repository:tag@digest`; the digest where one is known.",
  }),
  command: z.array(z.string()).min(1).optional().meta({
    description: "Program instead of the image's (Kubernetes `command`).",
    mend: mendCommand,
  }),
  args: z.array(z.string()).optional().meta({
    description: "Arguments instead of the image's; `$(NAME)` is a variable.",
    mend: mendArguments,
    otherwise: 'write its words as a list; what needs a shell is `command: ["sh", "-c", "…"]`',
  }),
  folder: AbsolutePath.optional().meta({ description: "Working directory." }),
  env: z.record(VariableName, Variable).optional().meta({
    description: "Environment variables.",
    ts: "Readonly<Record<string, Variable<E>>>",
    mend: mendVariables,
  }),
  envFrom: z
    .array(
      z
        .string()
        .regex(
          /^(\.|[a-z0-9][a-z0-9-]*)$/,
          "`.` is this service's secret path, a name a folder in it",
        ),
    )
    .min(1)
    .optional()
    .meta({
      description:
        "Whole secret paths as variables: `.` is the service's own, a name a folder in it.",
    }),
  files: z.record(MountPath, MountedFile).optional().meta({
    description: "Files it reads, by their path; it restarts when one changes.",
    ts: "Readonly<Record<`/${string}`, MountedFile<E>>>",
  }),
  mounts: Mounts.optional().meta({
    description:
      "Volumes of the service and where they are mounted; a list where one is mounted several times.",
    ts: "{ readonly [K in V]?: Mount | readonly Mount[] }",
  }),
  size: Size.optional().meta({
    description: "Preset of requests and memory limit; `small` unless said. Or `resources`.",
  }),
  resources: Resources.optional().meta({
    description: "Requests and limits by number, instead of `size`.",
  }),
  security: Security.optional().meta({
    description: "What it needs beyond the restricted standard, and why.",
  }),
};

export const InitContainer = z.strictObject(containerFields).meta({
  id: "InitContainer",
  description:
    "A container that runs to its end before the main one starts, and before sidecars with `afterInit`.",
});

export const Sidecar = z
  .strictObject({
    ...containerFields,
    health: HealthField.optional().meta({
      description: "How it is asked whether it is alive.",
      ts: "Health<N> | Because<false>",
    }),
    afterInit: z.literal(true).optional().meta({
      description:
        "It starts when the containers of `init` have ended, as it needs what they prepare; before them unless said.",
    }),
  })
  .meta({
    id: "Sidecar",
    description: "A container that starts before the main one and runs beside it (native sidecar).",
  });

export const componentFields = {
  runs: Runs.optional(),
  ...containerFields,
  ports: Ports.optional().meta({
    description: "What it listens on, by name.",
    ts: "{ readonly [K in keyof P]: Port }",
  }),
  services: z
    .record(DnsLabel, KubernetesServiceSpec)
    .optional()
    .meta({ description: "More objects of kind Service, by name." }),
  health: HealthField.optional(),
  metrics: Metrics.optional(),
  consumes: Consumes.optional(),
  reaches: Reaches.optional().meta({
    description: "What it calls outside the platform, each with ports.",
  }),
  calledBy: CalledBy.optional(),
  init: z.record(DnsLabel, InitContainer).optional().meta({
    description:
      "Containers that run to their end before it, in this order; they start after sidecars without `afterInit`.",
  }),
  sidecars: z.record(DnsLabel, Sidecar).optional().meta({
    description:
      "Containers that run beside it and start before it, in this order: each when the one before has started.",
  }),
  replicas: z.int().min(0).optional().meta({ description: "Pods; 1 unless said." }),
  scale: Scale.optional().meta({ description: "Pods follow the load, instead of `replicas`." }),
  update: z.enum(["rolling", "recreate"]).optional().meta({
    description:
      "How a new version comes in; recreate where two pods at once would wait for a claim with one writer, a GPU or a port of their node, else rolling.",
  }),
  stopsWithin: Duration.optional().meta({
    description: "Time to end after being asked to; 30s unless said.",
  }),
  disruption: Disruption.optional(),
  placement: Placement.optional().meta({ description: "Which nodes it may run on." }),
  priority: DnsLabel.optional().meta({
    description: "Priority class; its tier's unless said.",
    example: "system-cluster-critical",
  }),
  runtime: DnsLabel.optional().meta({ description: "Runtime class.", example: "nvidia" }),
  gpu: Gpu.optional(),
  runAs: RunAs.optional().meta({
    description: "User and groups of the processes; 1000 unless said.",
  }),
  userNamespace: z.literal(true).optional().meta({
    description:
      "Root inside is nobody outside (hostUsers: false). Not with the node's network or processes, nor with a share.",
  }),
  account: Account.optional().meta({ description: "Rights of its service account." }),
  network: Network.optional().meta({ description: "Network settings of the pods." }),
  pullSecret: SecretReference.optional().meta({
    description: "Credential of the image registry (a dockerconfigjson).",
  }),
  podLabels: MoreLabels.optional().meta({ description: "More labels of its pods." }),
  podAnnotations: z
    .record(QualifiedName, z.string())
    .optional()
    .meta({ description: "More annotations of its pods." }),
};

export const Component = z
  .strictObject(componentFields)
  .meta({ id: "Component", description: "One part of a service with pods of its own." });
export type Component = z.infer<typeof Component>;
export type InitContainer = z.infer<typeof InitContainer>;
export type Sidecar = z.infer<typeof Sidecar>;
