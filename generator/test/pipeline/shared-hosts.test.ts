/** One host is one service's; a second one says why it has it too. */
import { expect, test } from "vitest";
import type { Fragment } from "../model-leaves/fixture.ts";
import { build } from "../model-leaves/build.ts";
import { component, sceneWith, service } from "../model-leaves/scene.ts";

const environment = {
  cluster: "home",
  domain: "example.com",
  revision: "main",
  secrets: { backend: "fake" },
};
const web = (host: unknown, more: Fragment = {}) => ({
  host,
  to: "http",
  audience: "internal",
  signIn: "own",
  ...more,
});
const said = (value: unknown) => ({ because: "one page to people", value });
const under = (path: string) => ({ paths: [path] });

/** Problems with these routes of two services. */
function told(app: Fragment, other: Fragment, more: Fragment = {}): string[] {
  const { problems } = build(
    sceneWith({
      environments: { prod: environment, ...more },
      services: {
        app: service({ ...component, routes: app }),
        other: service({ ...component, routes: other }),
      },
    }),
  );
  return problems.map(({ code, message }) => `${code} ${message}`);
}

test.for<[string, Fragment, Fragment]>([
  ["hosts of their own", { web: web("app") }, { web: web("other") }],
  [
    "routes of one service",
    { web: web("app"), api: web("app", under("/api")), out: web("app", { audience: "public" }) },
    { web: web("other") },
  ],
  ["a path with a reason", { web: web("app") }, { web: web(said("app"), under("/api")) }],
  ["a reason at whose host it is", { web: web(said("app")) }, { web: web("app", under("/api")) }],
  ["a reason at both", { web: web(said("app")) }, { web: web(said("app"), under("/api")) }],
  [
    "one of several, with a reason",
    { web: web("app") },
    { web: web(said(["o", "app"]), under("/a")) },
  ],
  [
    "another audience with a reason",
    { web: web("app") },
    { web: web(said("app"), { audience: "public" }) },
  ],
  ["a wildcard with a reason", { web: web("app") }, { web: web(said("*.example.com")) }],
  [
    "a host with a reason below a wildcard",
    { web: web(said("app")) },
    { web: web("*.example.com") },
  ],
  ["a wildcard below nobody's", { web: web("app") }, { web: web(["*.other", "*.app"]) }],
  ["a wildcard over its own", { web: web("app") }, { web: web(["*.o", "a.o.example.com"]) }],
])("may be: %s", ([, app, other]) => {
  expect(told(app, other)).toEqual([]);
});

test.for<[string, Fragment, Fragment, string]>([
  [
    "a path",
    { web: web("app") },
    { web: web("app", under("/api")) },
    "host app is claimed by app and other",
  ],
  [
    "a path, where the first has the rest by name",
    { web: web("x", under("/a")) },
    { web: web("x", under("/b")) },
    "host x is claimed by app and other",
  ],
  [
    "a request",
    { web: web("app") },
    { web: web("app", { rules: { all: { headers: { "x-a": "1" } } } }) },
    "host app is claimed by app and other",
  ],
  [
    "the same with a reason, which makes no two of one path",
    { web: web("app") },
    { web: web(said("app")) },
    "host app is claimed by app and other",
  ],
  [
    "all names there will ever be",
    { web: web("app") },
    { web: web("*.example.com") },
    "host *.example.com takes in app.example.com of app",
  ],
  [
    "a wildcard, for another audience",
    { web: web("app"), more: web("*.app") },
    { web: web("*.example.com", { audience: "public" }) },
    "host *.example.com takes in app.example.com of app, and 1 more",
  ],
])("may not be without a reason: %s", ([, app, other, message]) => {
  expect(told(app, other)).toEqual([`NAME_TAKEN ${message}`]);
});

test.for<[string, Fragment, readonly string[]]>([
  [
    "neither from another environment of the cluster",
    web("app.example.com", under("/b")),
    ["NAME_TAKEN host app.example.com of other is claimed in dev and prod, which share a cluster"],
  ],
  ["but with a reason", web(said("app.example.com"), under("/b")), []],
])("%s", ([, other, expected]) => {
  const app = { web: web("app.example.com", under("/a")) };
  const dev = { ...environment, prefix: "dev", domain: "dev.example.com", services: ["app"] };
  const prod = { ...environment, services: ["other"] };
  expect(told(app, { web: other }, { dev, prod })).toEqual(expected);
});
