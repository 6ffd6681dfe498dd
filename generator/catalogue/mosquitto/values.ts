import { defineService, file, scratch, secret, state } from "#rzp";

const image = "docker.io/library/eclipse-mosquitto:2.0.22";

export default defineService({
  tier: "home",
  about: "Message broker (MQTT) of the house",
  image,
  size: "tiny",
  files: { "/mosquitto/config/mosquitto.conf": file("config/mosquitto.conf") },
  // Two users: `services` for the platform, `devices` for what is on the LAN.
  init: {
    passwords: {
      image,
      command: [
        "sh",
        "-ec",
        'mosquitto_passwd -b -c /tmp/passwords services "$SERVICES_PASSWORD"\n' +
          'mosquitto_passwd -b /tmp/passwords devices "$DEVICES_PASSWORD"',
      ],
      env: {
        SERVICES_PASSWORD: secret("password"),
        DEVICES_PASSWORD: secret("devices-password"),
      },
      size: "tiny",
      mounts: { passwords: "/tmp" },
    },
  },
  ports: { mqtt: 1883 },
  health: { tcp: true },
  metrics: { exporter: "mosquitto", user: "services", key: secret("password") },
  storage: {
    data: state({
      at: "/mosquitto/data",
      size: "1Gi",
      restored: { newest: { path: "mosquitto.db", within: "6h" } },
    }),
    passwords: scratch({ at: "/tmp", size: "1Mi", memory: true }),
  },
  secrets: {
    password: {
      generate: "password",
      about: "Of its user services: the platform's services log in with it",
    },
    "devices-password": {
      generate: "password",
      about: "Of its user devices: what is on the LAN logs in with it",
    },
  },
  offers: { password: secret("password") },
  exposes: {
    mqtt: { address: "mqtt", ports: { 1883: "mqtt" }, clients: "lan", keepClientAddress: true },
  },
});
