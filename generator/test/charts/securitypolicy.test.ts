import { beforeAll, describe, expect, test } from "vitest";
import {
  kinds,
  labels,
  only,
  refusal,
  renderAll,
  type Rendered,
  schemaRefusal,
  wave,
} from "./support.ts";

const signIn = {
  issuer: "https://id.example.org/realms/home",
  clientId: "1234",
  secret: "sign-in",
  redirect: "https://sonarr.example.org/oauth2/callback",
  logout: "/oauth2/logout",
};
const route = {
  kind: "HTTPRoute" as const,
  gateway: { name: "internal", namespace: "gateway" },
  hosts: ["sonarr.example.org"],
  rules: [{ backend: { service: "sonarr", port: 80, external: true as const } }],
};

describe("SecurityPolicy", () => {
  let rendered: Record<"absent" | "minimal" | "full", Rendered>;
  beforeAll(async () => {
    rendered = await renderAll({
      absent: { routes: { web: route } },
      minimal: { routes: { web: { ...route, signIn } } },
      full: {
        routes: {
          web: {
            ...route,
            signIn: {
              ...signIn,
              endpoints: {
                authorization: "https://id.example.org/auth",
                token: "https://id.example.org/token",
                endSession: "https://id.example.org/out",
              },
              scopes: ["email", "openid", "profile"],
            },
          },
          open: route,
        },
      },
    });
  });

  test("is not rendered for a route without sign-in", () => {
    expect(kinds(rendered.absent)).toEqual(["HTTPRoute"]);
  });

  test("is for the route of its name, and there with it", () => {
    expect(only(rendered.minimal, "SecurityPolicy")).toEqual({
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "SecurityPolicy",
      metadata: {
        name: "web",
        namespace: "media-sonarr",
        labels: labels(),
        annotations: wave("5"),
      },
      spec: {
        targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: "web" }],
        oidc: {
          provider: { issuer: "https://id.example.org/realms/home" },
          clientID: "1234",
          clientSecret: { group: "", kind: "Secret", name: "sign-in" },
          scopes: ["openid"],
          redirectURL: "https://sonarr.example.org/oauth2/callback",
          logoutPath: "/oauth2/logout",
          denyRedirect: {
            headers: [
              { name: "Sec-Fetch-Mode", type: "Exact", value: "cors" },
              { name: "X-Requested-With", type: "Exact", value: "XMLHttpRequest" },
            ],
          },
        },
      },
    });
  });

  test("names the endpoints it is given, so that nobody asks for them", () => {
    const spec = only(rendered.full, "SecurityPolicy")["spec"];
    expect(spec).toMatchObject({
      oidc: {
        provider: {
          issuer: "https://id.example.org/realms/home",
          authorizationEndpoint: "https://id.example.org/auth",
          tokenEndpoint: "https://id.example.org/token",
          endSessionEndpoint: "https://id.example.org/out",
        },
      },
    });
  });

  test("asks for more than an identity, which it names once", () => {
    const spec = only(rendered.full, "SecurityPolicy")["spec"];
    expect(spec).toMatchObject({ oidc: { scopes: ["openid", "email", "profile"] } });
  });

  test("refuses a route no browser comes by", async () => {
    const values = { routes: { web: { ...route, kind: "GRPCRoute" as const, signIn } } };
    expect(await refusal(values)).toBe(
      "[rzp-lib] service=sonarr key=routes.web.signIn: a GRPCRoute cannot lead anybody to a page to sign in.",
    );
  });

  test("has a schema that refuses sign-in without a secret", async () => {
    const { secret: _, ...without } = signIn;
    const values = { routes: { web: { ...route, signIn: without as typeof signIn } } };
    expect(await schemaRefusal(values)).toContain(
      "at '/routes/web/signIn': missing property 'secret'",
    );
  });
});
