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

describe.for(["TCPRoute", "UDPRoute"] as const)("%s", (kind) => {
  const route = { kind, gateway };
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { routes: { own: { ...route, rules: [{ backend }] } } },
      full: {
        routes: {
          own: {
            ...route,
            gateway: { ...gateway, port: 9000 },
            annotations: { "example.org/ttl": "60" },
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
    expect(only(rendered.minimal, kind)).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind,
      metadata: {
        name: "own",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("5"),
      },
      spec: {
        parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway }],
        rules: [
          { backendRefs: [{ group: "", kind: "Service", name: "sonarr", port: 9000, weight: 1 }] },
        ],
      },
    });
  });

  test("is at one port of the gateway, and carries its annotations", () => {
    const { metadata, spec } = only(rendered.full, kind);
    expect(metadata.annotations).toEqual({ ...wave("5"), "example.org/ttl": "60" });
    expect(spec.parentRefs).toEqual([
      { group: "gateway.networking.k8s.io", kind: "Gateway", ...gateway, port: 9000 },
    ]);
  });

  test("refuses hosts, and a rule that leads nowhere", async () => {
    expect(
      await refusal({ routes: { own: { ...route, hosts: ["a.b"], rules: [{ backend }] } } }),
    ).toBe(`[rzp-lib] service=sonarr key=routes.own.hosts: a ${kind} has no hosts.`);
    expect(await refusal({ routes: { own: { ...route, rules: [{}] } } })).toBe(
      "[rzp-lib] service=sonarr key=routes.own.rules[0]: leads nowhere; give backend or redirect.",
    );
  });

  test("has a schema that refuses a rule it does not know", async () => {
    const rule = { backend, weight: 1 };
    expect(await schemaRefusal({ routes: { own: { ...route, rules: [rule] } } })).toContain(
      "at '/routes/own/rules/0': additional properties 'weight' not allowed",
    );
  });
});
