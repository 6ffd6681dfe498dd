import { describe, expect, test } from "vitest";
import { layerOfObject, waveOf } from "./layers.ts";

const gateway = "gateway.networking.k8s.io/v1";

describe("layer of an object", () => {
  test.for([
    ["HTTPRoute", gateway, "controllers", "configuration"],
    ["GRPCRoute", gateway, "definitions", "configuration"],
    ["TLSRoute", "gateway.networking.k8s.io/v1alpha3", "controllers", "configuration"],
    ["TCPRoute", "gateway.networking.k8s.io/v1alpha2", "controllers", "configuration"],
    ["UDPRoute", "gateway.networking.k8s.io/v1alpha2", "controllers", "configuration"],
    ["ExternalSecret", "external-secrets.io/v1", "controllers", "configuration"],
    ["SecurityPolicy", "gateway.envoyproxy.io/v1alpha1", "controllers", "configuration"],
    ["SecurityPolicy", "gateway.envoyproxy.io/v1alpha1", "applications", "applications"],
    ["Certificate", "cert-manager.io/v1", "controllers", "configuration"],
    ["HTTPRoute", gateway, "platform", "platform"],
    ["HTTPRoute", gateway, "applications", "applications"],
    ["ExternalSecret", "external-secrets.io/v1", "databases", "databases"],
    // Another API's route waits for no Gateway of ours.
    ["HTTPRoute", "example.org/v1", "controllers", "controllers"],
    ["Gateway", gateway, "applications", "configuration"],
    ["CustomResourceDefinition", "apiextensions.k8s.io/v1", "platform", "definitions"],
    ["NetworkPolicy", "networking.k8s.io/v1", "controllers", "controllers"],
    ["ServiceMonitor", "monitoring.coreos.com/v1", "controllers", "monitors"],
    ["PrometheusRule", "monitoring.coreos.com/v1", "applications", "monitors"],
  ] as const)("%s of %s in the layer %s: %s", ([kind, apiVersion, own, layer]) => {
    expect(layerOfObject({ kind, apiVersion }, own)).toBe(layer);
  });
});

test("monitors come with the last layer of services, which nothing waits for", () => {
  expect(waveOf("definitions")).toBe(0);
  expect(waveOf("databases")).toBeLessThan(waveOf("applications"));
  expect(waveOf("monitors")).toBe(waveOf("applications"));
});
