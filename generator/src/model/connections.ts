/** Four verbs for connections: consumes, reaches, routes, exposes; the provider's side is offers. */
import "./meta.ts";
import { z } from "zod";
import { mendPortOutside } from "./mends.ts";
import { loginKeys } from "./login-keys.ts";
import { audiences } from "./audiences.ts";
import { because, SecretReference } from "./references.ts";
import {
  butEverywhere,
  Cidr,
  DnsLabel,
  LanHostName,
  Duration,
  HostName,
  IpAddress,
  OutsidePort,
  PortName,
  PortNumber,
  rule,
} from "./primitives.ts";

/**
 * A port of a service: its name, or `component/name` where the service has several components. A number has the
 * form too: which name it has is known where the ports are.
 */
const PortAddress = z
  .string()
  .regex(/^([a-z][a-z0-9-]*\/)?[a-z0-9][a-z0-9-]*$/, "a port is its name, or component/name")
  .meta({ example: "http", names: "the name of the port" });

const Login = z
  .strictObject({
    login: z
      .string()
      .regex(
        /^[a-z]([a-z0-9_]{0,61}[a-z0-9])?$/,
        "a login is lower-case letters, digits and _, starts with a letter and does not end with _",
      )
      .meta({
        description: "User it logs in as; also its database where the provider has databases.",
        example: "sonarr",
      }),
    readsAll: z.literal(true).optional().meta({
      description:
        "It reads every database of a PostgreSQL cluster, to dump them, and has none of its own.",
    }),
  })
  .meta({ id: "LoginEdge", description: "Reach with a credential of its own." });

export const Edge = z
  .union([PortAddress, z.array(PortAddress).min(1), Login])
  .meta({ description: "Port, ports, or a login.", example: "http" });
export type Edge = z.infer<typeof Edge>;

export const Consumes = z
  .record(z.string().regex(/^(\.\/)?[a-z][a-z0-9-]*$/, "a service's name, or ./component"), Edge)
  .meta({
    description: "Services of this platform it calls: reach and credentials.",
    example: { prowlarr: "http" },
    ts: "Consumes<E>",
  });

export const Reaches = z
  .strictObject({
    internet: z
      .array(OutsidePort)
      .min(1)
      .optional()
      .meta({ description: "Ports on the internet; private networks are not part of it." }),
    lan: z.record(LanHostName, z.array(OutsidePort).min(1)).optional().meta({
      description: "Hosts of the home network by the cluster's name for them, with ports.",
      ts: "{ readonly [K in LanHost]?: readonly OutsidePort[] }",
    }),
    apiserver: z
      .array(OutsidePort)
      .min(1)
      .optional()
      .meta({ description: "The Kubernetes API; `https` is its port." }),
    nodes: z.array(OutsidePort).min(1).optional().meta({ description: "The nodes themselves." }),
    signIn: z.literal(true).optional().meta({
      description:
        "The sign-in providers of routes with `sso` on its cluster, as a gateway and its controller do.",
    }),
    receivers: z.literal(true).optional().meta({
      description:
        "The receivers of its environment's alerts, as Alertmanager does: a server of e-mail at its port, and an address that is a secret by https on the internet.",
    }),
  })
  .meta({ id: "Reaches", description: "What it calls outside the platform, each with ports." });

const callerNames = ["apiserver", "nodes"] as const;
const calledPorts = z
  .array(PortName)
  .min(1)
  .optional()
  .meta({ description: "Own ports.", ts: "readonly N[]" });
export const CalledBy = z
  .union([
    z.array(z.enum(callerNames)).min(1),
    z
      .strictObject({
        apiserver: calledPorts.meta({ description: "Ports of webhooks.", ts: "readonly N[]" }),
        nodes: calledPorts.meta({ description: "Ports nodes call.", ts: "readonly N[]" }),
      })
      .meta({ id: "CalledPorts", description: "Callers that are no pods, each with own ports." }),
  ])
  .meta({
    description:
      "Callers that are no pods: the API server for webhooks, nodes. All ports, unless they are named.",
    ts: 'readonly ("apiserver" | "nodes")[] | CalledPorts<N>',
  });

const signIns = ["own", "sso"] as const;

/** What HTTPRoutes take as Exact and PathPrefix (Gateway API, HTTPPathMatch: MaxLength and CEL rules). */
const RoutePath = z
  .string()
  .startsWith("/")
  .max(1024)
  .refine(
    isPlainPath,
    rule(
      "no gateway looks for such a path",
      "a path as browsers send it: no blank, ?, #, //, %2F, no part . or .., and ü as %C3%BC",
      "escape what is no plain character, and leave out what follows ? or #",
    ),
  );

function isPlainPath(path: string): boolean {
  return (
    /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/.test(path) &&
    !/\/\/|\/\.\.?(\/|$)|%2f/i.test(path)
  );
}

/** What a redirect takes (Gateway API, PreciseHostname). */
const isPlainHost = (host: string) =>
  host.length <= 253 &&
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host);

export const RouteRule = z
  .strictObject({
    path: RoutePath.optional().meta({
      description: "Requests whose path starts so; all unless said.",
    }),
    exact: z.literal(true).optional().meta({ description: "The path must be equal." }),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      .optional()
      .meta({ description: "Only this method." }),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Only requests with these headers." }),
    to: PortAddress.optional().meta({ description: "Own port; the route's unless said.", ts: "T" }),
    rewrite: z
      .string()
      .startsWith("/")
      .optional()
      .meta({ description: "The matched prefix becomes this." }),
    redirect: z
      .string()
      .refine(
        isPlainHost,
        rule(
          "a redirect leads to another host, and this is no name of one",
          'a host in small letters, as in "notes.example.com"',
          "write the host alone, without https:// before it and a path after it",
        ),
      )
      .optional()
      .meta({
        description:
          "Answer with a redirect to this host instead; one label gets the environment's domain.",
      }),
    timeout: Duration.optional().meta({
      description: "An answer may take this long; the route's unless said.",
      example: "1h",
    }),
  })
  .meta({ id: "RouteRule", description: "One rule of a route." });

const HostNames = z.array(HostName).min(1);

export const Route = z
  .strictObject({
    host: z
      .union([HostName, HostNames, because(z.union([HostName, HostNames]))])
      .optional()
      .meta({
        description:
          "Name or names; one label gets the environment's domain. `because(…)` says why it shares a name with another service.",
        example: "sonarr",
      }),
    to: PortAddress.meta({
      description: "Own port it leads to; `component/port` with several components.",
      ts: "T",
    }),
    kind: z
      .enum(["http", "grpc", "tls", "tcp", "udp"])
      .optional()
      .meta({ description: "Kind of route (Gateway API); http unless said." }),
    listener: PortNumber.optional().meta({ description: "Port of the gateway, for tcp and udp." }),
    audience: z
      .enum(audiences)
      .meta({ description: "`internal`: the home network; `public`: everybody." }),
    signIn: z
      .union([z.enum(signIns), because(z.literal("none"))])
      .optional()
      .meta({
        description:
          "Who asks for a password: the service's `own` page, or `sso`: the gateway, with the environment's provider. A public route must say it.",
        ts: '"own" | "sso" | Because<"none">',
      }),
    paths: z.array(RoutePath).min(1).optional().meta({ description: "Only these path prefixes." }),
    timeout: Duration.optional().meta({
      description:
        "An answer may take this long; no limit unless said, as films and streams of events take their time.",
      example: "30s",
    }),
    rules: z
      .record(DnsLabel, RouteRule)
      .optional()
      .meta({ description: "Rules of its own, by name; instead of `paths`." }),
  })
  .meta({ id: "Route", description: "A way in by name, through a gateway." });
export type Route = z.infer<typeof Route>;
export const Routes = z.record(DnsLabel, Route);

/** One spelling for each port: `80` and `080` would be one port twice. */
const PortKey = z
  .string()
  .regex(/^[1-9][0-9]{0,4}$/, "a port is a number from 1 to 65535, without zeros before it")
  .refine(
    (port) => Number(port) <= 65_535,
    rule("a port is a number from 1 to 65535", "a number from 1 to 65535", "mend the number"),
  )
  .meta({ example: "443", mend: mendPortOutside });

export const Exposure = z
  .strictObject({
    address: z.union([IpAddress, DnsLabel]).optional().meta({
      description:
        "An address of the pool, or the cluster's name for one; allocated and kept unless said.",
      ts: "AddressName",
    }),
    ports: z.record(PortKey, PortAddress).meta({
      description: "Port outside to own port.",
      example: { 53: "dns" },
      ts: "Readonly<Record<number, T>>",
    }),
    clients: z
      .union([
        z.enum(["lan", "internet"]),
        z
          .array(Cidr.refine(...butEverywhere('write `clients: "internet"`')))
          .min(1)
          .meta({ example: ["10.0.10.0/24"] }),
      ])
      .meta({ description: "Who may connect: `lan`, `internet`, or networks.", example: "lan" }),
    keepClientAddress: z
      .literal(true)
      .optional()
      .meta({ description: "The pod sees the client's address (externalTrafficPolicy Local)." }),
  })
  .meta({ id: "Exposure", description: "A way in by an address of its own (load balancer)." });
export type Exposure = z.infer<typeof Exposure>;
export const Exposes = z.record(DnsLabel, Exposure);

const Offer = z
  .union([
    SecretReference,
    z
      .strictObject({
        port: PortAddress.meta({ description: "Port a consumer gets reach to.", ts: "T" }),
        gives: z
          .array(z.enum(loginKeys))
          .min(1)
          .meta({ description: "What a consumer can read with `from`." }),
      })
      .meta({
        id: "LoginOffer",
        description: "A login for each consumer, at a port of a PostgreSQL cluster.",
      }),
  ])
  .meta({
    description: "A secret consumers may read, or a login for each of them.",
    ts: "SecretReference | LoginOffer<T>",
  });
export const Offers = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, "an offer is lower-case letters, digits and hyphens"),
  Offer,
);
