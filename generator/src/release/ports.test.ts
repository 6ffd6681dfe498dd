import { describe, expect, test } from "vitest";
import { healthPort, resolvePorts } from "./ports.ts";

describe("resolvePorts", () => {
  test("a number is TCP", () => {
    expect(resolvePorts({ http: 8989 })).toEqual([
      { name: "http", containerName: "http", number: 8989, protocol: "TCP", grpc: false },
    ]);
  });

  test("a port with both protocols is two container ports", () => {
    expect(
      resolvePorts({ dns: { udp: 1053, tcp: 1053 } }).map(
        (port) => `${port.containerName} ${port.protocol}`,
      ),
    ).toEqual(["dns-tcp TCP", "dns-udp UDP"]);
  });

  test("a port with one protocol keeps its name", () => {
    expect(resolvePorts({ dns: { udp: 53 } }).map((port) => port.containerName)).toEqual(["dns"]);
  });

  test("gRPC is TCP and known as such", () => {
    expect(resolvePorts({ api: { grpc: 9000 } })).toEqual([
      { name: "api", containerName: "api", number: 9000, protocol: "TCP", grpc: true },
    ]);
  });

  test("no ports are none", () => {
    expect(resolvePorts(undefined)).toEqual([]);
  });
});

describe("healthPort", () => {
  const ports = resolvePorts({ api: 8686, http: 80, dns: { udp: 53 } });

  test("is the named one", () => {
    expect(healthPort(ports, "api")?.number).toBe(8686);
  });

  test("is http where several could be meant", () => {
    expect(healthPort(ports, undefined)?.name).toBe("http");
  });

  test("is the only TCP port", () => {
    expect(healthPort(resolvePorts({ ml: 3003, dns: { udp: 53 } }), undefined)?.name).toBe("ml");
  });

  test("is nothing where that does not say which, or the name is wrong", () => {
    expect(healthPort(resolvePorts({ a: 1, b: 2 }), undefined)).toBeUndefined();
    expect(healthPort(ports, "dns")).toBeUndefined();
  });
});
