import { because, defineEnvironment, secret } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  prefix: "staging",
  extends: "dev",
  // One house: its devices obey one environment of this cluster.
  without: ["home-assistant", "mosquitto", "zigbee2mqtt"],
  domain: "staging.example.com",
  revision: "refs/heads/staging",
  timeZone: "Europe/Berlin",
  requests: 0.15,
  replicas: 1,
  telemetry: { logs: 14 },
  backup: {
    every: "24h",
    keep: "168h",
    lose: because("26h", "what is tried here can be tried again"),
    tornDatabases: because(true, "a copy that may be torn is enough to try restoring here"),
    recover: because("4h", "nobody waits for what is tried here"),
    offsite: because(false, "what is tried here can be tried again"),
  },
  secrets: { backend: "infisical", project: "home", environment: "staging" },
  signIn: {
    issuer: "https://id.example.com",
    clientId: "gateway-staging",
    clientSecret: secret("sign-in"),
  },
});
