/** An upstream chart, and which pods it brings. */
import "./meta.ts";
import { z } from "zod";
import { because } from "./references.ts";
import { Consumes, Reaches } from "./connections.ts";
import { DnsLabel, Duration, QualifiedName } from "./primitives.ts";
import { Ports } from "./ports.ts";

export const ChartSource = z
  .strictObject({
    from: z.string().regex(/^(oci|https?):\/\/.+\/[a-z0-9-]+$/, "where the chart is: oci://…/name, or https://repository/name").meta({ description: "Registry or repository, with the chart's name at the end.", example: "oci://quay.io/jetstack/charts/cert-manager" }),
    version: z.string().min(1).meta({ description: "Exact version.", example: "v1.21.1" }),
    release: DnsLabel.optional().meta({ description: "Helm release name; the service's name unless said.", example: "cert-manager" }),
    values: z.record(z.string(), z.unknown()).optional().meta({ description: "Values of the chart, as its own documentation has them.", ts: "Readonly<Record<string, unknown>>" }),
  })
  .meta({ id: "ChartSource", description: "The upstream chart." });

export const ChartComponent = z
  .strictObject({
    pods: z.record(QualifiedName, z.string()).meta({ description: "Labels that select its pods." }),
    ports: Ports.optional().meta({ description: "Pod ports others connect to.", ts: "{ readonly [K in keyof P]: Port }" }),
    consumes: Consumes.optional().meta({ ts: "Consumes<{}>" }),
    reaches: Reaches.optional().meta({ description: "What it calls outside the platform." }),
    calledBy: z.array(z.enum(["apiserver", "nodes"])).optional().meta({ description: "Callers that are no pods: the API server for webhooks." }),
    hostNetwork: because(z.literal(true)).optional().meta({ description: "Its pods use the node's network.", ts: "Because<true>" }),
  })
  .meta({ id: "ChartComponent", description: "Pods an upstream chart brings." });

export const ChartMetrics = z
  .strictObject({
    port: z.string().meta({ description: "component/port with the metrics.", ts: "T" }),
    path: z.string().startsWith("/").optional().meta({ description: "Path; /metrics unless said." }),
    every: Duration.optional().meta({ description: "How often; 30s unless said." }),
  })
  .meta({ id: "ChartMetrics", description: "Where Prometheus reads metrics of the chart's pods." });
