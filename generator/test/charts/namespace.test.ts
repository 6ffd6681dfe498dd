import { beforeAll, describe, expect, test } from "vitest";
import {
  keepsData,
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  wave,
} from "./support.ts";

describe("Namespace", () => {
  let rendered: Record<"absent" | "minimal" | "full" | "empty", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: {},
      minimal: { namespace: { name: "media-sonarr", create: true, podSecurity: "restricted" } },
      empty: {
        namespace: { name: "media-sonarr", create: true, podSecurity: "restricted", allows: [] },
      },
      full: {
        namespace: {
          name: "media-sonarr",
          create: true,
          podSecurity: "baseline",
          allows: ["host-path:main", "root:main/vpn"],
          because: {
            "storage.logs": "logs of the node",
            "sidecars.vpn.security": "makes a tunnel",
          },
          secrets: { store: "prod-media", paths: ["/edges/a/b/", "/services/c/key"] },
          labels: { "example.org/cost": "42" },
        },
      },
    });
  });

  test("is not rendered where `create` is false", () => {
    expect(kinds(rendered.absent)).toEqual([]);
  });

  test("carries identity, Pod Security level, own labels and what holds in it, and is never pruned", () => {
    expect(only(rendered.full, "Namespace")).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "media-sonarr",
        labels: labels({
          "example.org/cost": "42",
          "pod-security.kubernetes.io/audit": "baseline",
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/warn": "baseline",
          "rzp.local/service": "sonarr",
          "rzp.local/tier": "media",
        }),
        annotations: {
          ...keepsData,
          ...wave("-30"),
          "rzp.local/allows": "host-path:main root:main/vpn",
          "rzp.local/because":
            "sidecars.vpn.security: makes a tunnel\nstorage.logs: logs of the node",
          "rzp.local/secret-paths": "/edges/a/b/,/services/c/key",
          "rzp.local/secret-store": "prod-media",
        },
      },
    });
  });

  test("is laid out as people read it: name first, everything that could be a number quoted", () => {
    expect(rendered.full.text.split("---\n")[0]).toBe(`apiVersion: v1
kind: Namespace
metadata:
  name: media-sonarr
  labels:
    app.kubernetes.io/managed-by: "rzp"
    app.kubernetes.io/name: "sonarr"
    app.kubernetes.io/part-of: "media"
    rzp.local/environment: "prod"
    example.org/cost: "42"
    pod-security.kubernetes.io/audit: "baseline"
    pod-security.kubernetes.io/enforce: "baseline"
    pod-security.kubernetes.io/warn: "baseline"
    rzp.local/service: "sonarr"
    rzp.local/tier: "media"
  annotations:
    argocd.argoproj.io/compare-options: "IgnoreExtraneous"
    argocd.argoproj.io/sync-options: "Prune=false,Delete=false"
    argocd.argoproj.io/sync-wave: "-30"
    rzp.local/allows: "host-path:main root:main/vpn"
    rzp.local/because: "sidecars.vpn.security: makes a tunnel\\nstorage.logs: logs of the node"
    rzp.local/secret-paths: "/edges/a/b/,/services/c/key"
    rzp.local/secret-store: "prod-media"
`);
  });

  test("has no exceptions where none are declared", () => {
    for (const namespace of [rendered.minimal, rendered.empty])
      expect(only(namespace, "Namespace").metadata.annotations).toEqual({
        ...keepsData,
        ...wave("-30"),
      });
  });

  test("refuses a label that is ours", async () => {
    expect(
      await refusal({
        namespace: {
          name: "x",
          create: true,
          podSecurity: "restricted",
          labels: { "rzp.local/tier": "x" },
        },
      }),
    ).toBe(
      '[rzp-lib] service=sonarr key=namespace.labels: the label "rzp.local/tier" is set by rzp-lib; take it out.',
    );
  });
});
