/** The name of a load balancer is its own: a route with the same host would be a second record for one name. */
import { expect, test } from "vitest";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import { build } from "../model-leaves/build.ts";
import { component, scene, sceneWith, service } from "../model-leaves/scene.ts";

const record = "external-dns.kubernetes.io/hostname";
const told: Fragment = { annotationPrefix: "external-dns.kubernetes.io" };
const exposes = { tv: { ports: { 80: "http" }, clients: "lan" } };
const routes = (host: unknown, audience = "internal") => ({
  routes: { web: { host, to: "http", audience, signIn: "own" } },
});
const named = (host: string) => ({
  patches: { "service/app-tv": { metadata: { annotations: { [record]: host } } } },
});

/** Problems of `app`, which has a load balancer, and of `other`. */
function problems(app: Fragment, other: Fragment, environments: Surroundings = {}, home = told) {
  return build(
    sceneWith({
      clusters: { home },
      ...environments,
      services: {
        app: service({ ...component, exposes, ...app }),
        other: service({ ...component, ...other }),
      },
    }),
  ).problems.map(({ code, message }) => `${code} ${message}`);
}

test.for<[string, Fragment, Fragment, Fragment?]>([
  ["a host nobody else has", routes("app"), routes("other")],
  ["a host that is like it in another domain", {}, routes("app-tv.example.org")],
  ["its host, where nobody writes names of load balancers", {}, routes("app-tv"), {}],
  ["its host, where a patch gives it another name", named("tv.example.com"), routes("app-tv")],
  ["a wildcard: the record of one name comes before it", routes("*.app"), routes("other")],
  ["a name by a patch that no route has", { ...routes("app"), ...named("tv.example.com") }, {}],
])("a route may have %s", ([, app, other, home]) => {
  expect(problems(app, other, {}, home)).toEqual([]);
});

test.for<[string, Fragment, Fragment, string]>([
  [
    "of another service",
    {},
    routes("app-tv"),
    "NAME_TAKEN host app-tv is claimed by app and other",
  ],
  ["of its own service", routes("app-tv"), {}, "NAME_TAKEN host app-tv is claimed twice by app"],
  [
    "that is written in full",
    {},
    routes("app-tv.example.com"),
    "NAME_TAKEN host app-tv.example.com is claimed by app and other",
  ],
  [
    "among others, with a reason to share it",
    {},
    routes({ because: "one page to people", value: ["app-tv", "other"] }),
    "NAME_TAKEN host app-tv is claimed by app and other",
  ],
  [
    "of its own service, by a patch",
    { ...routes("tv"), ...named("tv.example.com") },
    {},
    "NAME_TAKEN patch service/app-tv is for tv.example.com, which is a host of a route of app",
  ],
  [
    "of another service, by a patch",
    named("tv.example.com"),
    routes("tv"),
    "NAME_TAKEN patch service/app-tv is for tv.example.com, a host of other",
  ],
])("it is no host of a route %s", ([, app, other, problem]) => {
  expect(problems(app, other)).toEqual([problem]);
});

test("it is no host of a route in another environment of the cluster", () => {
  const prod = { ...scene.environments["prod"], services: ["app"] };
  const staging = { ...prod, prefix: "staging", domain: "x.org", services: ["other"] };
  const environments = { environments: { prod, staging } };
  expect(problems({}, routes("app-tv"), environments)).toEqual([]);
  expect(problems({}, routes("app-tv.example.com"), environments)).toEqual([
    "NAME_TAKEN host app-tv.example.com of other is claimed in prod and staging, which share a cluster",
  ]);
});
