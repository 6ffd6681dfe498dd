/** How a service is reached by name: gateway, hosts, requests, time, sign-in; and what a gateway listens for. */
import type { Release } from "../model/platform.ts";
import { audiencesAskedFor } from "../release/network/listeners.ts";
import { derivedListeners } from "../values/routes/listeners.ts";
import type { Listener } from "../values/routes/listeners.ts";
import type { RouteMatches } from "../values/routes/requests.ts";
import { derivedRoutes } from "../values/routes/routes.ts";
import type { DerivedRoute } from "../values/routes/routes.ts";
import type { SignInOnRoute } from "../values/routes/sign-in.ts";
import type { Consequence } from "./consequence.ts";
import { consequence } from "./consequence.ts";

/** In: a release. Out: the names a service is reached by, and where each leads. */
export function routeConsequences(release: Release): Consequence[] {
  return [...derivedRoutes(release).flatMap(ofRoute), ...listenerConsequences(release)];
}

function ofRoute({ name, way, hosts, requests, timeouts, signIn }: DerivedRoute): Consequence[] {
  const route = `route ${name}`;
  const about = (part: string, rule?: string) =>
    `${route}, ${part}${rule === undefined ? "" : ` of rule ${rule}`}`;
  return [
    consequence(way, ({ kind, gateway }) => ({
      about: route,
      says: `${kind}, goes through Gateway ${gateway.namespace}/${gateway.name}${gateway.port === undefined ? "" : `, port ${gateway.port}`}`,
    })),
    ...(hosts === undefined
      ? []
      : [
          consequence(hosts, (value) => ({
            about: about("hosts"),
            says: `answers to ${value.hosts.join(", ")}${value.address === undefined ? "" : ` at ${value.address}`}`,
          })),
        ]),
    ...requests.map((one) =>
      consequence(one, (value) => ({
        about: about("requests", value.rule),
        says: requestWords(value),
      })),
    ),
    ...timeouts.map((one) =>
      consequence(one, ({ rule, timeout }) => ({
        about: about("time-out", rule),
        says: timeout === "0s" ? "an answer may take any time" : `an answer may take ${timeout}`,
      })),
    ),
    consequence(signIn, (value) => ({ about: about("sign-in"), says: signInWords(value) })),
  ];
}

function requestWords({ matches, backend }: RouteMatches): string {
  const taken = matches.map(({ path, method, headers }) =>
    [
      method ?? "any method",
      path === undefined
        ? "any path"
        : `${path.type === "Exact" ? "exactly" : "under"} ${path.value}`,
      ...Object.entries(headers ?? {}).map(([header, value]) => `with ${header}: ${value}`),
    ].join(", "),
  );
  const [{ rewrite, redirect } = {}] = matches;
  const goes =
    redirect === undefined
      ? `to ${backend === undefined ? "nowhere" : `Service ${backend.service}, port ${backend.port}`}`
      : `redirected to ${redirect}`;
  return `${taken.join("; ")}: ${goes}${rewrite === undefined ? "" : `, rewritten to ${rewrite}`}`;
}

function signInWords({ by, policy }: SignInOnRoute): string {
  if (policy !== undefined)
    return `SecurityPolicy: the gateway asks ${policy.issuer} as ${policy.clientId}, scopes ${["openid", ...(policy.scopes ?? [])].join(" ")}; back at ${policy.redirect}, out at ${policy.logout}`;
  if (by === "sso") return "the gateway would ask, but the environment has no provider";
  if (by === "own") return "the service asks itself";
  return by === "none"
    ? "nobody asks for a password"
    : "nobody asks for a password, as far as the file says";
}

/** Only of whoever carries the gateways. */
function listenerConsequences(release: Release): Consequence[] {
  const asked = new Set(audiencesAskedFor(release.service.spec.objects));
  return [...asked].flatMap((audience) =>
    derivedListeners(release, audience).map((listener) =>
      consequence(listener, (value) => ({
        about: `Gateway for ${audience}, listener ${value.name}`,
        says: listenerWords(value),
      })),
    ),
  );
}

const listenerWords = ({ protocol, port, hostname, secret }: Listener): string =>
  `${protocol} on port ${port}${hostname === undefined ? "" : ` for ${hostname}`}${secret === undefined ? "" : `, certificate in Secret ${secret}`}`;
