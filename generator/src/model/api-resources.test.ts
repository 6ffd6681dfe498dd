import { describe, expect, test } from "vitest";
import { resourceSlip } from "./api-resources.ts";

describe("a resource that nobody has", () => {
  test.for<[string, string | undefined]>([
    ["coordination.k8s.io/leases", "leases.coordination.k8s.io"],
    ["cert-manager.io/certificates", "certificates.cert-manager.io"],
    ["apps/deployments", "deployments.apps"],
    ["leases", "leases.coordination.k8s.io"],
    ["lease", "leases.coordination.k8s.io"],
    ["pod", "pods"],
    ["pod/log", "pods/log"],
    ["deployments/scale", "deployments.apps/scale"],
    ["networkpolicy.networking.k8s.io", "networkpolicies.networking.k8s.io"],
    ["ingress.networking.k8s.io", "ingresses.networking.k8s.io"],
    ["ingresses.extensions", "ingresses.networking.k8s.io"],
    ["metrics.k8s.io/pods", "pods.metrics.k8s.io"],
    ["events.k8s.io/events", "events.events.k8s.io"],
    ["ops.k8s.io/things", "things.ops.k8s.io"],
    ["external-secrets.io/externalsecrets", "externalsecrets.external-secrets.io"],
    ["helm.toolkits.example.com/helmreleases", "helmreleases.helm.toolkits.example.com"],
    ["leases.k8s.io/status", "leases.coordination.k8s.io/status"],
    ["deployment.apps/statuses", "deployments.apps/statuses"],
    ["deployments.app/pods", "deployments.apps/pods"],
    ["metrics.k8s.io", undefined],
    ["v1/pods", "pods"],
    ["v1/pods/log", "pods/log"],
    ["pods/v1", "pods"],
    ["apps/v1/deployments", "deployments.apps"],
    ["apps/v1/deployments/scale", "deployments.apps/scale"],
    ["cert-manager.io/v1alpha2/certificates", "certificates.cert-manager.io"],
    ["v1/certificates", undefined],
    ["v1", undefined],
    ["certificates", undefined],
    // What every object of JavaScript has.
    ["foo.constructor", undefined],
    ["pods.constructor", "pods"],
    ["constructor/x", undefined],
    ["constructor", undefined],
  ])("%s is told, and that %s is meant", ([resource, meant]) => {
    expect(resourceSlip(resource)).toEqual(
      expect.objectContaining(meant === undefined ? {} : { meant }),
    );
    expect(resourceSlip(resource)?.meant).toBe(meant);
    if (meant !== undefined) expect(resourceSlip(meant), "what it is mended to").toBeUndefined();
  });
});

test.for([
  "pods",
  "pods/log",
  "nodes/metrics",
  "serviceaccounts/token",
  "deployments.apps",
  "deployments.apps/scale",
  "endpoints",
  "users",
  "certificates.cert-manager.io/status",
  "issuers.cert-manager.io/finalizers",
  "signers.certificates.k8s.io/approve",
  "ipaddresses.networking.k8s.io",
  "pods.metrics.k8s.io",
  "things.example.com/parts",
  "things.example.com/v1things",
  "virtualmachineinstances.subresources.kubevirt.io/console",
  "*.*",
  "*.apps",
])("%s may be there", (resource) => {
  expect(resourceSlip(resource)).toBeUndefined();
});
