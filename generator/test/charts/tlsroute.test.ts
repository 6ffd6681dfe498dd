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
const route = { kind: "TLSRoute", gateway } as const;

describe("TLSRoute", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        routes: { own: { ...route, hosts: ["mqtt.example.org"], rules: [{ backend }] } },
      },
      full: {
        routes: {
          own: {
            ...route,
            gateway: { ...gateway, port: 8883 },
            annotations: { "example.org/ttl": "60" },
            hosts: ["mqtt.example.org", "mqtt.example.net"],
            rules: [{ backend }],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("leads to one Service, defaults inside its lists written out", () => {
    expect(only(rendered.minimal, "TLSRoute")).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "TLSRoute",
      metadata: {
        name: "own",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("5"),
      },
      spec: {
        parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway }],
        hostnames: ["mqtt.example.org"],
        rules: [
          { backendRefs: [{ group: "", kind: "Service", name: "sonarr", port: 9000, weight: 1 }] },
        ],
      },
    });
  });

  test("has several hosts at one port of the gateway, and carries its annotations", () => {
    const { metadata, spec } = only(rendered.full, "TLSRoute");
    expect(metadata.annotations).toEqual({ ...wave("5"), "example.org/ttl": "60" });
    expect(spec.hostnames).toEqual(["mqtt.example.org", "mqtt.example.net"]);
    expect(spec.parentRefs).toEqual([
      { group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway, port: 8883 },
    ]);
  });

  test("refuses one without hosts, and headers it cannot see", async () => {
    expect(await refusal({ routes: { own: { ...route, rules: [{ backend }] } } })).toBe(
      "[rzp-lib] service=sonarr key=routes.own.hosts: missing; a TLSRoute is found by its host.",
    );
    expect(
      await refusal({
        routes: { own: { ...route, hosts: ["a.b"], rules: [{ headers: { a: "b" }, backend }] } },
      }),
    ).toBe("[rzp-lib] service=sonarr key=routes.own.rules[0].headers: a TLSRoute has no headers.");
  });

  test("has a schema that refuses a rule it does not know", async () => {
    const rule = { backend, weight: 1 };
    expect(
      await schemaRefusal({
        routes: { own: { ...route, hosts: ["mqtt.example.org"], rules: [rule] } },
      }),
    ).toContain("at '/routes/own/rules/0': additional properties 'weight' not allowed");
  });
});
