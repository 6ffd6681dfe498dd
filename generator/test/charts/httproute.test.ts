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
const backend = { service: "sonarr", port: 80, external: true } as const;
const backendRefs = [{ group: "", kind: "Service", name: "sonarr", port: 80, weight: 1 }];
const http = { kind: "HTTPRoute", gateway } as const;

describe("HTTPRoute", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: {
        routes: { web: { ...http, hosts: ["sonarr.example.org"], rules: [{ backend }] } },
      },
      full: {
        routes: {
          web: {
            ...http,
            gateway: { ...gateway, port: 443 },
            hosts: ["sonarr.example.org", "*.tv.example.org"],
            annotations: { "external-dns.kubernetes.io/cloudflare-proxied": "true" },
            rules: [
              {
                path: { value: "/api", type: "PathPrefix" },
                method: "GET",
                headers: { "X-Version": "2", Accept: "text/html" },
                rewrite: "/v2",
                timeout: "1h",
                backend,
              },
              { path: { value: "/old", type: "Exact" }, rewrite: "/new", backend },
              { redirect: "tv.example.org" },
            ],
          },
        },
      },
    });
  });

  test("is not rendered without values", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("writes the defaults inside its lists out", () => {
    expect(only(rendered.minimal, "HTTPRoute")).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: {
        name: "web",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("5"),
      },
      spec: {
        parentRefs: [
          {
            group: "gateway.networking.k8s.io",
            kind: "Gateway",
            namespace: "gateway",
            name: "internal",
          },
        ],
        hostnames: ["sonarr.example.org"],
        rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs }],
      },
    });
  });

  test("matches, rewrites, redirects and limits time", () => {
    const route = only(rendered.full, "HTTPRoute");
    expect(route.metadata.annotations).toEqual({
      ...wave("5"),
      "external-dns.kubernetes.io/cloudflare-proxied": "true",
    });
    expect(route["spec"]).toEqual({
      parentRefs: [
        {
          group: "gateway.networking.k8s.io",
          kind: "Gateway",
          namespace: "gateway",
          name: "internal",
          port: 443,
        },
      ],
      hostnames: ["sonarr.example.org", "*.tv.example.org"],
      rules: [
        {
          matches: [
            {
              path: { type: "PathPrefix", value: "/api" },
              method: "GET",
              headers: [
                { type: "Exact", name: "Accept", value: "text/html" },
                { type: "Exact", name: "X-Version", value: "2" },
              ],
            },
          ],
          filters: [
            {
              type: "URLRewrite",
              urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/v2" } },
            },
          ],
          timeouts: { request: "1h" },
          backendRefs,
        },
        {
          matches: [{ path: { type: "Exact", value: "/old" } }],
          filters: [
            {
              type: "URLRewrite",
              urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath: "/new" } },
            },
          ],
          backendRefs,
        },
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [
            {
              type: "RequestRedirect",
              requestRedirect: { hostname: "tv.example.org", statusCode: 302 },
            },
          ],
        },
      ],
    });
  });

  test("is laid out as people read it", () => {
    expect(rendered.minimal.text.slice(rendered.minimal.text.indexOf("spec:\n  parentRefs")))
      .toBe(`spec:
  parentRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      namespace: gateway
      name: internal
  hostnames:
    - sonarr.example.org
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
      backendRefs:
        - group: ""
          kind: Service
          name: sonarr
          port: 80
          weight: 1
`);
  });

  test.concurrent.each([
    [
      "a rule that leads nowhere",
      [{ timeout: "1m" }],
      "rules[0]: leads nowhere; give backend or redirect.",
    ],
    [
      "a redirect with a backend",
      [{ backend }, { redirect: "a.b", backend }],
      "rules[1].redirect: a redirect has no backend and no rewrite.",
    ],
  ])("refuses %s", async (_, rules, message) => {
    expect(await refusal({ routes: { web: { ...http, rules } } })).toBe(
      `[rzp-lib] service=sonarr key=routes.web.${message}`,
    );
  });

  test.concurrent.each([
    [
      "a Service that is not there",
      { service: "sonar", port: 80 },
      'service: there is no Service "sonar"; there are: metrics, sonarr. If something else makes it, say external: true.',
    ],
    [
      "a port the Service does not have",
      { service: "sonarr", port: 8989 },
      'port: the Service "sonarr" has no port 8989; it has: 80, 443.',
    ],
  ])("refuses %s", async (_, wrong, message) => {
    const ports = { http: { port: 80, target: 8989 }, https: { port: 443, target: 9898 } };
    const service = { component: "main", selects: { app: "sonarr" }, ports };
    const right = { service: "sonarr", port: 443 };
    const rules = [{ backend: right }, { backend: wrong }];
    expect(
      await refusal({
        services: { sonarr: service, metrics: service },
        routes: { web: { ...http, rules } },
      }),
    ).toBe(`[rzp-lib] service=sonarr key=routes.web.rules[1].backend.${message}`);
  });

  test("has a schema that refuses a path without type", async () => {
    const path = { value: "/" } as { value: string; type: "Exact" };
    expect(
      await schemaRefusal({ routes: { web: { ...http, rules: [{ path, backend }] } } }),
    ).toContain("at '/routes/web/rules/0/path': missing property 'type'");
  });
});
