import { expect, test } from "vitest";
import { outsidePorts } from "./outside-ports.ts";

test.for([
  ["https", [{ port: 443, protocol: "TCP" }]],
  [
    "dns",
    [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
  ],
  ["any", [{ protocol: "TCP" }, { protocol: "UDP" }]],
  ["8080", [{ port: 8080, protocol: "TCP" }]],
  ["51820/udp", [{ port: 51820, protocol: "UDP" }]],
  ["8000-8010/tcp", [{ port: 8000, endPort: 8010, protocol: "TCP" }]],
] as const)("outside port %s", ([text, expected]) => {
  expect(outsidePorts(text)).toEqual(expected);
});
