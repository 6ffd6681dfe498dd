import { defineService, file } from "#rzp";

export default defineService({
  tier: "network",
  about: "The house's DNS: blocks advertising, answers local names",
  image: "ghcr.io/0xerr0r/blocky:v0.34.0",
  replicas: 2,
  files: { "/app/config.yml": file("config/blocky.yml") },
  ports: { http: 4000, dns: { udp: 1053, tcp: 1053 } },
  health: { http: "/" },
  metrics: { port: "http" },
  reaches: { internet: ["853/tcp", "https"], lan: { router: ["53/udp"] } },
  exposes: { dns: { address: "dns", ports: { 53: "dns" }, clients: "lan", keepClientAddress: true } },
});
