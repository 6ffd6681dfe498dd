/** Mistakes people make, each planted into an example. «» is around the word the compiler must point at. */
import type { Example } from "./examples.ts";

export interface Mistake {
  readonly what: string;
  readonly in: Example;
  readonly instead: string;
  readonly written: string;
  /** Part of what the compiler says. */
  readonly says?: string;
}

const didYouMean = "Did you mean";

export const mistakes: readonly Mistake[] = [
  {
    what: "a misspelt field of a service",
    in: "sonarr",
    instead: "image:",
    written: "«imgae»:",
    says: didYouMean,
  },
  {
    what: "a misspelt optional field of a service",
    in: "sonarr",
    instead: "routes:",
    written: "«route»:",
    says: didYouMean,
  },
  {
    what: "a missing field",
    in: "sonarr",
    instead: `  tier: "media",\n`,
    written: "",
    says: "'tier' is missing",
  },
  {
    what: "a wrong kind of value",
    in: "sonarr",
    instead: `size: "small"`,
    written: `«size»: "smal"`,
    says: `'"small"'`,
  },
  {
    what: "a misspelt field of health",
    in: "sonarr",
    instead: `health: { http:`,
    written: `health: { «htpp»:`,
  },
  {
    what: "an unknown tier",
    in: "sonarr",
    instead: `tier: "media"`,
    written: `«tier»: "meda"`,
    says: `'"media"'`,
  },
  { what: "an unknown share", in: "sonarr", instead: `share("media"`, written: `share(«"movies"»` },
  {
    what: "an unknown purpose of storage",
    in: "immich",
    instead: `class: "bulk"`,
    written: `«class»: "bulky"`,
  },
  {
    what: "an unknown host of the home network",
    in: "blocky",
    instead: "lan: { router:",
    written: "lan: { «ruoter»:",
  },
  {
    what: "an unknown address",
    in: "blocky",
    instead: `address: "dns"`,
    written: `«address»: "dnss"`,
  },
  {
    what: "a misspelt field of a port",
    in: "blocky",
    instead: "dns: { udp: 1053, tcp: 1053 }",
    written: "dns: { udp: 1053, «tpc»: 1053 }",
  },
  {
    what: "an own port in health",
    in: "blocky",
    instead: `health: { http: "/", port: "http" }`,
    written: `health: { http: "/", «port»: "htpp" }`,
  },
  {
    what: "an own port in metrics",
    in: "blocky",
    instead: `metrics: { port: "http" }`,
    written: `metrics: { «port»: "metrics" }`,
  },
  { what: "an own port in a route", in: "sonarr", instead: `to: "http"`, written: `«to»: "https"` },
  {
    what: "an own port in an exposure",
    in: "blocky",
    instead: `ports: { 53: "dns" }`,
    written: `ports: { «53»: "dsn" }`,
  },
  {
    what: "an own port in a login",
    in: "postgres",
    instead: `login: { port: "postgres"`,
    written: `login: { «port»: "postgress"`,
  },
  {
    what: "an unknown service",
    in: "sonarr",
    instead: `prowlarr: "http"`,
    written: `«prowlar»: "http"`,
    says: didYouMean,
  },
  {
    what: "a port of another service",
    in: "sonarr",
    instead: `prowlarr: "http"`,
    written: `«prowlarr»: "https"`,
  },
  {
    what: "one of several ports of another service",
    in: "sonarr",
    instead: `prowlarr: "http"`,
    written: `prowlarr: [«"https"»]`,
  },
  {
    what: "a login where none is given",
    in: "sonarr",
    instead: `prowlarr: "http"`,
    written: `prowlarr: { «login»: "sonarr" }`,
  },
  {
    what: "a misspelt login",
    in: "sonarr",
    instead: `{ login: "sonarr" }`,
    written: `{ «logn»: "sonarr" }`,
  },
  {
    what: "an unknown service in from",
    in: "sonarr",
    instead: `from("postgres"`,
    written: `from(«"postgre"»`,
  },
  {
    what: "an unknown key in from",
    in: "sonarr",
    instead: `from("postgres", "host")`,
    written: `from("postgres", «"hots"»)`,
  },
  {
    what: "an offer another service does not make",
    in: "recyclarr",
    instead: `from("radarr", "api-key")`,
    written: `from("radarr", «"api-token"»)`,
  },
  {
    what: "an unknown need",
    in: "sonarr",
    instead: `size: "small",`,
    written: `size: "small", needs: [«"postgers"»],`,
  },
  {
    what: "a wrong value inside because",
    in: "qbittorrent",
    instead: "user: 0,",
    written: "«user»: 5,",
  },
  {
    what: "a misspelt field inside because",
    in: "qbittorrent",
    instead: "addCapabilities:",
    written: "«addCapabilitys»:",
    says: didYouMean,
  },
  {
    what: "a because without a reason",
    in: "qbittorrent",
    instead: `, "creates the tunnel interface")`,
    written: `)`,
    says: "Expected 2 arguments",
  },
  {
    what: "a loosening without because",
    in: "sonarr",
    instead: `health: { http: "/ping" }`,
    written: `«health»: false`,
  },
  {
    what: "a path that does not start with a slash",
    in: "sonarr",
    instead: `at: "/config"`,
    written: `«at»: "config"`,
  },
  {
    what: "a port outside without protocol it can have",
    in: "qbittorrent",
    instead: `["51820/udp"]`,
    written: `[«"51820/upd"»]`,
  },
  {
    what: "a file outside config/",
    in: "blocky",
    instead: `file("config/blocky.yml")`,
    written: `file(«"blocky.yml"»)`,
  },
  {
    what: "a misspelt field of a component",
    in: "immich",
    instead: "mounts: { library",
    written: "«mount»: { library",
    says: didYouMean,
  },
  {
    what: "a misspelt image of a component",
    in: "immich",
    instead: `image: "ghcr.io/immich-app/immich-server`,
    written: `«imgae»: "ghcr.io/immich-app/immich-server`,
    says: didYouMean,
  },
  {
    what: "a missing image of a component",
    in: "immich",
    instead: `      image: "ghcr.io/immich-app/immich-server:v3.1.0",\n`,
    written: "",
    says: "'image' is missing",
  },
  {
    what: "a volume declared in a component",
    in: "immich",
    instead: "mounts: { models:",
    written: "«storage»: { models:",
  },
  {
    what: "where a volume without component is mounted",
    in: "sonarr",
    instead: `health: {`,
    written: `«mounts»: { config: "/config" }, health: {`,
  },
  {
    what: "a misspelt field of a volume",
    in: "sonarr",
    instead: `at: "/config", size:`,
    written: `at: "/config", «sise»:`,
  },
  {
    what: "a misspelt field of a route",
    in: "sonarr",
    instead: `audience: "internal"`,
    written: `«audiense»: "internal"`,
    says: didYouMean,
  },
  {
    what: "a misspelt field of a sidecar",
    in: "qbittorrent",
    instead: `health: { exec:`,
    written: `«helth»: { exec:`,
    says: didYouMean,
  },
  {
    what: "a misspelt volume in mounts",
    in: "immich",
    instead: `mounts: { models:`,
    written: `mounts: { «modles»:`,
    says: didYouMean,
  },
  {
    what: "a port of another component in health",
    in: "immich",
    instead: `port: "ml" },`,
    written: `«port»: "http" },`,
  },
  {
    what: "a port of another component in metrics",
    in: "immich",
    instead: `metrics: { port: "metrics" }`,
    written: `metrics: { «port»: "ml" }`,
  },
  {
    what: "a misspelt component in consumes",
    in: "immich",
    instead: `"./learning": "ml" }`,
    written: `«"./lerning"»: "ml" }`,
  },
  {
    what: "a misspelt component in from",
    in: "immich",
    instead: `IMMICH_MACHINE_LEARNING_URL: from("./learning"`,
    written: `«IMMICH_MACHINE_LEARNING_URL»: from("./lerning"`,
  },
  {
    what: "a port a peer does not have",
    in: "immich",
    instead: `"./learning": "ml" }`,
    written: `«"./learning"»: "http" }`,
  },
  {
    what: "a misspelt component in a route",
    in: "immich",
    instead: `to: "server/http"`,
    written: `«to»: "serve/http"`,
  },
  {
    what: "a bare port in a route of several components",
    in: "immich",
    instead: `to: "server/http"`,
    written: `«to»: "http"`,
  },
  {
    what: "a misspelt field of a schedule",
    in: "recyclarr",
    instead: "endsWithin:",
    written: "«endWithin»:",
    says: didYouMean,
  },
  {
    what: "a port the chart's component does not have",
    in: "cert-manager",
    instead: `metrics: { port: "controller/metrics" }`,
    written: `metrics: { «port»: "controller/metric" }`,
  },
  {
    what: "a volume of a chart",
    in: "cert-manager",
    instead: "  metrics: {",
    written: "  «storage»: {}, metrics: {",
  },
  {
    what: "a misspelt field of a chart's component",
    in: "cert-manager",
    instead: `calledBy:`,
    written: `«calledFrom»:`,
  },
  {
    what: "an issuer of an unknown provider",
    in: "cert-manager",
    instead: `dns01: "cloudflare"`,
    written: `«dns01»: "cloudflair"`,
  },
];
