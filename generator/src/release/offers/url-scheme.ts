/** How a URL begins. */

/** Scheme of the URL a port is reached by, from its name; what is not known speaks HTTP. */
const schemes: Readonly<Record<string, string>> = {
  https: "https",
  redis: "redis",
  valkey: "redis",
  mqtt: "mqtt",
  mqtts: "mqtts",
  postgres: "postgresql",
  mysql: "mysql",
  amqp: "amqp",
  nats: "nats",
  ldap: "ldap",
  ldaps: "ldaps",
  smtp: "smtp",
  ws: "ws",
};

/** In: the authored name of a port. Out: a scheme without `://`. */
export function urlScheme(portName: string): string {
  return schemes[portName] ?? "http";
}
