import { because, defineEnvironment, secret } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  prefix: "staging",
  extends: "dev",
  // One house: its devices obey one environment of this cluster. A dump's volume could not be backed up here.
  without: ["home-assistant", "mosquitto", "postgres-dump", "zigbee2mqtt"],
  domain: "staging.example.com",
  revision: "refs/heads/staging",
  timeZone: "Europe/Berlin",
  requests: 0.15,
  replicas: 1,
  backup: {
    every: "24h",
    keep: "168h",
    lose: because("26h", "what is tried here can be tried again"),
    recover: because("4h", "nobody waits for what is tried here"),
  },
  secrets: { backend: "infisical", project: "home", environment: "staging" },
  signIn: {
    issuer: "https://id.example.com",
    clientId: "gateway-staging",
    clientSecret: secret("sign-in"),
  },
});
