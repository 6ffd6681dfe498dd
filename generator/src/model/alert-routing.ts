/** Who is told of alerts, and when not: facts of the environment that carries Prometheus. */
import "./meta.ts";
import { z } from "zod";
import { DnsLabel, Duration, Period, PortNumber, TierName, rule } from "./primitives.ts";
import { because, HostReference, SecretReference } from "./references.ts";

/** Their values lie in the environment's own path of the store: `/services/environment/<key>`. */
const secretOf = (description: string) =>
  SecretReference.meta({ description, ts: "SecretReference" });

const Receiver = z
  .union([
    z
      .strictObject({
        ntfy: secretOf(
          "Address of the topic, with `?template=alertmanager` at its end so that ntfy writes it for people.",
        ),
        token: secretOf("Access token of ntfy.").optional(),
      })
      .meta({ id: "NtfyReceiver", description: "A topic of ntfy." }),
    z
      .strictObject({ discord: secretOf("Address of the webhook of a channel.") })
      .meta({ id: "DiscordReceiver", description: "A channel of Discord." }),
    z
      .strictObject({
        webhook: secretOf("Address that takes Alertmanager's JSON."),
        bearer: secretOf("What is sent as `Authorization: Bearer`.").optional(),
      })
      .meta({ id: "WebhookReceiver", description: "Anything that takes a webhook." }),
    z
      .strictObject({
        email: z
          .string()
          .regex(/^\S+@\S+$/, "an address of e-mail")
          .meta({
            description: "Who gets it.",
            example: "house@example.com",
          }),
        from: z
          .string()
          .regex(/^\S+@\S+$/, "an address of e-mail")
          .meta({
            description: "Whom it is from.",
            example: "alerts@example.com",
          }),
        server: z
          .string()
          .regex(/^[\w.-]+:\d+$/, "host and port")
          .refine(
            // What has no port at all is told above.
            (text) =>
              !/:\d+$/.test(text) || PortNumber.safeParse(Number(text.split(":")[1])).success,
            rule("this port does not exist", "a number from 1 to 65535", "mend the number"),
          )
          .meta({
            description: "Server that sends it, with its port.",
            example: "smtp.example.com:587",
          }),
        at: HostReference.optional().meta({
          description:
            'Where that server is: on the internet unless said, or a host of the home network, `lan("nas")`.',
        }),
        user: z.string().optional().meta({ description: "User it signs in as." }),
        password: secretOf("Its password.").optional(),
      })
      .meta({ id: "EmailReceiver", description: "An e-mail." }),
  ])
  .meta({
    id: "Receiver",
    description: "Where alerts go.",
    ts: "NtfyReceiver | DiscordReceiver | WebhookReceiver | EmailReceiver",
  });
export type Receiver = z.infer<typeof Receiver>;

const ReceiverName = DnsLabel.meta({ description: "Name of a receiver.", example: "phone" });
const Clock = z
  .string()
  .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'a time of day is "22:00"')
  .meta({ example: "22:00" });

const AlertRoute = z
  .strictObject({
    to: ReceiverName.meta({ description: "Receiver that gets what the route takes." }),
    tiers: z.array(TierName).min(1).optional().meta({
      description: "Tiers it takes; all unless said. `environment` is the platform itself.",
      ts: 'readonly (TierName | "environment")[]',
    }),
    severities: z
      .array(z.enum(["critical", "warning"]))
      .min(1)
      .optional()
      .meta({ description: "Severities it takes; both unless said." }),
    environments: z.array(DnsLabel).min(1).optional().meta({
      description: "Environments of the cluster it takes; all unless said.",
      ts: "readonly EnvironmentName[]",
    }),
    repeat: Duration.optional().meta({
      description: "How long until an alert that goes on is told again; 4h unless said.",
    }),
  })
  .meta({ id: "AlertRoute", description: "Which alerts go where." });
export type AlertRoute = z.infer<typeof AlertRoute>;

const DeadMansSwitch = z
  .strictObject({
    to: ReceiverName.meta({ description: "Receiver outside the house." }),
    every: Period.optional().meta({ description: "How often it is told; 5m unless said." }),
  })
  .meta({
    id: "DeadMansSwitch",
    description: "Who is told all the time that alerts arrive, and how often.",
  });
export type DeadMansSwitch = z.infer<typeof DeadMansSwitch>;

export const AlertRouting = z
  .strictObject({
    receivers: z.record(DnsLabel, Receiver).meta({ description: "Where alerts may go, by name." }),
    otherwise: ReceiverName.meta({ description: "Receiver of what no route takes." }),
    routes: z
      .array(AlertRoute)
      .optional()
      .meta({ description: "Routes in their order: the first that takes an alert has it." }),
    quietHours: z
      .strictObject({
        from: Clock.meta({ description: "When they begin." }),
        to: Clock.meta({
          description: "When they end, perhaps on the next day.",
          example: "07:00",
        }),
      })
      .refine(
        ({ from, to }) => from !== to,
        rule(
          "hours that end when they begin last the whole day, and no warning is ever told",
          "an end that is not the beginning",
          "write when they end, or remove quietHours",
        ),
      )
      .optional()
      .meta({
        id: "QuietHours",
        description:
          "When warnings wait, by the clock of the environment's time zone; what is critical never waits.",
      }),
    deadMansSwitch: z
      .union([DeadMansSwitch, because(z.literal(false))])
      .optional()
      .meta({
        description:
          "Who is told all the time that alerts arrive, and raises the alarm when they no longer do; because(false, …) says why nobody does.",
        ts: "DeadMansSwitch | Because<false>",
      }),
  })
  .meta({ id: "AlertRouting", description: "Who is told of alerts, and when not." });
export type AlertRouting = z.infer<typeof AlertRouting>;
