/** Ways in under `objects` that stay allowed are told: no field says for whom they are. */
import { expect, test } from "vitest";
import { derivedWaysIn } from "../../src/values/brought.ts";
import { isolationConsequences } from "../../src/explain/isolation.ts";
import { build } from "../model-leaves/build.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";

const apiVersion = "gateway.networking.k8s.io/v1";
const leading = { rules: [{ backendRefs: [{ name: "app", port: 8080 }] }] };
const redirecting = { rules: [{ filters: [{ type: "RequestRedirect" }] }] };

const told = (objects: Readonly<Record<string, object>>) => {
  const app = service({ ...component, objects });
  const { releases } = build(sceneWith({ services: { app } }));
  return releases.flatMap((release) =>
    derivedWaysIn(release).length === 0 ? [] : isolationConsequences(release),
  );
};

test("a gateway of its own with its route, and a grant", () => {
  const objects = {
    mine: { apiVersion, kind: "Gateway" },
    web: { apiVersion, kind: "TLSRoute", spec: leading },
    grant: { apiVersion, kind: "ReferenceGrant" },
  };
  const about = told(objects).filter(({ says }) => says.endsWith("no field says for whom"));
  expect(about.map((one) => one.about)).toEqual([
    "Gateway mine, under objects",
    "TLSRoute web, under objects",
    "ReferenceGrant grant, under objects",
  ]);
});

test("nothing of a redirect, nor of what has only such a name", () => {
  const objects = {
    web: { apiVersion, kind: "HTTPRoute", spec: redirecting },
    mine: { apiVersion: "example.org/v1", kind: "Gateway" },
  };
  expect(told(objects)).toEqual([]);
});
