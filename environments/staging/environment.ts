import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  prefix: "staging",
  extends: "dev",
  domain: "staging.example.com",
  revision: "refs/heads/staging",
  timeZone: "Europe/Berlin",
  requests: 0.25,
  replicas: 1,
  secrets: { backend: "infisical", project: "home", environment: "staging" },
});
