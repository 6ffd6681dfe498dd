import { overlay } from "#rzp";

export default overlay("zigbee2mqtt", {
  env: { ZIGBEE2MQTT_CONFIG_SERIAL_PORT: "tcp://10.0.10.41:6638" },
});
