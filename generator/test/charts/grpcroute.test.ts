import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

const gateway = { name: "internal", namespace: "gateway" };
const backend = { service: "sonarr", port: 9000, external: true } as const;
const route = { kind: "GRPCRoute", gateway } as const;

describe("GRPCRoute", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { routes: { own: { ...route, rules: [{ backend }] } } },
      full: {
        routes: {
          own: {
            ...route,
            gateway: { ...gateway, port: 443 },
            annotations: { "example.org/ttl": "60" },
            hosts: ["grpc.example.org"],
            rules: [{ headers: { "x-tenant": "1" }, backend }],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("needs neither hosts nor headers", () => {
    expect(only(rendered.minimal, "GRPCRoute")["spec"]).toEqual({
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway }],
      rules: [
        { backendRefs: [{ group: "", kind: "Service", name: "sonarr", port: 9000, weight: 1 }] },
      ],
    });
  });

  test("leads to one Service, defaults inside its lists written out", () => {
    expect(only(rendered.full, "GRPCRoute")).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GRPCRoute",
      metadata: {
        name: "own",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: { ...wave("5"), "example.org/ttl": "60" },
      },
      spec: {
        parentRefs: [
          { group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway, port: 443 },
        ],
        hostnames: ["grpc.example.org"],
        rules: [
          {
            matches: [{ headers: [{ type: "Exact", name: "x-tenant", value: "1" }] }],
            backendRefs: [{ group: "", kind: "Service", name: "sonarr", port: 9000, weight: 1 }],
          },
        ],
      },
    });
  });

  test.concurrent.each([
    ["path", { path: { value: "/", type: "Exact" as const } }],
    ["method", { method: "GET" }],
    ["rewrite", { rewrite: "/" }],
    ["redirect", { redirect: "a.b" }],
    ["timeout", { timeout: "1m" }],
  ])("refuses a rule with a %s", async (field, rule) => {
    const message = await refusal({ routes: { own: { ...route, rules: [{ backend, ...rule }] } } });
    expect(message).toBe(
      `[rzp-lib] service=sonarr key=routes.own.rules[0].${field}: a GRPCRoute has no ${field}.`,
    );
  });

  test("has a schema that refuses a rule it does not know", async () => {
    const rule = { backend, weight: 1 };
    expect(
      await schemaRefusal({
        routes: { own: { ...route, hosts: ["grpc.example.org"], rules: [rule] } },
      }),
    ).toContain("at '/routes/own/rules/0': additional properties 'weight' not allowed");
  });
});
