/** Who asks for a password on a route, and where the gateway's own sign-in happens. */
import type { Route } from "../../model/connections.ts";
import { fullHosts } from "./gateways.ts";

/** Undefined where the file says nothing. */
export function signInOf({ signIn }: Pick<Route, "signIn">): "own" | "sso" | "none" | undefined {
  return typeof signIn === "object" ? signIn.value : signIn;
}

/** The host a browser asked for, as Envoy puts it into a text. */
const askedHost = "%REQ(:authority)%";

export interface SignInPaths {
  /** The rule they lie under; undefined for a route without rules. */
  readonly under: string | undefined;
  /** Where the provider sends the browser back to. */
  readonly redirect: string;
  /** Where people sign out. */
  readonly logout: string;
}

/**
 * The proxy answers two paths itself. They have to lie under what the route takes, else they never reach its
 * sign-in, and apart from the service's own `/logout`. With several names the browser comes back to the one it
 * asked for: cookies hold for one host.
 */
export function signInPaths(route: Route, domain: string): SignInPaths | undefined {
  const [first] = signInPrefixes(route).toSorted(
    (a, b) => a.prefix.length - b.prefix.length || (a.prefix < b.prefix ? -1 : 1),
  );
  if (first === undefined) return undefined;
  const base = first.prefix.replace(/\/+$/, "");
  const hosts = fullHosts(route, domain);
  const [host = askedHost] = hosts;
  const isOne = hosts.length === 1 && !host.startsWith("*.");
  return {
    under: first.rule,
    redirect: `https://${isOne ? host : askedHost}${base}/oauth2/callback`,
    logout: `${base}/oauth2/logout`,
  };
}

/** Prefixes of which the route takes every page a browser can come back to, each with its rule. */
export function signInPrefixes(
  route: Route,
): { readonly rule: string | undefined; readonly prefix: string }[] {
  if (route.rules === undefined)
    return (route.paths ?? ["/"]).map((prefix) => ({ rule: undefined, prefix }));
  return Object.entries(route.rules)
    .filter(
      ([, { exact, headers, method }]) =>
        exact === undefined &&
        Object.keys(headers ?? {}).length === 0 &&
        (method === undefined || method === "GET"),
    )
    .map(([rule, { path }]) => ({ rule, prefix: path ?? "/" }));
}
