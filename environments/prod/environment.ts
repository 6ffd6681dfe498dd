import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
  timeZone: "Europe/Berlin",
  services: ["sonarr", "valkey", "vector"],
  secrets: { backend: "infisical", project: "home", environment: "prod" },
});
