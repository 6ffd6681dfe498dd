/** A redirect that leads back to the route it is of, at once or by way of others, goes round for ever. */
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

const round = (path: string) => [expect.stringMatching(new RegExp(`for ever: ${path}$`))];

test.each<[string, Fragment, Fragment | undefined, string]>([
  [
    "two routes of a service",
    { a: web("a", to("b")), b: web("b", to("a")) },
    undefined,
    "app/a → app/b → app/a",
  ],
  [
    "routes of two services",
    { a: web("a", to("b")) },
    { b: web("b", to("a.example.com")) },
    "app/a → other/b → app/a",
  ],
  [
    "three routes, told from the first whatever the way leads",
    { a: web("a", to("c")), b: web("b", to("a")) },
    { c: web("c", to("b")) },
    "app/a → other/c → app/b → app/a",
  ],
  [
    "what only requests below a path go through",
    { a: web("a", to("b")), b: web("b", { rules: { old: { path: "/old", redirect: "a" } } }) },
    undefined,
    "app/a → app/b → app/a",
  ],
  [
    "what only requests below a path go through, as another rule takes the path itself",
    {
      a: web("a", { rules: { old: { path: "/old", redirect: "b" } } }),
      b: web("b", {
        rules: { old: { path: "/old", exact: true }, all: { redirect: "a" } },
      }),
    },
    undefined,
    "app/a → app/b → app/a",
  ],
  [
    "a name that a wildcard takes",
    { a: web("a", to("b.any.example.com")), wide: web("*.any.example.com", to("a")) },
    undefined,
    "app/a → app/wide → app/a",
  ],
  [
    "a name of both gateways, by the one that is asked",
    {
      a: web("a", to("b")),
      b: web("b", { audience: "public", rules: { all: {} } }),
      c: web("b", to("a")),
    },
    undefined,
    "app/a → app/c → app/a",
  ],
  [
    "what a header asks for",
    {
      a: web("a", to("b", { headers: { "X-Old": "1" } })),
      b: web("b", to("a", { headers: { "x-old": "1" } })),
    },
    undefined,
    "app/a → app/b → app/a",
  ],
])("a circle is told as a path: %s", (_, app, other, path) => {
  expect(told(app, other)).toEqual(round(path));
});

const back = (more: Fragment) => ({ a: web("a", to("b")), b: web("b", more) });
test.each<[string, Fragment]>([
  ["leads on to somewhere", back({})],
  [
    "sends back another path",
    {
      a: web("a", { rules: { old: { path: "/a", redirect: "b" } } }),
      b: web("b", { rules: { old: { path: "/b", redirect: "a" } } }),
    },
  ],
  [
    "sends back one path alone, which the first does not take",
    {
      a: web("a", { rules: { old: { path: "/a", redirect: "b" } } }),
      b: web("b", { rules: { root: { path: "/", exact: true, redirect: "a" } } }),
    },
  ],
  [
    "has a nearer rule for all that is sent",
    {
      a: web("a", { rules: { old: { path: "/a", redirect: "b" } } }),
      b: web("b", { rules: { a: { path: "/a/" }, all: { redirect: "a" } } }),
    },
  ],
  [
    "has a nearer path on a second route of its name",
    {
      a: web("a", { rules: { old: { path: "/a", redirect: "b" } } }),
      b: web("b", to("a")),
      c: web("b", { paths: ["/a"] }),
    },
  ],
  ["sends back what a browser does not send", back(to("a", { method: "POST" }))],
  [
    "sends back what has another header",
    {
      a: web("a", to("b", { headers: { "x-old": "1" } })),
      b: web("b", to("a", { headers: { "x-old": "2" } })),
    },
  ],
  ["sends on to a third one that answers", { ...back(to("c")), c: web("c") }],
])("it is no circle where the other %s", (_, routes) => {
  expect(told(routes)).toEqual([]);
});

test("what leads into a circle is no part of it", () => {
  expect(told({ a: web("a", to("b")), b: web("b", to("c")), c: web("c", to("b")) })).toEqual(
    round("app/b → app/c → app/b"),
  );
});

test("two circles through one redirect are two", () => {
  const rules = { old: { path: "/old", redirect: "b" }, new: { path: "/new", redirect: "b" } };
  expect(told({ a: web("a", { rules }), b: web("b", to("a")) })).toHaveLength(2);
});

test("a circle may lead through several environments, on one cluster or two", () => {
  for (const cluster of ["home", "away"]) {
    const services = {
      app: service({ ...component, routes: { a: web("a.example.com", to("b.away.org")) } }),
      other: service({ ...component, routes: { b: web("b.away.org", to("a.example.com")) } }),
    };
    const { problems } = build(
      sceneWith({
        services,
        clusters: cluster === "away" ? { away: { carrier: "away" } } : {},
        environments: {
          prod: { ...scene.environments["prod"], services: ["app"] },
          away: {
            ...scene.environments["prod"],
            cluster,
            prefix: "away",
            domain: "away.org",
            services: ["other"],
          },
        },
      }),
    );
    expect(problems.map(({ message }) => message)).toEqual(
      round("other/b → app/a of prod → other/b"),
    );
  }
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

/** Messages with these routes of two environments, the second on another cluster or on the same. */
const toldOfTwo = (app: Fragment, other: Fragment, cluster: string) =>
  build(
    sceneWith({
      services: {
        app: service({ ...component, routes: app }),
        other: service({ ...component, routes: other }),
      },
      clusters: cluster === "away" ? { away: { carrier: "away" } } : {},
      environments: {
        prod: { ...scene.environments["prod"], services: ["app"] },
        away: { ...scene.environments["prod"], cluster, prefix: "away", services: ["other"] },
      },
    }),
  ).problems.map(({ message }) => message);

test.each<[string, Fragment, Fragment]>([
  ["a host", web(shared, to("www.any.example.com")), web("www.any.example.com")],
  ["a host of one letter", web(shared, to("w.any.example.com")), web("w.any.example.com")],
  ["a nearer wildcard", web(shared, to("a.www.any.example.com")), web("*.www.any.example.com")],
])("%s of another environment is nearer than an own wildcard", (_, wide, near) => {
  for (const cluster of ["home", "away"])
    expect(toldOfTwo({ wide }, { near }, cluster)).toEqual([]);
});

test("of two clusters that have a host the own one is asked", () => {
  expect(toldOfTwo({ web: web("www", to("www")) }, { web: web("www") }, "away")).toEqual([
    expect.stringContaining("leads to the route's own host"),
  ]);
});
