/** Values of rzp-lib: a container, as facts. Nothing here is a Kubernetes object. */
import "../meta.ts";
import { z } from "zod";
import { Count, Port, Quantity } from "./shared.ts";

const text = z.string();
const name = z.string().min(1);

export const VariableValue = z
  .union([text, z.strictObject({ secret: name, key: name }), z.strictObject({ field: name })])
  .meta({ id: "VariableValue", description: "A text, a key of a Secret, or a field of the pod." });

const Probe = z
  .strictObject({
    http: z
      .strictObject({
        path: text,
        port: z.union([text, Port]),
        https: z.literal(true).optional(),
        headers: z.record(text, text).optional(),
      })
      .optional(),
    tcp: z.strictObject({ port: z.union([text, Port]) }).optional(),
    grpc: z.strictObject({ port: Port, service: text.optional() }).optional(),
    exec: z.array(text).optional(),
    every: Count.meta({ description: "Seconds between two questions." }),
    timeout: Count.meta({ description: "Seconds an answer may take." }),
    failures: Count.meta({ description: "Failures in a row that count." }),
  })
  .meta({
    id: "ProbeValues",
    description:
      "One probe; exactly one of http, tcp, grpc, exec. Ports by name, or by number where another container declares them; for grpc by number (Kubernetes).",
  });

export const ContainerPort = z
  .strictObject({
    port: Port.meta({ description: "Port in the container." }),
    protocol: z.enum(["TCP", "UDP"]).optional().meta({ description: "TCP unless said." }),
  })
  .meta({ id: "ContainerPortValues" });

export const MountValue = z
  .strictObject({
    volume: text.meta({ description: "Name of a volume of the pod." }),
    at: text.meta({ description: "Path in the container." }),
    subPath: text.optional(),
    readOnly: z.literal(true).optional(),
  })
  .meta({ id: "MountValue" });

export const ContainerSecurity = z
  .strictObject({
    user: Count.optional(),
    group: Count.optional(),
    addCapabilities: z.array(text).optional(),
    writableRoot: z.literal(true).optional(),
    escalation: z.literal(true).optional(),
    privileged: z.literal(true).optional(),
    unconfined: z.literal(true).optional(),
  })
  .meta({
    id: "SecurityValues",
    description:
      "What is looser than restricted. Absent: no capability, read-only root, no escalation.",
  });

export const ResourceValues = z
  .strictObject({
    cpu: Quantity.meta({ description: "Request of processor time." }),
    memory: Quantity.meta({ description: "Request of memory." }),
    memoryLimit: Quantity.meta({ description: "Limit of memory." }),
    cpuLimit: Quantity.optional(),
    scratch: Quantity.optional().meta({ description: "Request and limit of ephemeral storage." }),
    devices: z
      .record(text, Count)
      .optional()
      .meta({ description: "Extended resources, e.g. nvidia.com/gpu: requests and limits." }),
    claims: z
      .array(text)
      .optional()
      .meta({ description: "Names of the pod's resource claims (DRA)." }),
  })
  .meta({ id: "ResourceValues", description: "Requests and limits." });

export const ContainerValues = z.strictObject({
  image: text.meta({
    description: "Image, repository:tag@digest.",
    example: "ghcr.io/home-operations/sonarr:4.0.19.3001",
  }),
  command: z.array(text).optional(),
  args: z.array(text).optional(),
  folder: text.optional().meta({ description: "Working directory." }),
  env: z.record(text, VariableValue).optional().meta({
    description:
      "Variables by name; those with $(…) come last, so that they may refer to the others.",
  }),
  envFrom: z
    .array(text)
    .optional()
    .meta({ description: "Names of Secrets whose keys become variables." }),
  ports: z.record(text, ContainerPort).optional().meta({ description: "Container ports by name." }),
  probes: z
    .strictObject({
      startup: Probe.optional(),
      readiness: Probe.optional(),
      liveness: Probe.optional(),
    })
    .optional(),
  resources: ResourceValues,
  mounts: z.array(MountValue).optional(),
  security: ContainerSecurity.optional(),
});
export type ContainerValues = z.infer<typeof ContainerValues>;
export type ProbeValues = z.infer<typeof Probe>;
export type VariableValue = z.infer<typeof VariableValue>;

/** Sidecars and init containers keep their order, so they are lists and carry their name. */
export const NamedContainer = ContainerValues.extend({ name: text }).meta({
  id: "NamedContainerValues",
});
export type NamedContainer = z.infer<typeof NamedContainer>;
