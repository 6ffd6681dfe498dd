/**
 * The values rzp-lib takes under `service:`, complete and final. They hold facts: no apiVersion,
 * kind, spec or metadata outside `objects`. `values.yaml` and `values.schema.json` of the library
 * are generated from here. Every map is keyed by the object's name unless said.
 */
import { podSecurityLevels } from "../pod-security.ts";
import "../meta.ts";
import { z } from "zod";
import { Count, Duration, external, Label, named, Port, Quantity } from "./shared.ts";
import { PostgresValues, WorkloadValues } from "./workload.ts";

const text = z.string();
const name = z.string().min(1);
const map = <T extends z.ZodType>(value: T) => z.record(text, value);

const SecretKeyValue = z
  .strictObject({ secret: text, key: text })
  .meta({ id: "SecretKeyValue", description: "A key of a Secret." });

const MonitoredTls = z
  .union([
    z.strictObject({ host: text, ca: SecretKeyValue.optional() }),
    z.strictObject({ unverified: z.literal(true) }),
  ])
  .meta({
    id: "MonitoredTls",
    description: "By which name a certificate is verified, and by which authority; or not at all.",
  });

/** What a monitor of either kind reads, and how. */
const monitored = {
  ports: z.array(text),
  path: text,
  params: map(z.array(text)).optional().meta({ description: "The query it is asked with." }),
  interval: Duration,
  tls: MonitoredTls.optional().meta({ description: "It is read over TLS." }),
  token: SecretKeyValue.optional().meta({ description: "The bearer token it is asked with." }),
  keepLabels: z
    .literal(true)
    .optional()
    .meta({ description: "Labels of its own metrics win over those of the target." }),
};

const Peer = z
  .union([
    z
      .strictObject({ namespace: name, pods: map(text).optional() })
      .meta({ description: "Pods by label in a namespace; all of it without `pods`." }),
    z
      .strictObject({ cidr: name, except: z.array(name).optional() })
      .meta({ description: "Addresses outside the cluster." }),
    z.strictObject({ component: name }).meta({ description: "Another component of this service." }),
  ])
  .meta({ description: "The other end of a connection." });
const PolicyPort = z.strictObject({
  port: z.union([Port, text]).optional(),
  endPort: Port.optional(),
  protocol: z.enum(["TCP", "UDP"]),
});
const PolicyRule = z
  .strictObject({
    peers: z.array(Peer).min(1).meta({ description: "Never empty: that would allow everybody." }),
    ports: z
      .array(PolicyPort)
      .meta({ description: "Ports of the pods (not of the Service); all where it is empty." }),
  })
  .meta({ id: "PolicyRuleValues" });
const Policy = z
  .strictObject({
    component: text
      .optional()
      .meta({ description: "Whose pods; all of the namespace without it." }),
    ingress: z.array(PolicyRule).optional(),
    egress: z.array(PolicyRule).optional(),
    selects: map(text).optional().meta({
      description: "Pods by other labels (of an upstream chart), instead of `component`.",
    }),
  })
  .meta({ description: "One concern. default deny is always there and needs no values." });

const KubernetesServiceValues = z.strictObject({
  component: text,
  selects: map(text)
    .optional()
    .meta({ description: "Pods by other labels, instead of the component's." }),
  ports: map(
    z.strictObject({
      port: Port,
      target: z.union([Port, text]),
      protocol: z.enum(["TCP", "UDP"]).optional(),
      appProtocol: text.optional(),
    }),
  ),
  headless: z.literal(true).optional(),
  publishNotReady: z.literal(true).optional(),
  sticky: z.literal(true).optional(),
  loadBalancer: z
    .strictObject({
      address: text.optional(),
      clients: z.array(text).optional(),
      keepClientAddress: z.literal(true).optional(),
      annotations: map(text).optional(),
    })
    .optional(),
});

const RouteRule = z.strictObject({
  path: z.strictObject({ value: text, type: z.enum(["PathPrefix", "Exact"]) }).optional(),
  method: text.optional(),
  headers: map(text).optional(),
  rewrite: text.optional(),
  redirect: text.optional(),
  timeout: text.optional(),
  backend: z.strictObject({ service: text, port: Port, external }).optional(),
});
const RouteValues = z.strictObject({
  kind: z.enum(["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"]),
  hosts: z.array(text).optional(),
  annotations: map(text).optional().meta({ description: "What external-dns is told." }),
  gateway: z.strictObject({ name: text, namespace: text, port: Port.optional() }),
  rules: z.array(RouteRule),
  signIn: z
    .strictObject({
      issuer: text,
      endpoints: z
        .strictObject({ authorization: text, token: text, endSession: text.optional() })
        .optional()
        .meta({ description: "Those of the issuer, which is asked for them unless said." }),
      clientId: text,
      secret: text.meta({ description: "Secret with the key `client-secret`." }),
      redirect: text.meta({ description: "Where the provider sends people back to." }),
      logout: text.meta({ description: "Path at which people sign out." }),
      scopes: z.array(text).optional(),
    })
    .optional()
    .meta({ description: "The gateway asks who it is (a SecurityPolicy of Envoy Gateway)." }),
});

const ExternalSecretValues = z.strictObject({
  store: text.meta({ description: "ClusterSecretStore." }),
  data: map(text).optional().meta({ description: "Key of the Secret to its path in the store." }),
  folders: z.array(text).optional().meta({ description: "Paths all of whose secrets are taken." }),
  template: map(text)
    .optional()
    .meta({ description: "Keys made from the others (External Secrets template, v2)." }),
  type: text.optional().meta({ description: "Type of the Secret; Opaque unless said." }),
  labels: map(text).optional(),
  about: map(text)
    .optional()
    .meta({ description: "What keys are, for whoever looks for one that is not there." }),
});

const Rule = z.strictObject({
  groups: z.array(text).optional(),
  resources: z.array(text).optional(),
  names: z
    .array(text)
    .optional()
    .meta({ description: "Names of the objects it is about; all without." }),
  urls: z.array(text).optional(),
  verbs: z.array(text),
});

const AlertRule = z
  .union([
    z.strictObject({
      alert: text.meta({ description: "Its kind, of which the runbook tells." }),
      expr: text,
      for: Duration.optional(),
      severity: text,
      labels: map(text).optional().meta({ description: "Labels beside its severity." }),
      summary: text,
    }),
    z.strictObject({ record: text, expr: text }),
  ])
  .meta({ description: "An alert, or a series recorded under a name." });

export const ServiceValues = z.strictObject({
  name: Label.meta({
    description: "Name of the service: label app.kubernetes.io/name, part of every selector.",
    example: "sonarr",
  }),
  tier: text.meta({
    description: "Tier: label app.kubernetes.io/part-of.",
    example: "media",
    default: "apps",
  }),
  environment: text.meta({
    description: "Environment: label rzp.local/environment.",
    example: "prod",
    default: "prod",
  }),
  namespace: z
    .strictObject({
      name: Label,
      create: z.boolean().meta({ description: "Whether the Namespace object is rendered." }),
      podSecurity: z
        .enum(podSecurityLevels)
        .meta({ description: "Pod Security level that is enforced." }),
      secrets: z
        .strictObject({ store: text, paths: z.array(text).min(1) })
        .optional()
        .meta({
          description:
            "What its ExternalSecrets may read: a store, and paths in it; one with a slash at its end is all below it.",
        }),
      allows: z.array(text).optional().meta({
        description:
          "Security rules that pods here need not keep, each with whose: `root:main/vpn`; `*` is all of them.",
      }),
      because: map(text).optional().meta({
        description: "What its file loosens, and why: for people who look at the namespace.",
      }),
      labels: map(text).optional(),
    })
    .meta({ description: "Its namespace.", default: { create: true, podSecurity: "restricted" } }),
  labels: map(text).meta({ description: "More labels of all objects." }),
  annotations: map(text).meta({ description: "More annotations of the workloads." }),
  dns: z
    .strictObject({
      namespace: text,
      podLabels: map(text),
      addresses: z.array(text).optional(),
      except: z.array(text).optional().meta({
        description: "Components with name servers of their own, whose pods may not ask it.",
      }),
    })
    .meta({
      description: "Where the cluster's DNS is: pods may ask it.",
      default: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } },
    }),
  workloads: z.record(Label, WorkloadValues).meta({
    description: "Components by name (not object name) and what runs.",
  }),
  postgres: z.record(Label, PostgresValues).meta({
    description: "Components that are a PostgreSQL cluster, by component name.",
  }),
  claims: named(
    z.strictObject({
      size: Quantity,
      class: text.optional(),
      access: z.enum(["ReadWriteOnce", "ReadWriteMany"]),
      volume: text.optional().meta({ description: "A PersistentVolume by name: no class." }),
      backup: z.literal("none").optional().meta({ description: "No backup copies its data." }),
    }),
  ).meta({ description: "PersistentVolumeClaims." }),
  shares: named(
    z.strictObject({
      server: text,
      path: text,
      size: Quantity,
      options: z.array(text).optional(),
      claim: text,
    }),
  ).meta({
    description: "PersistentVolumes for NFS shares, bound to one claim of the namespace each.",
  }),
  configMaps: named(map(z.union([z.strictObject({ text }), z.strictObject({ file: text })]))).meta({
    description: "ConfigMaps: key to text, or to a file of the chart.",
  }),
  externalSecrets: named(ExternalSecretValues).meta({
    description: "Secrets by reference; none is in the tree.",
  }),
  accounts: named(z.strictObject({ annotations: map(text).optional() })).meta({
    description: "ServiceAccounts.",
  }),
  roles: map(
    z.strictObject({
      account: text,
      of: text.optional().meta({ description: "Namespace of the account, where it is another." }),
      rules: z.array(Rule),
      cluster: z.literal(true).optional(),
      powers: z.literal(true).optional().meta({
        description: "Its powers are declared, with a reason.",
      }),
    }),
  ).meta({ description: "Roles with their bindings; with `cluster` a ClusterRole." }),
  services: z
    .record(Label, KubernetesServiceValues)
    .meta({ description: "Objects of kind Service." }),
  routes: named(RouteValues).meta({ description: "Routes of the Gateway API." }),
  policies: named(Policy).meta({ description: "NetworkPolicies beside default deny and DNS." }),
  monitors: named(
    z.strictObject({
      service: text,
      ...monitored,
    }),
  ).meta({ description: "ServiceMonitors: which Service, which ports." }),
  podMonitors: named(
    z.strictObject({
      component: text.optional(),
      selects: map(text).optional(),
      ...monitored,
    }),
  ).meta({ description: "PodMonitors, for pods without a Service." }),
  alertRules: named(
    z.strictObject({
      runbooks: text.meta({ description: "Address of the folder of runbooks." }),
      labels: map(text).meta({ description: "Labels of every alert and recorded series." }),
      groups: map(
        z.strictObject({ interval: Duration.optional(), rules: z.array(AlertRule).min(1) }),
      ),
    }),
  ).meta({ description: "PrometheusRules: groups of rules by name." }),
  probes: named(
    z.strictObject({
      component: text,
      prober: text.meta({ description: "Host and port of the prober." }),
      module: text.meta({ description: "What it does, by name in its configuration." }),
      target: text.meta({ description: "What it asks: a URL, or host and port." }),
      interval: Duration,
    }),
  ).meta({ description: "Probes: a prober asks whether a component answers." }),
  alertRouting: named(
    z.strictObject({
      secret: text.meta({ description: "Secret with the keys of its receivers." }),
      platform: text.meta({
        description:
          "Label `service` of alerts about the platform itself, which nothing keeps silent.",
      }),
      receivers: z.array(
        z.strictObject({
          name: text,
          beat: z.literal(true).optional().meta({
            description: "Dead man's switch: it is not told that an alert has ended.",
          }),
          webhook: text.optional().meta({ description: "Key of the address." }),
          token: text.optional().meta({ description: "Key of what it signs in with." }),
          discord: text.optional().meta({ description: "Key of the address." }),
          email: z
            .strictObject({
              to: text,
              from: text,
              server: text,
              user: text.optional(),
              password: text.optional(),
            })
            .optional(),
        }),
      ),
      otherwise: text,
      ignores: text.optional().meta({ description: "Name of an alert that nobody is told of." }),
      routes: z
        .array(
          z.strictObject({
            to: text,
            matches: map(z.array(text)).optional(),
            repeat: Duration.optional(),
            wait: Duration.optional().meta({
              description: "How long its first message waits for others.",
            }),
            interval: Duration.optional().meta({
              description: "How often it looks whether to tell again.",
            }),
            waits: z.literal(true).optional(),
          }),
        )
        .optional(),
      quiet: z
        .array(z.strictObject({ months: z.array(text).optional(), from: text, to: text }))
        .optional(),
    }),
  ).meta({ description: "AlertmanagerConfigs: who is told of alerts." }),
  quotas: named(
    z.strictObject({
      cpu: Quantity.optional(),
      memory: Quantity.optional(),
      memoryLimit: Quantity.optional(),
      pods: Count.optional(),
      devices: map(Count).optional().meta({ description: "By resource of the device plugin." }),
    }),
  ).meta({ description: "ResourceQuotas: what all pods of the namespace may ask for." }),
  limitRanges: named(
    z.strictObject({ cpu: Quantity, memory: Quantity, memoryLimit: Quantity.optional() }),
  ).meta({
    description: "LimitRanges: what a container gets that says nothing.",
  }),
  disruption: named(
    z.strictObject({ component: text, keep: Count.optional(), miss: Count.optional() }),
  ).meta({ description: "PodDisruptionBudgets." }),
  scale: named(
    z.strictObject({
      component: text,
      min: Count,
      max: Count,
      cpu: Count.optional(),
      memory: Count.optional(),
    }),
  ).meta({ description: "HorizontalPodAutoscalers." }),
  resourceClaims: named(z.strictObject({ class: text, count: Count })).meta({
    description: "ResourceClaimTemplates (DRA).",
  }),
  snapshotClasses: named(z.strictObject({ driver: text, parameters: map(text).optional() })).meta({
    description: "VolumeSnapshotClasses that Velero takes.",
  }),
  backupSchedules: named(
    z.strictObject({
      cron: text,
      location: text,
      keep: text.meta({ description: "As Go writes durations: `720h0m0s`." }),
      itemOperationTimeout: text.meta({
        description: "When copying is given up, as Go writes durations.",
      }),
      namespaces: z.array(text).min(1),
      policy: text.meta({ description: "ConfigMap that says how each volume is copied." }),
      moves: z
        .literal(true)
        .optional()
        .meta({ description: "Snapshots are copied to the location." }),
    }),
  ).meta({ description: "Schedules of Velero." }),
  objects: map(
    z.looseObject({
      apiVersion: text,
      kind: text,
      metadata: z
        .looseObject({
          name: name.optional(),
          namespace: name.optional(),
          labels: map(z.unknown()).optional(),
          annotations: map(z.unknown()).optional(),
        })
        .optional(),
    }),
  ).meta({
    description:
      "Objects as they are; labels are added. The key is the name unless the object has one.",
  }),
});
export type ServiceValues = z.infer<typeof ServiceValues>;

/** What a chart's values file holds: the library's alias and nothing else. */
export const HelmValues = z.strictObject({ service: ServiceValues });
export type HelmValues = z.infer<typeof HelmValues>;
