import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  prefix: "dev",
  domain: "dev.example.com",
  revision: "refs/heads/main",
  services: ["postgres", "prowlarr", "sonarr"],
  requests: 0.25,
  replicas: 1,
  secrets: { backend: "fake" },
});
