/** Who asks for a password before the gateway lets anybody through: the OpenID Connect provider of an environment. */
import "./meta.ts";
import { z } from "zod";
import { audiences } from "./audiences.ts";
import { HostName, rule } from "./primitives.ts";
import { HostReference, SecretReference } from "./references.ts";

/** OpenID Connect Discovery 1.0, section 2: https, a host, perhaps port and path, nothing after them. */
const Issuer = z
  .string()
  .refine(
    isIssuer,
    rule(
      "this is no issuer of OpenID Connect",
      "https, the name of a host, perhaps a port and a path",
      'write it as the provider\'s discovery page has it, e.g. "https://id.example.com"',
    ),
  );

/** The proxy resolves the provider by name and takes no address (Envoy Gateway: "static IP cluster is not allowed"). */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  return (
    protocol === "https:" &&
    `${search}${hash}${username}` === "" &&
    !/[?#]/.test(text) &&
    hostname.includes(".") &&
    !hostname.includes("*") &&
    HostName.safeParse(hostname).success &&
    !/^[0-9.]+$/.test(hostname)
  );
}

const Endpoint = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).protocol === "https:",
    rule(
      "this is no address of an endpoint",
      "an address that begins with https://",
      'write it as the provider\'s discovery page has it, e.g. "https://id.example.com/authorize"',
    ),
  );

/** RFC 6749, section 3.3. */
const Scope = z
  .string()
  .refine(
    (text) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text),
    rule(
      "a scope is one word",
      "a word without space, quote and backslash",
      'write each scope as a text of its own, e.g. ["email", "profile"]',
    ),
  );

export const SignIn = z
  .strictObject({
    issuer: Issuer.meta({
      description: "The provider's issuer identifier; its endpoints are found from there.",
      example: "https://id.example.com",
    }),
    endpoints: z
      .strictObject({
        authorization: Endpoint.meta({ description: "Where people are sent to sign in." }),
        token: Endpoint.meta({ description: "Where the gateway fetches tokens." }),
        endSession: Endpoint.optional().meta({ description: "Where people sign out." }),
      })
      .optional()
      .meta({
        id: "SignInEndpoints",
        description:
          "The provider's endpoints, written out. Without them the gateway asks the issuer at every change of the cluster, and its routes answer 500 while nobody answers.",
      }),
    clientId: z
      .string()
      .min(1)
      .meta({ description: "Name the gateways have at the provider.", example: "gateway" }),
    clientSecret: SecretReference.meta({
      description:
        "What they prove it with: a secret of the environment's own path, `/services/environment/<key>`.",
      ts: "SecretReference",
    }),
    scopes: z
      .array(Scope)
      .min(1)
      .optional()
      .meta({
        description: "What is asked of the provider beside `openid`.",
        example: ["profile", "email"],
      }),
    at: z
      .union([z.enum(["internet", ...audiences]), HostReference])
      .optional()
      .meta({
        description:
          'Where the provider answers, for the gateways call it: on the `internet` unless said; behind the gateway for an audience, as a service of this platform; on a host of the home network, `lan("nas")`.',
        ts: '"internet" | "internal" | "public" | HostReference',
      }),
  })
  .meta({
    id: "SignIn",
    description: 'OpenID Connect provider of the routes with `signIn: "sso"`.',
  });
export type SignIn = z.infer<typeof SignIn>;
