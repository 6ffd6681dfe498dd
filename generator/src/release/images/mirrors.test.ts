import { describe, expect, test } from "vitest";
import { mirrored, mirroredChart } from "./mirrors.ts";

describe("mirrors of image registries", () => {
  const mirrors = {
    "quay.io": "registry.lan/quay",
    "quay.io/jetstack": "registry.lan/jetstack/",
    "docker.io": "registry.lan/hub",
    "https://charts.jetstack.io": "https://mirror.lan/jetstack",
  };
  test.for([
    [
      "quay.io/prometheus/node-exporter:v1.9.0",
      "registry.lan/quay/prometheus/node-exporter:v1.9.0",
    ],
    [
      "quay.io/jetstack/cert-manager-webhook:v1.21.1",
      "registry.lan/jetstack/cert-manager-webhook:v1.21.1",
    ],
    ["quay.io.example.com/a:1", "quay.io.example.com/a:1"],
    ["busybox:1.37", "registry.lan/hub/library/busybox:1.37"],
    ["grafana/grafana:12.0.0", "registry.lan/hub/grafana/grafana:12.0.0"],
    ["localhost/own:1", "localhost/own:1"],
    ["ghcr.io/own/app:1", "ghcr.io/own/app:1"],
  ])("%s is pulled as %s", ([image, expected]) => {
    expect(mirrored(image ?? "", mirrors)).toBe(expected);
  });

  test("an image without a registry stays as it was written where no mirror is named", () => {
    expect(mirrored("busybox:1.37", {})).toBe("busybox:1.37");
  });
});

describe("mirrors of chart registries", () => {
  test.for([
    [
      "oci://quay.io/jetstack/charts/cert-manager",
      { "quay.io": "registry.lan/quay" },
      "oci://registry.lan/quay/jetstack/charts/cert-manager",
    ],
    [
      "oci://quay.io/jetstack/charts/cert-manager",
      { "oci://quay.io/jetstack/charts": "oci://registry.lan/charts" },
      "oci://registry.lan/charts/cert-manager",
    ],
    [
      "https://charts.jetstack.io/cert-manager",
      { "charts.jetstack.io": "mirror.lan/jetstack" },
      "https://mirror.lan/jetstack/cert-manager",
    ],
    [
      "https://charts.jetstack.io/cert-manager",
      { "https://charts.jetstack.io": "https://mirror.lan/jetstack" },
      "https://mirror.lan/jetstack/cert-manager",
    ],
    [
      "https://charts.jetstack.io/cert-manager",
      { "https://charts.jetstack.io/": "oci://registry.lan/charts/" },
      "oci://registry.lan/charts/cert-manager",
    ],
    [
      "https://charts.jetstack.io/cert-manager",
      { "oci://charts.jetstack.io": "oci://registry.lan/charts" },
      "https://charts.jetstack.io/cert-manager",
    ],
    [
      "https://charts.jetstack.io/cert-manager",
      { "charts.jetstack.io": "both.lan", "https://charts.jetstack.io": "https://charts.lan" },
      "https://charts.lan/cert-manager",
    ],
    [
      "https://a.example.com/charts/x",
      { "a.example.com": "short.lan", "a.example.com/charts": "long.lan" },
      "https://long.lan/x",
    ],
  ] as const)("%s with %j is %s", ([from, mirrors, expected]) => {
    expect(mirroredChart(from, mirrors)).toBe(expected);
  });
});
