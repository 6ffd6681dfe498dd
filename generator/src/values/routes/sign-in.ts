/** Sign-in at the gateway: who asks on a route, and how the gateway reaches the provider. Its secret is among those of release/secrets/reads.ts. */
import type { Cause, Derived } from "../../model/derived.ts";
import { signInSecret } from "../../model/names.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { environmentFact } from "../../release/causes.ts";
import { writtenHosts } from "../../release/network/gateways.ts";
import { signInOf, signInPaths, signInPrefixes } from "../../release/network/sign-in.ts";
import { compact } from "../compact.ts";
import type { RouteSite } from "./site.ts";

/** Who asks for a password on a route; the policy where it is the gateway. */
export interface SignInOnRoute {
  readonly by: ReturnType<typeof signInOf>;
  readonly policy?: NonNullable<ServiceValues["routes"][string]["signIn"]>;
}

/** In: a route. Out: who asks for a password on it; the policy only where the gateway does and can. */
export function derivedSignIn(site: RouteSite): Derived<SignInOnRoute> {
  const { release, route, fact } = site;
  const { facts } = release;
  const by = signInOf(route);
  const { signIn: provider, domain } = facts.environment;
  const paths = signInPaths(route, domain);
  const lacking = provider === undefined ? [environmentFact(facts, "signIn")] : [];
  if (by !== "sso" || provider === undefined || paths === undefined)
    return {
      value: { by },
      rule: "route-sign-in",
      causes: [fact("signIn"), ...(by === "sso" ? lacking : [])],
    };
  const { issuer, endpoints, clientId, scopes } = provider;
  const { under, redirect, logout } = paths;
  const isShort = writtenHosts(route).some((host) => !host.includes("."));
  return {
    value: {
      by,
      policy: compact({
        issuer,
        endpoints,
        clientId,
        secret: signInSecret,
        redirect,
        logout,
        scopes,
      }),
    },
    rule: "route-sign-in",
    causes: [
      fact("signIn"),
      environmentFact(facts, "signIn"),
      fact("host"),
      ...(isShort ? [environmentFact(facts, "domain")] : []),
      ...pathFacts(site, under),
    ],
  };
}

/** What decides under which path the browser comes back. */
function pathFacts({ route, fact }: RouteSite, under: string | undefined): Cause[] {
  if (under === undefined) return [fact("rules"), fact("paths")];
  const isAtRoot = (route.rules?.[under]?.path ?? "/") === "/";
  return [
    ...["path", "exact", "headers", "method"].map((field) => fact("rules", under, field)),
    // Another rule that took everything would be chosen instead.
    ...(isAtRoot
      ? []
      : signInPrefixes(route).flatMap(({ rule }) =>
          rule === undefined || rule === under ? [] : [fact("rules", rule, "path")],
        )),
  ];
}
