import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "lab",
  domain: "dev.example.com",
  revision: "refs/heads/main",
  timeZone: "Europe/Berlin",
  services: [
    "home-assistant",
    "immich",
    "mosquitto",
    "openobserve",
    "postgres",
    "postgres-vector",
    "prowlarr",
    "qbittorrent",
    "radarr",
    "recyclarr",
    "sonarr",
    "valkey",
    "vector",
    "zigbee2mqtt",
  ],
  requests: 0.25,
  replicas: 1,
  secrets: { backend: "fake" },
});
