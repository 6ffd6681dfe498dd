/** One read of one secret: what, where its value is kept, who asks for it. */
import type { Cause } from "../../model/derived.ts";
import type {
  Connection,
  Endpoint,
  ResolvedComponent,
  ResolvedService,
} from "../../model/platform.ts";
import { ownSecret, secretPath } from "../../model/names.ts";

/** Who reads it: a variable or a file of a container, or something that is none of RZP's pods. */
export type SecretReader =
  | {
      readonly as: "variable" | "file" | "variables";
      readonly component: ResolvedComponent;
      /** Undefined is the main one. */
      readonly container: string | undefined;
      readonly name: string;
    }
  | { readonly as: "registry"; readonly component: ResolvedComponent }
  | { readonly as: "object" | "route"; readonly name: string }
  | { readonly as: "chart" }
  /** Prometheus, which reads the metrics of a component. */
  | { readonly as: "scraper"; readonly component: ResolvedComponent }
  /** A program that knows the Secret by its name. */
  | { readonly as: "name"; readonly name: string }
  | { readonly as: "receiver"; readonly name: string }
  /** At the provider: for whom it keeps the login. */
  | { readonly as: "login"; readonly consumer: Endpoint }
  | { readonly as: "owner"; readonly component: ResolvedComponent };

export type KeptSecret =
  /** The service's own. */
  | { readonly kind: "own"; readonly key: string }
  | { readonly kind: "pull"; readonly key: string }
  /** All of a folder of its own path. */
  | { readonly kind: "folder"; readonly folder: string }
  /** What a provider offers to all who consume it. */
  | { readonly kind: "shared"; readonly key: string; readonly provider: ResolvedService }
  /** At the consumer, what it logs in with; the url is made of the password. */
  | {
      readonly kind: "credential";
      readonly key: "password" | "url";
      readonly connection: Connection;
    }
  /** At the provider, what a consumer logs in with. */
  | { readonly kind: "login"; readonly consumer: ResolvedService; readonly login: string }
  /** Owner of a database cluster's first database. */
  | { readonly kind: "owner"; readonly key: string }
  /** With which the gateway proves itself to the environment's sign-in provider. */
  | { readonly kind: "signIn"; readonly key: string }
  /** With which Alertmanager reaches a receiver of the environment. */
  | { readonly kind: "receiver"; readonly key: string };

export type SecretRead = KeptSecret & {
  /** Name of the Secret. */
  readonly secret: string;
  /** Where its value is kept. */
  readonly path: string;
  readonly readers: readonly SecretReader[];
};

/** One read by one reader. */
export interface SecretUse {
  readonly read: KeptSecret & { readonly secret: string; readonly path: string };
  readonly reader: SecretReader;
  readonly causes: readonly Cause[];
}

/** `secret(key)` of a service. */
export const ownRead = ({ name }: ResolvedService, key: string) =>
  ({ kind: "own", key, secret: ownSecret, path: secretPath(name, key) }) as const;
