import { cluster, defineService, from, lan, secret, state } from "#rzp";

export default defineService({
  tier: "home",
  about: "Connects the Zigbee devices to the message broker",
  image: "ghcr.io/koenkk/zigbee2mqtt:2.13.0",
  size: "small",
  // What is set here wins over, and is copied into, configuration.yaml in its data. The network key
  // is not: it is made at the first start and kept there; a new one would lose all devices.
  env: {
    TZ: cluster("timeZone"),
    Z2M_ONBOARD_NO_SERVER: 1,
    ZIGBEE2MQTT_DATA: "/app/data",
    ZIGBEE2MQTT_CONFIG_SERIAL_ADAPTER: "ember",
    COORDINATOR: lan("zigbee-coordinator"),
    ZIGBEE2MQTT_CONFIG_SERIAL_PORT: "tcp://$(COORDINATOR):6638",
    ZIGBEE2MQTT_CONFIG_MQTT_SERVER: from("mosquitto", "url"),
    ZIGBEE2MQTT_CONFIG_MQTT_USER: "services",
    ZIGBEE2MQTT_CONFIG_MQTT_PASSWORD: from("mosquitto", "password"),
    ZIGBEE2MQTT_CONFIG_HOMEASSISTANT_ENABLED: true,
    ZIGBEE2MQTT_CONFIG_FRONTEND_ENABLED: true,
    ZIGBEE2MQTT_CONFIG_FRONTEND_PORT: 8080,
    ZIGBEE2MQTT_CONFIG_FRONTEND_AUTH_TOKEN: secret("frontend-token"),
    ZIGBEE2MQTT_CONFIG_AVAILABILITY_ENABLED: true,
    ZIGBEE2MQTT_CONFIG_ADVANCED_LAST_SEEN: "ISO_8601",
    ZIGBEE2MQTT_CONFIG_ADVANCED_LOG_OUTPUT: '["console"]',
  },
  ports: { http: 8080 },
  health: { http: "/" },
  storage: {
    data: state({
      at: "/app/data",
      size: "1Gi",
      restored: { whole: ["state.json"], newest: { path: "state.json", within: "1h" } },
    }),
  },
  consumes: { mosquitto: "mqtt" },
  reaches: {
    lan: { "zigbee-coordinator": ["6638/tcp"] },
    // Firmware of devices.
    internet: ["https"],
  },
  secrets: { "frontend-token": { generate: "password", about: "What its page asks for" } },
  routes: { web: { host: "zigbee", to: "http", audience: "internal", signIn: "own" } },
});
