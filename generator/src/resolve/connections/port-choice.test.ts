import { expect, test } from "vitest";
import { portChoice } from "./port-choice.ts";

const ports = (addresses: readonly string[]) =>
  addresses.map((address, index) => ({ address, number: 8000 + index }));
const prometheus = ["server/http-web", "server/reloader", "operator/https"];

test.for<[string, readonly string[], string]>([
  ["http", ["server/http", "learning/ml"], 'write "server/http"'],
  ["8001", ["server/http", "learning/ml"], 'write "learning/ml"'],
  ["web", prometheus, 'write "server/http-web"'],
  ["http-wbe", prometheus, 'write "server/http-web"'],
  ["proxy-internal/https", ["proxy/https", "proxy/http", "controller/grpc"], 'write "proxy/https"'],
  ["proxy-internal/https", ["proxy/https", "webhook/https"], 'write "proxy/https"'],
  ["metrcs", ["http"], 'write "http"'],
  ["metrcs", ["http", "metrics"], 'write "metrics"'],
  ["admin", ["http", "metrics"], "write one of its ports"],
  ["admin", [], "take it out"],
])("%s of %j: %s", ([address, there, fix]) => {
  expect(portChoice(address, ports(there), {}).fix).toBe(fix);
});

test("what else may be done, and what is named already", () => {
  const there = ports(["http"]);
  expect(portChoice("web", there, { otherwise: "add it" }).fix).toBe('write "http", or add it');
  expect(portChoice("web", there, { otherwise: "add it", beside: ["http"] }).fix).toBe("add it");
});
