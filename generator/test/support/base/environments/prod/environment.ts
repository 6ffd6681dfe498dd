import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
  services: ["blocky", "cert-manager", "immich", "postgres", "prowlarr", "recyclarr", "sonarr", "vector"],
  secrets: { backend: "infisical", project: "home", environment: "prod" },
});
