/** What a component listens on, how it is asked whether it lives, and where its metrics are. */
import "./meta.ts";
import { z } from "zod";
import { mendCommand, mendPort, mendPorts } from "./mends.ts";
import { because, SecretReference } from "./references.ts";
import { HostName, Period, PortName, PortNumber, rule } from "./primitives.ts";
import { seconds } from "./units.ts";

const DualPort = z
  .strictObject({
    tcp: PortNumber.optional().meta({ description: "The TCP port." }),
    udp: PortNumber.optional().meta({ description: "The UDP port." }),
  })
  .refine((port) => port.tcp !== undefined || port.udp !== undefined, {
    message: "give tcp, udp or both",
    params: { expected: "{ tcp }, { udp } or both", fix: "add tcp or udp with its number" },
  })
  .meta({
    id: "DualPort",
    description: "A port by protocol; with both, container ports `<name>-tcp` and `<name>-udp`.",
  });

const GrpcPort = z
  .strictObject({
    grpc: PortNumber.meta({ description: "The port that speaks gRPC (HTTP/2 without TLS)." }),
  })
  .meta({ id: "GrpcPort", description: "A gRPC port." });

export const Port = z.union([PortNumber, DualPort, GrpcPort]).meta({
  id: "Port",
  description: "A number for TCP, or `{ udp, tcp }`, or `{ grpc }`.",
  example: 8080,
  mend: mendPort,
});
export type Port = z.infer<typeof Port>;

export const Ports = z.record(PortName, Port).meta({ mend: mendPorts });

export const KubernetesServiceSpec = z
  .strictObject({
    ports: z
      .array(PortName)
      .min(1)
      .meta({ description: "Own ports it forwards to.", ts: "readonly N[]" }),
    headless: z
      .literal(true)
      .optional()
      .meta({ description: "No cluster address: names resolve to the pods." }),
    publishNotReady: z
      .literal(true)
      .optional()
      .meta({ description: "Names also resolve to pods that are not ready yet." }),
    sticky: z
      .literal(true)
      .optional()
      .meta({ description: "A client keeps reaching the same pod (by its address)." }),
  })
  .meta({
    id: "KubernetesServiceSpec",
    description: "One more object of kind Service, beside the one every component with ports has.",
  });

const HttpHeader = z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string());

export const Health = z
  .strictObject({
    http: z
      .string()
      .startsWith("/", "a path starts with /")
      .optional()
      .meta({ description: "Path that answers 200-399 when all is well.", example: "/ping" }),
    tcp: z
      .literal(true)
      .optional()
      .meta({ description: "Healthy when the port accepts a connection." }),
    grpc: z
      .union([z.literal(true), z.string()])
      .optional()
      .meta({ description: "gRPC health protocol; a text names the service asked for." }),
    exec: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: "Healthy when this command ends with 0.", mend: mendCommand }),
    port: PortName.optional().meta({
      description: "Port that is asked; without it the only port, else `http`.",
      ts: "N",
    }),
    https: z
      .literal(true)
      .optional()
      .meta({ description: "Ask over TLS; the certificate is not checked (Kubernetes)." }),
    headers: HttpHeader.optional().meta({ description: "Headers of the request." }),
    startsWithin: Period.optional().meta({
      description: "How long starting may take before it counts as failed; 2m unless said.",
      example: "5m",
    }),
    every: Period.optional().meta({ description: "How often it is asked; 10s unless said." }),
    timeout: Period.optional().meta({
      description: "How long an answer may take; 3s unless said.",
      example: "5s",
    }),
    failures: z
      .int()
      .min(1)
      .optional()
      .meta({ description: "Failures in a row before the container restarts; 3 unless said." }),
  })
  .refine(
    (health) =>
      [health.http, health.tcp, health.grpc, health.exec].filter((kind) => kind !== undefined)
        .length === 1,
    {
      message: "health is exactly one of http, tcp, grpc, exec",
      params: {
        expected: "one way to ask",
        fix: 'leave only one, e.g. health: { http: "/health" }',
      },
    },
  )
  .meta({ id: "Health", description: "How a component is asked whether it is alive and ready." });
export type Health = z.infer<typeof Health>;

export const HealthField = z.union([Health, because(z.literal(false))]).meta({
  description:
    'How it is asked whether it is alive; `because(false, "say why here")` where nothing can be asked.',
  ts: "Health<N> | Because<false>",
});

/** Programs beside a container that turn what it says into metrics. */
export const exporters = ["exportarr", "postgres", "valkey", "mosquitto"] as const;

/** Prometheus forgets what is five minutes old: so there is room for a reading that is missed. */
const ScrapeInterval = Period.refine(
  (text) => seconds(text) <= seconds("2m"),
  rule(
    "read so seldom, a component that runs may count as away: Prometheus forgets what is five minutes old",
    "at most 2m",
    "write 2m or less, or leave it out for 30s",
  ),
);

/** It is asked at the address of a pod, which is in no certificate. */
const MetricsCertificate = z
  .strictObject({
    host: HostName.refine(
      (host) => !host.startsWith("*"),
      rule(
        "a certificate is asked for by one name",
        "a name that the certificate is for, in full",
        "write one of the names that the wildcard stands for",
      ),
    ).meta({
      description: "A name that the certificate is for, in full.",
      example: "photos.example.com",
    }),
    ca: SecretReference.optional().meta({
      description:
        "Certificate of the authority that signed it (PEM); those of the system unless said.",
    }),
  })
  .meta({
    id: "MetricsCertificate",
    description: "How the certificate is verified under which metrics are served.",
  });

export const OwnMetrics = z
  .strictObject({
    port: z.union([PortName, z.array(PortName).min(1)]).meta({
      description: "Port with the metrics, or ports.",
      example: "metrics",
      ts: "N | readonly N[]",
    }),
    path: z
      .string()
      .startsWith("/")
      .optional()
      .meta({ description: "Path, perhaps with a query; /metrics unless said." }),
    every: ScrapeInterval.optional().meta({
      description: "How often it is scraped, 2m at most; 30s unless said.",
    }),
    https: z
      .union([MetricsCertificate, because(z.literal("unverified"))])
      .optional()
      .meta({
        description:
          'They are read over TLS: by which name its certificate is verified, or `because("unverified", "say why here")`.',
        ts: 'MetricsCertificate | Because<"unverified">',
      }),
    token: SecretReference.optional().meta({
      description: "The token that Prometheus shows (`Authorization: Bearer …`).",
    }),
    keepLabels: z.literal(true).optional().meta({
      description:
        "Its metrics are about others: labels such as `namespace` and `pod` that they bear stay (honorLabels).",
    }),
  })
  .meta({ id: "OwnMetrics", description: "Prometheus metrics the component serves itself." });
export type OwnMetrics = z.infer<typeof OwnMetrics>;

export const Metrics = z
  .union([
    OwnMetrics,
    z
      .strictObject({
        exporter: z.enum(exporters).meta({
          description: "A known exporter, which runs beside the component and asks it.",
        }),
        user: z.string().min(1).optional().meta({
          description:
            "The user it logs in as; `postgres` of a PostgreSQL and none of others unless said.",
        }),
        key: SecretReference.optional().meta({
          description: "The key or password the exporter needs to ask the component.",
        }),
      })
      .meta({
        id: "ExporterMetrics",
        description: "Prometheus metrics through an exporter beside the component.",
      }),
  ])
  .meta({ description: "Where Prometheus reads metrics.", ts: "OwnMetrics<N> | ExporterMetrics" });
export type Metrics = z.infer<typeof Metrics>;
