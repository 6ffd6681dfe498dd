import { describe, expect, test } from "vitest";
import { refusal, renderAll, schemaRefusal } from "./support.ts";

describe("identity", () => {
  test("puts the service's own labels on all objects", async () => {
    const { one } = await renderAll({
      one: {
        labels: { "example.org/owner": "1e3" },
        claims: { config: { size: "1Gi", access: "ReadWriteOnce" } },
      },
    });
    expect(one.manifests.map(({ metadata }) => metadata.labels["example.org/owner"])).toEqual([
      "1e3",
      "1e3",
      "1e3",
    ]);
  });

  test.concurrent.each([
    ["no values at all", "{}\n", "[rzp-lib] service=? key=name: missing; every object carries it."],
    [
      "no namespace",
      "service: { name: sonarr }\n",
      "[rzp-lib] service=sonarr key=namespace.name: missing; say the namespace of the service.",
    ],
    [
      "no place of the DNS",
      "service: { name: sonarr, namespace: { name: x }, dns: null }\n",
      "[rzp-lib] service=sonarr key=dns.namespace: missing; say where the cluster's DNS is, or leave `dns` to its default.",
    ],
    [
      "no tier",
      "service: { name: sonarr, tier: null }\n",
      "[rzp-lib] service=sonarr key=tier: missing; every object carries it.",
    ],
    [
      "no environment",
      'service: { name: sonarr, environment: "" }\n',
      "[rzp-lib] service=sonarr key=environment: missing; every object carries it.",
    ],
    [
      "a label of ours",
      "service: { name: sonarr, namespace: { name: x }, labels: { app.kubernetes.io/name: x } }\n",
      '[rzp-lib] service=sonarr key=labels: the label "app.kubernetes.io/name" is set by rzp-lib; take it out.',
    ],
  ])("refuses %s", async (_, values, message) => {
    expect(await refusal(values)).toBe(message);
  });

  test("names a misspelt key", async () => {
    expect(
      await schemaRefusal("service: { name: sonarr, namespace: { name: x }, workload: {} }\n"),
    ).toContain("additional properties 'workload' not allowed");
  });
});
