import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  domain: "dev.example.com",
  revision: "refs/heads/main",
  timeZone: "Europe/Berlin",
  services: ["sonarr", "valkey", "vector"],
  requests: 0.25,
  replicas: 1,
  secrets: { backend: "fake" },
});
