/** Ports outside the cluster, as `internet` and `lan` say them. */

/** What `internet: ["https", "53/udp", "8000-8010/tcp"]` means; `any` is every port of both protocols. */
export interface OutsidePortRange {
  readonly port?: number;
  readonly endPort?: number;
  readonly protocol: "TCP" | "UDP";
}

const wellKnown: Readonly<Record<string, readonly OutsidePortRange[]>> = {
  http: [{ port: 80, protocol: "TCP" }],
  https: [{ port: 443, protocol: "TCP" }],
  dns: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
  smtp: [{ port: 587, protocol: "TCP" }],
  smtps: [{ port: 465, protocol: "TCP" }],
  ntp: [{ port: 123, protocol: "UDP" }],
  ssh: [{ port: 22, protocol: "TCP" }],
  mqtt: [{ port: 1883, protocol: "TCP" }],
  any: [{ protocol: "TCP" }, { protocol: "UDP" }],
};

/** Reads one outside port; the model's pattern guarantees its form. */
export function outsidePorts(text: string): readonly OutsidePortRange[] {
  const known = wellKnown[text];
  if (known !== undefined) return known;
  const [range = "", protocol] = text.split("/");
  const [first, last] = range.split("-").map(Number);
  return [
    {
      port: first ?? 0,
      ...(last === undefined ? {} : { endPort: last }),
      protocol: protocol === "udp" ? "UDP" : "TCP",
    },
  ];
}
