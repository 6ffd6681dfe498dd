/** An upstream chart, and which pods it brings. */
import "./meta.ts";
import { z } from "zod";
import { because } from "./references.ts";
import { CalledBy, Consumes, Reaches } from "./connections.ts";
import { DnsLabel, PortName, QualifiedName } from "./primitives.ts";
import { OwnMetrics, Ports } from "./ports.ts";
import { Placement, Requests } from "./workload.ts";

/** No way out of the repository: no leading slash, no `.` or `..` between slashes. */
const archivePath = /^(?!.*(?:^|\/)\.{0,2}\/)[^\\\0\r\n]+\.tgz$/;

const ChartArchive = z
  .strictObject({
    file: z
      .string()
      .regex(archivePath, "a .tgz file of this repository, by its path from the root")
      .meta({
        description: "Its path from the root of the repository.",
        example: "charts/vendor/cert-manager-v1.21.1.tgz",
      }),
    digest: z
      .string()
      .regex(
        /^sha256:[0-9a-f]{64}$/,
        "sha256: and 64 hexadecimal digits, as `npm run vendor` writes it",
      )
      .meta({ description: "Checksum of that file." }),
  })
  .meta({ id: "ChartArchive", description: "A copy of the chart in this repository." });

export const ChartSource = z
  .strictObject({
    from: z
      .string()
      .regex(
        /^(oci|https?):\/\/.+\/[a-z0-9-]+$/,
        "where the chart is: oci://…/name, or https://repository/name",
      )
      .meta({
        description: "Registry or repository, with the chart's name at the end.",
        names: "where its own chart is",
        example: "oci://quay.io/jetstack/charts/cert-manager",
      }),
    version: z.string().min(1).meta({
      description: "Exact version.",
      names: "a version of its own chart",
      example: "v1.21.1",
    }),
    release: DnsLabel.optional().meta({
      description: "Helm release name; the service's name unless said.",
      example: "cert-manager",
    }),
    values: z.record(z.string(), z.unknown()).optional().meta({
      description: "Values of the chart, as its own documentation has them.",
      ts: "Readonly<Record<string, unknown>>",
    }),
    brings: z
      .array(
        z
          .string()
          .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "an API group, as it stands before the slash")
          .meta({ description: "One of them." }),
      )
      .min(1)
      .optional()
      .meta({
        description:
          "API groups whose definitions (CRDs) it installs: `check` tells of objects that nothing on their cluster brings the group of.",
        example: ["cert-manager.io", "acme.cert-manager.io"],
      }),
    archive: ChartArchive.optional().meta({
      description:
        "The copy it is rendered from, written by `npm run vendor <service>`; without one Argo CD fetches the chart.",
    }),
  })
  .meta({ id: "ChartSource", description: "The upstream chart." });

export const ChartComponent = z
  .strictObject({
    pods: z
      .record(QualifiedName, z.string())
      .meta({ description: "Labels that select its pods; none selects all of the namespace." }),
    rendered: because(z.literal(false)).optional().meta({
      description:
        "Its pods are in no template of the chart: a controller makes them, or another switch of the values.",
      ts: "Because<false>",
    }),
    ports: Ports.optional().meta({
      description: "Pod ports others connect to.",
      ts: "{ readonly [K in keyof P]: Port }",
    }),
    metrics: OwnMetrics.optional().meta({
      description: "Where Prometheus reads its metrics; the port bears the chart's name for it.",
      ts: "OwnMetrics<N>",
    }),
    consumes: Consumes.optional(),
    reaches: Reaches.optional().meta({ description: "What it calls outside the platform." }),
    calledBy: CalledBy.optional(),
    gatewayPorts: z.array(PortName).min(1).optional().meta({
      description:
        "Its pods are the proxies of the cluster's gateways in this namespace: ports their clients connect to. They may call what routes lead to.",
      ts: "readonly N[]",
    }),
    podSecurity: z
      .union([z.literal("restricted"), because(z.enum(["baseline", "privileged"]))])
      .optional()
      .meta({
        description:
          "Pod Security level its pods need; baseline unless said, since their fields are not known.",
        ts: '"restricted" | Because<"baseline" | "privileged">',
      }),
    hostNetwork: because(z.literal(true))
      .optional()
      .meta({ description: "Its pods use the node's network.", ts: "Because<true>" }),
    requests: Requests.optional().meta({
      description:
        "What each of its pods asks for, as the chart's values say it: `capacity` counts it. Unless said, what the LimitRange of the namespace gives one container.",
    }),
    replicas: z.int().min(0).optional().meta({
      description: "How many pods it has, as the chart's values say it; 1 unless said.",
    }),
    everyNode: z
      .literal(true)
      .optional()
      .meta({ description: "One pod on every node (DaemonSet), instead of `replicas`." }),
    tolerates: Placement.shape.tolerates.meta({
      description: "Taints its pods accept, by key, as the chart's values say it.",
    }),
  })
  .meta({ id: "ChartComponent", description: "Pods an upstream chart brings." });
