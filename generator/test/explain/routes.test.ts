/** Causes of routes are exact: without a fact what it causes goes or changes, and nothing else does. */
import { describe, expect, test } from "vitest";
import type { Cause } from "../../src/model/derived.ts";
import { consequencesOf } from "../../src/explain/consequences.ts";
import type { Consequence } from "../../src/explain/consequence.ts";
import { build } from "../model-leaves/build.ts";
import type { Fragment, Surroundings } from "../model-leaves/fixture.ts";
import { chart, component, sceneWith, service, withProvider } from "../model-leaves/scene.ts";
import { without } from "../support/without.ts";

const file = "charts/services/app/values.ts";

function consequences(route: Fragment): Consequence[] {
  const { releases } = build(
    sceneWith({
      ...withProvider,
      services: { app: service({ ...component, routes: { web: route } }) },
    }),
  );
  return releases.flatMap((release) => consequencesOf(release).get("Routes") ?? []);
}
const web = { host: "app", to: "http", audience: "internal" };

/** Routes, and the optional facts that are taken from them one by one. */
const cases: readonly (readonly [string, Fragment, readonly string[]])[] = [
  ["one that asks itself", { ...web, signIn: "own" }, ["signIn"]],
  [
    "one with a reason to be open",
    { ...web, signIn: { because: "a guest book", value: "none" } },
    ["signIn"],
  ],
  [
    "one behind the gateway's sign-in",
    { ...web, signIn: "sso", timeout: "30s" },
    ["signIn", "timeout"],
  ],
  ["one under a path", { ...web, signIn: "sso", paths: ["/admin"] }, ["signIn", "paths"]],
  [
    "one with rules",
    {
      ...web,
      signIn: "sso",
      timeout: "10s",
      rules: {
        api: { path: "/api", method: "GET", rewrite: "/v2", to: "admin", timeout: "1h" },
        page: { path: "/page", exact: true, headers: { "x-key": "1" } },
        old: { path: "/old", redirect: "new.example.com" },
      },
    },
    [
      "signIn",
      "timeout",
      "rules.api.path",
      "rules.api.rewrite",
      "rules.api.to",
      "rules.api.timeout",
      "rules.page.exact",
      "rules.page.headers",
      "rules.old.redirect",
    ],
  ],
  ["gRPC", { ...web, kind: "grpc", signIn: "own" }, ["kind", "signIn"]],
];

describe.each(cases)("%s", (_, route, facts) => {
  test.each(facts)("without %s", (fact) => {
    const path = ["routes", "web", ...fact.split(".")];
    const isFact = (cause: Cause) => cause.file === file && cause.path.join(".") === path.join(".");
    const before = consequences(route);
    const after = consequences(without(route, fact.split(".")));
    const same = new Set(after.map((one) => JSON.stringify(one)));
    const caused = before.filter(({ causes }) => causes.some(isFact));
    expect(caused, "something follows from it").not.toEqual([]);
    expect(
      caused.filter((one) =>
        after.some(({ about, says }) => about === one.about && says === one.says),
      ),
      "what follows from it is gone or another",
    ).toEqual([]);
    expect(
      before.filter((one) => !caused.includes(one) && !same.has(JSON.stringify(one))),
      "everything else is the same",
    ).toEqual([]);
    const known = new Set(before.map((one) => JSON.stringify(one)));
    for (const fresh of after.filter((one) => !known.has(JSON.stringify(one))))
      expect(fresh.causes.filter(isFact), fresh.about).toEqual([{ file, path, absent: true }]);
  });
});

test("a redirect to one label follows from the domain, one to a full name does not", () => {
  const rules = { old: { path: "/old", redirect: "new" }, far: { redirect: "new.example.org" } };
  const causedByDomain = consequences({ ...web, rules })
    .filter(({ about }) => about.startsWith("route web, requests"))
    .map(({ says, causes }) => [says, causes.some(({ path }) => path.join(".") === "domain")]);
  expect(causedByDomain).toEqual([
    ["any method, under /old: redirected to new.example.com", true],
    ["any method, any path: redirected to new.example.org", false],
  ]);
});

test("says in words what is reached how", () => {
  expect(
    consequences({ ...web, host: ["app", "a.org"], signIn: "sso" }).map(
      ({ about, says }) => `${about}: ${says}`,
    ),
  ).toEqual(
    expect.arrayContaining([
      "route web: HTTPRoute, goes through Gateway network-gateway/internal",
      "route web, hosts: answers to app.example.com, a.org at 10.0.10.210",
      "route web, requests: any method, under /: to Service app, port 8080",
      "route web, time-out: an answer may take any time",
      "route web, sign-in: SecurityPolicy: the gateway asks https://id.example.com as gateway, scopes openid; back at https://%REQ(:authority)%/oauth2/callback, out at /oauth2/logout",
    ]),
  );
});

test("says of whoever carries the gateways what it listens for", () => {
  const gateway = {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    spec: { listeners: { gatewayListeners: "internal" } },
  };
  const told = (reaches: Fragment, around: Surroundings = withProvider) =>
    build(
      sceneWith({
        ...around,
        services: {
          app: chart({ proxy: { pods: { app: "proxy" }, reaches } }, { objects: { gateway } }),
        },
      }),
    )
      .releases.flatMap((release) => consequencesOf(release).get("Routes") ?? [])
      .map(({ about, says, causes }) => [
        `${about}: ${says}`,
        causes.map(({ path }) => path.join(".")),
      ]);
  const listeners = [
    ["Gateway for internal, listener http: HTTP on port 80", ["objects.gateway", "gateways"]],
    [
      "Gateway for internal, listener https: HTTPS on port 443 for *.example.com, certificate in Secret internal-tls",
      ["objects.gateway", "domain"],
    ],
  ];
  expect(told({ signIn: true })).toEqual(listeners);
  expect(told({})).toEqual(listeners);
  expect(told({ signIn: true }, {})).toEqual(listeners);
});

test("a reason is told with its fact", () => {
  const open = consequences({ ...web, signIn: { because: "a guest book", value: "none" } });
  expect(open.find(({ about }) => about === "route web, sign-in")).toEqual({
    about: "route web, sign-in",
    says: "nobody asks for a password",
    rule: "route-sign-in",
    causes: [{ file, path: ["routes", "web", "signIn"], reason: "a guest book" }],
  });
});
