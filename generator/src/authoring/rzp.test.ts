import { describe, expect, test } from "vitest";
import { Variable } from "../model/component.ts";
import { KubernetesObject } from "../model/objects.ts";
import { FileReference, OfferReference } from "../model/references.ts";
import { HostVolume, Volume } from "../model/storage.ts";
import { Runs } from "../model/runs.ts";
import * as rzp from "./rzp.ts";

/** Calls a function without its types: they depend on what this repository has registered. */
const made = (make: (...args: never[]) => unknown, ...args: readonly unknown[]): unknown =>
  Reflect.apply(make, undefined, args);

describe("values", () => {
  test.for([
    [rzp.secret("api-key"), { secret: "api-key" }],
    [made(rzp.from, "postgres", "host"), { from: "postgres", key: "host" }],
    [rzp.cluster("timeZone"), { cluster: "timeZone" }],
    [rzp.pod("spec.nodeName"), { pod: "spec.nodeName" }],
  ])("%o is a plain object the model takes", ([value, plain]) => {
    expect(value).toEqual(plain);
    expect(Variable.parse(value)).toEqual(plain);
  });

  test("a file and a peer", () => {
    expect(FileReference.parse(rzp.file("config/blocky.yml"))).toEqual({
      file: "config/blocky.yml",
    });
    expect(OfferReference.parse(made(rzp.from, "./learning", "url"))).toEqual({
      from: "./learning",
      key: "url",
    });
  });

  test("a loosened standard has its reason first", () => {
    expect(rzp.because(false, "nothing can be asked")).toEqual({
      because: "nothing can be asked",
      value: false,
    });
  });
});

describe("volumes", () => {
  test.for([
    [rzp.state({ size: "5Gi", at: "/config" }), { holds: "state", size: "5Gi", at: "/config" }],
    [rzp.database({ size: "20Gi" }), { holds: "database", size: "20Gi" }],
    [rzp.cache({ size: "1Gi" }), { holds: "cache", size: "1Gi" }],
    [made(rzp.share, "media", { at: "/data" }), { holds: "share", share: "media", at: "/data" }],
    [made(rzp.share, "media"), { holds: "share", share: "media" }],
    [rzp.scratch(), { holds: "scratch" }],
    [rzp.token({ audience: "vault" }), { holds: "token", audience: "vault" }],
    [
      rzp.because(rzp.hostPath("/var/log"), "reads the node's log"),
      { because: "reads the node's log", value: { holds: "host", path: "/var/log" } },
    ],
  ])("%o is a plain object the model takes", ([value, plain]) => {
    expect(value).toEqual(plain);
    expect(Volume.parse(value)).toEqual(plain);
  });

  test("a path of the node is none without a reason", () => {
    expect(HostVolume.safeParse(rzp.hostPath("/var/log")).success).toBe(true);
    expect(Volume.safeParse(rzp.hostPath("/var/log")).success).toBe(false);
  });
});

test.for([
  ["state", rzp.state, ["5Gi"], '"5Gi"'],
  ["share", rzp.share, ["media", "/data"], '"/data"'],
  ["hostPath", rzp.hostPath, ["/var/log", true], "true"],
  ["job", rzp.job, ["15m"], '"15m"'],
] as const)("what %s is given in place of fields is told", ([name, make, given, told]) => {
  expect(() => made(make, ...given)).toThrow(`${name}({ … }) takes fields in braces, not ${told}`);
});

describe("workloads", () => {
  test.for([
    [rzp.deployment(), { as: "deployment" }],
    [rzp.statefulSet({ parallel: true }), { as: "statefulSet", parallel: true }],
    [rzp.daemonSet(), { as: "daemonSet" }],
    [
      rzp.schedule("0 4 * * *", { endsWithin: "15m" }),
      { as: "schedule", cron: "0 4 * * *", endsWithin: "15m" },
    ],
    [rzp.job({ endsWithin: "15m" }), { as: "job", endsWithin: "15m" }],
    [rzp.postgresCluster({ instances: 1 }), { as: "postgresCluster", instances: 1 }],
  ])("%o is a plain object the model takes", ([value, plain]) => {
    expect(value).toEqual(plain);
    expect(Runs.parse(value)).toEqual(plain);
  });
});

describe("objects", () => {
  test("an object stays as it was written", () => {
    const object = rzp.kubernetesObject({
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { key: "value" },
    });
    expect(KubernetesObject.parse(object)).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { key: "value" },
    });
    expect(
      rzp.customObject({ apiVersion: "example.com/v1", kind: "Thing", spec: { any: 1 } }),
    ).toEqual({ apiVersion: "example.com/v1", kind: "Thing", spec: { any: 1 } });
  });

  test("an issuer asks its DNS provider with a token of the service", () => {
    expect(
      rzp.clusterIssuer({
        dns01: "cloudflare",
        token: rzp.secret("cloudflare-token"),
        email: "me@example.com",
        zones: ["example.com"],
      }),
    ).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      spec: {
        acme: {
          server: "https://acme-v02.api.letsencrypt.org/directory",
          email: "me@example.com",
          privateKeySecretRef: { name: "letsencrypt-production-account" },
          solvers: [
            {
              selector: { dnsZones: ["example.com"] },
              dns01: { cloudflare: { apiTokenSecretRef: { secret: "cloudflare-token" } } },
            },
          ],
        },
      },
    });
  });

  test("an issuer may sign itself", () => {
    expect(rzp.clusterIssuer({ selfSigned: true })).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      spec: { selfSigned: {} },
    });
  });
});

describe("what a file exports", () => {
  test("says which shape it is", () => {
    const spec = { tier: "media", about: "a service", image: "a:1" };
    expect(made(rzp.defineService, spec)).toEqual({ rzp: "service", spec });
    expect(rzp.defineTiers({})).toEqual({ rzp: "tiers", spec: {} });
    expect(made(rzp.overlay, "sonarr", { size: "large" })).toEqual({
      rzp: "overlay",
      service: "sonarr",
      spec: { size: "large" },
    });
  });
});
