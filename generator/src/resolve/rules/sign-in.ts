/** Who asks for a password: a public route must say it, and the gateway must be able to. */
import type { Route } from "../../model/connections.ts";
import { environmentFile, overlayFile } from "../../model/paths.ts";
import type { Problem } from "../../problems/problem.ts";
import { signInOf, signInPaths } from "../../release/network/sign-in.ts";
import type { Site } from "../site.ts";

/** Problems: SIGN_IN_MISSING, SIGN_IN_IMPOSSIBLE, SIGN_IN_NO_PROVIDER. */
export function checkSignIn(site: Site, name: string, route: Route): Problem[] {
  const { report, release } = site;
  const keys = ["routes", name];
  const by = signInOf(route);
  const kind = route.kind ?? "http";
  if (by === undefined && route.audience === "public")
    return [
      report("SIGN_IN_MISSING", keys, {
        message: `route \`${name}\` is for everybody, and does not say who asks for a password`,
        expected:
          kind === "http"
            ? '"own", "sso" or because("none", "say why here")'
            : '"own" or because("none", "say why here")',
        fix: `add signIn: "own" if ${release.service.name} asks itself${kind === "http" ? ', or "sso" for the gateway' : ""}`,
      }),
    ];
  if (by !== "sso") return [];
  if (kind !== "http")
    return [
      report("SIGN_IN_IMPOSSIBLE", [...keys, "signIn"], {
        message: `the gateway cannot ask for a password on a ${kind} route: only a browser can be led to a page`,
        found: '"sso"',
        expected: '"own" or because("none", "say why here")',
        fix: 'write signIn: "own" if the service asks itself',
      }),
    ];
  const paths = signInPaths(route, release.facts.environment.domain);
  return [
    ...(paths === undefined
      ? [
          report("SIGN_IN_IMPOSSIBLE", [...keys, "signIn"], {
            message: `nobody could come back from the provider: no rule of route \`${name}\` takes every page under a path`,
            found: '"sso"',
            expected: "a rule without `exact`, `headers` and a method other than GET",
            fix: 'add one, e.g. all: { path: "/" }',
          }),
        ]
      : []),
    ...withoutProvider(site, [...keys, "signIn"], name),
  ];
}

function withoutProvider({ report, release }: Site, keys: string[], name: string): Problem[] {
  const { facts, service } = release;
  if (facts.environment.signIn !== undefined) return [];
  const overlay = (signIn: string) =>
    `export default overlay(${JSON.stringify(service.name)}, { routes: { ${keyText(name)}: { signIn: ${signIn} } } });`;
  return [
    report("SIGN_IN_NO_PROVIDER", keys, {
      message: `route \`${name}\` is for who signs in at a provider, and there is none in <environment>`,
      found: '"sso"',
      expected: `signIn in ${environmentFile("<environment>")}, or another signIn of the route in ${overlayFile("<environment>", service.name)}`,
      fix: [
        `if ${service.name} asks itself, write in ${overlayFile("<environment>", service.name)}:`,
        'import { overlay } from "#rzp";',
        overlay('"own"'),
        "if nobody is to ask:",
        'import { because, overlay } from "#rzp";',
        overlay('because("none", "say why here")'),
        `if there is a provider: signIn: { issuer, clientId, clientSecret } in ${environmentFile("<environment>")}`,
      ].join("\n"),
    }),
  ];
}

/** A name as people write it in a map. */
const keyText = (name: string) => (name.includes("-") ? JSON.stringify(name) : name);
