/** Typed facts of an environment: a set of services on a cluster. */
import { EnvironmentBackup } from "./backup.ts";
import "./meta.ts";
import { z } from "zod";
import { DnsLabel, DomainName, TimeZone, rule } from "./primitives.ts";
import { because } from "./references.ts";
import { AlertRouting } from "./alert-routing.ts";
import { SignIn } from "./sign-in.ts";
import { Telemetry } from "./telemetry.ts";

const SecretBackend = z
  .union([
    z
      .strictObject({
        backend: z.literal("fake").meta({ description: "Where secrets come from." }),
      })
      .meta({
        id: "FakeSecrets",
        description: "Throw-away values from ESO's fake provider: no account needed.",
      }),
    z
      .strictObject({
        backend: z.literal("infisical").meta({ description: "Where secrets come from." }),
        host: z
          .string()
          .startsWith("https://")
          .optional()
          .meta({ description: "Infisical's address; the vendor's unless said." }),
        project: z.string().meta({ description: "Project slug." }),
        environment: z.string().meta({ description: "Environment slug." }),
      })
      .meta({ id: "InfisicalSecrets", description: "Infisical, one machine identity per tier." }),
  ])
  .meta({ description: "Where secrets come from.", ts: "FakeSecrets | InfisicalSecrets" });

/** What `git check-ref-format` takes, with or without `refs/heads/` before it; a commit is such a name too. */
const isRevision = (text: string): boolean =>
  !/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|^-|\.$/u.test(text) &&
  text.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));

export const Environment = z
  .strictObject({
    cluster: DnsLabel.meta({
      description: "Cluster it is on.",
      example: "home",
      ts: "ClusterName",
    }),
    extends: DnsLabel.optional().meta({
      description:
        "Environment whose services it takes over; never what is its own (cluster, domain, revision, prefix, secrets, signIn, alerts).",
      example: "prod",
      ts: "EnvironmentName",
    }),
    prefix: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,9}$/, "a prefix is one lower-case word of 10 characters at most")
      .optional()
      .meta({
        description:
          "First word of its namespaces where environments share a cluster. Never changes.",
      }),
    domain: DomainName.meta({
      description: "Domain of its routes.",
      names: "a domain of your own",
      example: "dev.example.com",
    }),
    revision: z
      .string()
      .refine(
        isRevision,
        rule(
          "git has no branch, tag or commit of such a name",
          "a name as git takes it (git check-ref-format): no blank, no .., none of ~ ^ : ? * [ and backslash",
          'write the name of a branch or tag, as in "refs/heads/main", or a commit',
        ),
      )
      .meta({ description: "Git revision its Applications follow.", example: "refs/heads/main" }),
    timeZone: TimeZone.optional().meta({
      description: "Time zone of its services; Etc/UTC unless said.",
    }),
    services: z
      .array(DnsLabel)
      .optional()
      .meta({ description: "Services that run here.", ts: "readonly ServiceName[]" }),
    without: z.array(DnsLabel).optional().meta({
      description: "Services of the extended environment that do not run here.",
      ts: "readonly ServiceName[]",
    }),
    requests: z.number().positive().max(1).optional().meta({
      description: "Factor on requests of processor time and memory; 1 unless said. Limits stay.",
    }),
    replicas: z.int().min(1).optional().meta({ description: "Most pods of any workload here." }),
    admission: z.enum(["warn", "deny"]).optional().meta({
      description:
        "What the API server does with an object that breaks a rule of RZP: warn, or deny it; deny unless said.",
    }),
    spareNode: because(z.literal(false)).optional().meta({
      description:
        "Why its cluster need not have room for every pod when one node is gone; it must unless said. The carrier of a cluster with several nodes says it.",
      ts: "Because<false>",
    }),
    telemetry: Telemetry.optional(),
    backup: z
      .union([EnvironmentBackup, because(z.literal(false))])
      .optional()
      .meta({
        description:
          "How its volumes are backed up where its cluster has backups; because(false, …) says why they are not.",
        ts: "EnvironmentBackup | Because<false>",
      }),
    drill: z
      .strictObject({
        classes: z.record(DnsLabel, DnsLabel).meta({
          description:
            "Purpose of a storage class to the purpose of the one its volumes have in a restore drill.",
          example: { bulk: "standard" },
        }),
      })
      .optional()
      .meta({ description: "How its services are restored for trial." }),
    secrets: SecretBackend,
    signIn: SignIn.optional(),
    alerts: z
      .union([AlertRouting, because(z.literal(false))])
      .optional()
      .meta({
        description:
          "Who is told of alerts, where Prometheus and Alertmanager run; because(false, …) says why nobody is.",
        ts: "AlertRouting | Because<false>",
      }),
  })
  .meta({
    id: "Environment",
    description: "Facts of an environment: a set of services on a cluster.",
  });
export type Environment = z.infer<typeof Environment>;
