/** How it runs: resources, scale, placement, security, account, network. Kinds are in runs.ts, presets in sizes.ts. */
import "./meta.ts";
import { z } from "zod";
import { resourceSlip } from "./api-resources.ts";
import { capabilities } from "./capabilities.ts";
import { mendRunAs } from "./mends.ts";
import { accountResource, apiResource, powers, powersIn } from "./powers.ts";
import { because } from "./references.ts";
import {
  Bytes,
  Cores,
  DnsLabel,
  IpAddress,
  DevicePath,
  QualifiedName,
  rule,
} from "./primitives.ts";

export const Resources = z
  .strictObject({
    cpu: Cores.meta({ description: "Processor time asked for." }),
    memory: Bytes.meta({
      description: "Memory asked for; also the limit unless `memoryLimit` says more.",
      example: "512Mi",
    }),
    memoryLimit: Bytes.optional().meta({
      description: "Above this the container is killed.",
      example: "512Mi",
    }),
    cpuLimit: Cores.optional().meta({
      description: "Above this it is slowed down; none unless said.",
    }),
    scratch: Bytes.optional().meta({
      description: "Space for logs and files of the container (ephemeral storage).",
      example: "1Gi",
    }),
  })
  .meta({ id: "Resources", description: "Requests and limits by number." });

export const Requests = z
  .strictObject({
    cpu: Cores.meta({ description: "Processor time." }),
    memory: Bytes.meta({ description: "Memory.", example: "512Mi" }),
    scratch: Bytes.optional().meta({ description: "Ephemeral storage.", example: "1Gi" }),
  })
  .meta({ id: "Requests", description: "What a pod asks for." });

export const Quota = z
  .strictObject({
    cpu: Cores.optional().meta({ description: "Most processor time all its pods ask for." }),
    memory: Bytes.optional().meta({ description: "Most memory all its pods ask for." }),
    memoryLimit: Bytes.optional().meta({ description: "Most memory all its pods may use." }),
    pods: z.int().min(1).optional().meta({ description: "Most pods." }),
  })
  .meta({ id: "Quota", description: "Room of a namespace." });

export const Scale = z
  .strictObject({
    min: z.int().min(1).meta({ description: "Never fewer pods." }),
    max: z.int().min(1).meta({ description: "Never more pods." }),
    cpu: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: "Wanted use of the requested processor time, in percent." }),
    memory: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: "Wanted use of the requested memory, in percent." }),
  })
  .refine((scale) => scale.cpu !== undefined || scale.memory !== undefined, {
    message: "say what it scales by: cpu or memory",
    params: { expected: "cpu or memory in percent of the request", fix: "add cpu: 80" },
  })
  .refine((scale) => scale.min <= scale.max, {
    message: "min must be at most max",
    path: ["min"],
    params: { expected: "a number up to max", fix: "swap the two, or lower min" },
  })
  .meta({
    id: "Scale",
    description: "Pods follow the load (HorizontalPodAutoscaler).",
    example: { min: 1, max: 3, cpu: 80 },
  });

export const Placement = z
  .strictObject({
    nodes: z
      .record(QualifiedName, z.string())
      .optional()
      .meta({ description: "Only nodes with these labels." }),
    zone: z
      .string()
      .optional()
      .meta({ description: "Only this zone (topology.kubernetes.io/zone)." }),
    architecture: z
      .enum(["amd64", "arm64"])
      .optional()
      .meta({ description: "Only nodes of this processor architecture." }),
    tolerates: z
      .record(QualifiedName, z.enum(["NoSchedule", "NoExecute", "PreferNoSchedule", "any"]))
      .optional()
      .meta({ description: "Taints it accepts, by key." }),
    spread: z
      .enum(["hosts", "zones", "none"])
      .optional()
      .meta({ description: "How several pods spread; over hosts unless said." }),
    apartFrom: z
      .array(DnsLabel)
      .optional()
      .meta({ description: "Components of this service it must not share a node with." }),
    together: z.array(DnsLabel).optional().meta({
      description:
        "Components of this service it must share a node with. Unless said, one with which it shares a claim that one node may write to.",
    }),
  })
  .meta({ id: "Placement", description: "Which nodes it may run on." });

export const Gpu = z
  .union([
    z
      .strictObject({
        plugin: QualifiedName.meta({
          description: "Resource of the device plugin.",
          example: "nvidia.com/gpu",
        }),
        count: z.int().min(1).optional().meta({ description: "How many; 1 unless said." }),
      })
      .meta({ id: "GpuByPlugin", description: "A GPU by its device plugin." }),
    z
      .strictObject({
        claim: QualifiedName.meta({
          description: "DeviceClass of dynamic resource allocation.",
          example: "gpu.intel.com",
        }),
        count: z.int().min(1).optional().meta({ description: "How many; 1 unless said." }),
      })
      .meta({ id: "GpuByClaim", description: "A GPU by a resource claim (DRA)." }),
  ])
  .meta({ id: "Gpu", description: "A GPU." });

/** An id of a process. Where root is meant, it is said elsewhere, with the reason. */
const notRoot = (field: "user" | "group") =>
  z
    .int()
    .refine((id) => id !== 0, {
      ...rule(
        "root is an exception, which `security` says with a reason",
        "1 or more",
        `take it out, and write security: because({ ${field}: 0 }, "say why here")`,
      ),
      abort: true,
    })
    .min(1);

export const RunAs = z
  .strictObject({
    user: notRoot("user").meta({
      description: "User id; 1000 unless said. Root only through `security`.",
    }),
    group: notRoot("group")
      .optional()
      .meta({ description: "Group id; the user's number unless said." }),
    files: z.int().min(1).optional().meta({
      description: "Group that owns the files of its volumes (fsGroup); the group unless said.",
    }),
    groups: z.array(z.int().min(1)).optional().meta({ description: "More groups." }),
  })
  .meta({ id: "RunAs", description: "User and groups of the processes.", mend: mendRunAs });

export const SecurityLoosening = z
  .strictObject({
    user: z.literal(0).optional().meta({
      description: "Run as root.",
      otherwise: "leave it out: users that are not root are `runAs: { user: … }`",
    }),
    group: z.literal(0).optional().meta({
      description: "Run with the root group.",
      otherwise: "leave it out: groups that are not root's are `runAs: { user: …, group: … }`",
    }),
    addCapabilities: z
      .array(z.enum(capabilities).meta({ id: "Capability", description: "A Linux capability." }))
      .optional()
      .meta({
        description:
          "Linux capabilities it needs. A program that is not root has one only if it is the container's first and its own file carries it (setcap).",
        example: ["NET_ADMIN"],
      }),
    writableRoot: z
      .literal(true)
      .optional()
      .meta({ description: "It writes outside its volumes." }),
    escalation: z
      .literal(true)
      .optional()
      .meta({ description: "Its processes may gain rights (setuid)." }),
    privileged: z.literal(true).optional().meta({ description: "All rights on the node." }),
    // Each is mounted where it is on the node.
    devices: z.array(DevicePath).optional().meta({
      description:
        "Devices of the node it sees. It may open /dev/net/tun; others only where the runtime was told to (`openDevices` of the cluster), or with `privileged`.",
    }),
    unconfined: z.literal(true).optional().meta({ description: "No seccomp filter." }),
    hostProcesses: z
      .literal(true)
      .optional()
      .meta({ description: "Sees the processes of the node (hostPID)." }),
  })
  .refine(
    (loosened) =>
      Object.values(loosened)
        .flat()
        .some((one) => one !== undefined),
    rule(
      "say what is loosened: a reason alone does nothing",
      "what it needs, e.g. { writableRoot: true }",
      "name it, or remove `security`",
    ),
  )
  .meta({ id: "SecurityLoosening", description: "What it needs beyond the restricted standard." });
export const Security = because(SecurityLoosening).meta({
  description: "What it needs beyond the restricted standard, and why.",
  ts: "Because<SecurityLoosening>",
});

const verbs = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "use",
  "approve",
] as const;
/** With each of them one has the rights of others, whatever the rest of the role says. */
const borrowingVerbs = ["impersonate", "bind", "escalate"] as const;
const Verbs = z.array(z.enum(verbs)).meta({ id: "Verbs", description: "What may be done." });
const AnyVerbs = z.array(z.enum([...verbs, ...borrowingVerbs, "*"])).meta({
  id: "AnyVerbs",
  description:
    "What may be done; `*` is everything, and impersonate, bind and escalate give rights of others.",
});

/** Rights that grow by themselves: with each new kind, subresource or verb. */
const isWildcard = (text: string) => text.includes("*");
/** What is wrong with rights that have no reason; undefined where they need none. */
function unreasoned(resource: string, may: readonly string[]) {
  if (isWildcard(resource))
    return {
      message: `\`${resource}\` stands for resources that nobody has named`,
      expected: "resources by name, or because(…) with the reason",
      fix: "name the resources, or write",
    };
  const { group, name } = apiResource(resource);
  const [power] = powersIn({ groups: [group], resources: [name], verbs: may });
  return power === undefined
    ? undefined
    : {
        message: `it gives ${power.gives}`,
        expected: "because(…) with the reason",
        fix: "take it out, or write",
      };
}
/** The editor asks for the reason too: of these resources only what is no power goes without one. */
const typesOfPowers = [...Map.groupBy(powers, ({ verbs: of }) => either(of))].map(
  ([of, alike]) =>
    `{ readonly [resource in ${either(alike.flatMap(({ group, resources }) => resources.map((name) => accountResource(group, name))))}]?: readonly Exclude<Verbs[number], ${of}>[] | Because<AnyVerbs> }`,
);
function either(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(" | ");
}
const resourceForm = "a resource is `pods`, `pods/log`, or with its group `deployments.apps`";
/** In: how it may be written. */
const ApiResource = (form: RegExp) =>
  z
    .string()
    .regex(form, resourceForm)
    .superRefine((resource, context) => {
      const slip = resourceSlip(resource);
      if (slip === undefined || !form.test(resource)) return;
      const { message, meant } = slip;
      const words = rule(
        message,
        "a resource that the API has, with its group behind it",
        meant === undefined
          ? "write its plural, and its group behind it, as in deployments.apps: kubectl api-resources lists them"
          : `write ${JSON.stringify(meant)}`,
      );
      context.addIssue({ code: "custom", ...words });
    });
const AccountRights = z
  .record(
    ApiResource(/^[a-z0-9*-]+(\.([a-z0-9.-]+|\*))?(\/[a-z0-9*-]+)*$/),
    z.union([Verbs, because(AnyVerbs)]),
  )
  .superRefine((rules, context) => {
    for (const [resource, may] of Object.entries(rules)) {
      const wrong = Array.isArray(may) ? unreasoned(resource, may) : undefined;
      if (wrong === undefined) continue;
      const { message, expected, fix } = wrong;
      context.addIssue({
        code: "custom",
        path: [resource],
        message,
        params: {
          code: "SPEC_WRONG_VALUE",
          expected,
          fix: `${fix} because(${JSON.stringify(may)}, "say why here")`,
        },
      });
    }
  })
  .meta({
    id: "AccountRights",
    description:
      "Resource to verbs, its group behind it: `pods`, `pods/log`, `leases.coordination.k8s.io`. What gives more than it names (docs/isolation.md, powers) takes a because().",
    ts: `{ readonly [resource: string]: Verbs | Because<AnyVerbs>; readonly [wildcard: \`\${string}*\${string}\`]: Because<AnyVerbs> } & ${typesOfPowers.join(" & ")}`,
  });
/** The API server knows no name where something is made, listed or removed by the dozen. */
const NamedVerbs = z.array(z.enum(["get", "watch", "update", "patch", "delete", "use"])).min(1);
export const Account = z
  .strictObject({
    namespace: AccountRights.optional().meta({
      description: "What it may do in its own namespace.",
    }),
    named: z
      .record(
        ApiResource(/^[a-z0-9-]+(\.[a-z0-9.-]+)?(\/[a-z0-9-]+)*$/),
        z.record(z.string().min(1), NamedVerbs),
      )
      .optional()
      .meta({
        description:
          "What it may do in its own namespace with objects of these names alone: resource to names to verbs.",
        example: { configmaps: { results: ["get", "patch"] } },
      }),
    cluster: AccountRights.optional().meta({
      description: "What it may do in the whole cluster.",
    }),
    urls: z
      .record(z.string().startsWith("/"), z.array(z.enum(["get", "post", "head"])))
      .optional()
      .meta({ description: "Paths of the API server it may read." }),
    annotations: z
      .record(QualifiedName, z.string())
      .optional()
      .meta({ description: "Annotations of its service account." }),
  })
  .meta({
    id: "Account",
    description: "Its service account's rights; with it the token is mounted.",
  });

export const Network = z
  .strictObject({
    host: because(z.literal(true)).optional().meta({
      description: "Uses the node's network. Policies cannot select it.",
      ts: "Because<true>",
    }),
    nameservers: z
      .array(IpAddress)
      .optional()
      .meta({ description: "Asks these name servers instead of the cluster's." }),
    searches: z.array(z.string()).optional().meta({ description: "Search domains." }),
    dnsOptions: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Options of resolv.conf.", example: { ndots: "1" } }),
    attach: z.array(z.string()).optional().meta({
      description:
        "Extra networks by their NetworkAttachmentDefinition (Multus): name, or namespace/name.",
    }),
    hosts: z
      .record(z.string(), IpAddress)
      .optional()
      .meta({ description: "Lines of /etc/hosts: name to address." }),
  })
  .meta({ id: "Network", description: "Network settings of the pods." });

export const Disruption = z
  .union([
    z
      .strictObject({ keep: z.int().min(1).meta({ description: "Pods that must stay." }) })
      .meta({ id: "DisruptionKeep", description: "So many pods stay." }),
    z
      .strictObject({ miss: z.int().min(1).meta({ description: "Pods that may be missing." }) })
      .meta({ id: "DisruptionMiss", description: "So many pods may be missing." }),
  ])
  .meta({
    description:
      "How many pods a drain leaves (PodDisruptionBudget); one may be missing unless said, from two pods on.",
    ts: "DisruptionKeep | DisruptionMiss",
  });
