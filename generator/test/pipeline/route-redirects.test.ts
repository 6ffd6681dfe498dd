/** A redirect that leads back to the route it is of goes round for ever. */
import { expect, test } from "vitest";
import type { Fragment } from "../model-leaves/fixture.ts";
import { build } from "../model-leaves/build.ts";
import { component, scene, sceneWith, service } from "../model-leaves/scene.ts";
import { toHelmValues } from "../../src/values/helm-values.ts";

const web = (host: unknown, more: Fragment = {}) => ({
  host,
  to: "http",
  audience: "internal",
  signIn: "own",
  ...more,
});
const to = (redirect: string, more: Fragment = {}) => ({ rules: { all: { redirect, ...more } } });
const shared = { because: "pages below the one of the other", value: "*.any.example.com" };

/** Messages with these routes of two services. */
const told = (app: Fragment, other: Fragment = {}) =>
  build(
    sceneWith({
      services: {
        app: service({ ...component, routes: app }),
        other: service({ ...component, routes: other }),
      },
    }),
  ).problems.map(({ message }) => message);

test.each<[string, Fragment]>([
  ["its own host", web("www", to("www.example.com"))],
  ["a name its wildcard alone takes", web("*.any.example.com", to("www.any.example.com"))],
  ["a host it has beside the wildcard", web(["*.any.example.com", "a"], to("a.example.com"))],
  ["its own host as one label", web("www", to("www"))],
  ["its own host, for HEAD", web("www", to("www.example.com", { method: "HEAD" }))],
])("it is told of %s", (_, route) => {
  expect(told({ route, other: web("*.example.com", to("notes.example.org")) })).toEqual([
    expect.stringContaining("leads to the route's own host"),
  ]);
});

test.each<[string, Fragment, Fragment?]>([
  ["a host of nobody here", { route: web("www", to("www.example.org")) }],
  [
    "its own host, for what a browser asks again with GET",
    { route: web("www", to("www.example.com", { method: "POST" })) },
  ],
  [
    "another route's host below its wildcard",
    {
      route: web("*.any.example.com", to("www.any.example.com")),
      www: web("www.any.example.com"),
    },
  ],
  [
    "another route's nearer wildcard",
    {
      route: web("*.any.example.com", to("a.www.any.example.com")),
      www: web("*.www.any.example.com"),
    },
  ],
  [
    "a host of another service",
    { route: web(shared, to("www.any.example.com")) },
    { www: web("www.any.example.com") },
  ],
])("it is no mistake to lead to %s", (_, routes, other) => {
  expect(told(routes, other)).toEqual([]);
});

test("one label gets the domain of the environment, as a host does; a full name stays", () => {
  const rules = { one: { path: "/one", redirect: "www" }, all: { redirect: "www.example.org" } };
  const { releases, problems } = build(
    sceneWith({
      services: { app: service({ ...component, routes: { web: web("app", { rules }) } }) },
    }),
  );
  expect(problems).toEqual([]);
  const targets = releases.flatMap((release) =>
    Object.values(toHelmValues(release, new Map()).service.routes).flatMap((route) =>
      route.rules.map(({ redirect }) => redirect),
    ),
  );
  expect(targets).toEqual(["www.example.com", "www.example.org"]);
});

test.each([
  ["of the same cluster, whose routes are nearer", "home", []],
  ["of another one", "away", [expect.stringContaining("leads to the route's own host")]],
])("it looks at the environments %s", (_, cluster, expected) => {
  const services = {
    app: service({ ...component, routes: { wide: web(shared, to("www.any.example.com")) } }),
    other: service({ ...component, routes: { web: web("www.any.example.com") } }),
  };
  const { problems } = build(
    sceneWith({
      services,
      clusters: cluster === "away" ? { away: { carrier: "away" } } : {},
      environments: {
        prod: { ...scene.environments["prod"], services: ["app"] },
        away: { ...scene.environments["prod"], cluster, prefix: "away", services: ["other"] },
      },
    }),
  );
  expect(problems.map(({ message }) => message)).toEqual(expected);
});
