import { defineEnvironment } from "#rzp";

export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
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
  secrets: { backend: "infisical", project: "home", environment: "prod" },
});
