/** Kubernetes objects and patches as they are, for what no field says. */
import type { Change, NativeKinds, PatchableKinds, Plain } from "./native-kinds.ts";
import type { KubernetesObject, SecretReference } from "./types.generated.ts";

type Body<T> = Omit<Plain<T>, "apiVersion" | "kind" | "status" | "metadata">;

/** An object of a kind of Kubernetes itself, typed: a misspelt field does not compile. */
export function kubernetesObject<
  A extends keyof NativeKinds,
  K extends keyof NativeKinds[A] & string,
>(
  object: {
    readonly apiVersion: A;
    readonly kind: K;
    readonly metadata?: NonNullable<KubernetesObject["metadata"]>;
  } & NoInfer<Body<NativeKinds[A][K]>>,
): KubernetesObject {
  return object;
}

/** An object of any other kind; its CustomResourceDefinition judges it. */
export function customObject(
  object: KubernetesObject & { readonly [field: string]: unknown },
): KubernetesObject {
  return object;
}

/** Kinds that are rendered but have no types here; fields of their patches are not checked. */
type OtherKinds =
  | "backend"
  | "certificate"
  | "ciliumnetworkpolicy"
  | "cluster"
  | "clusterissuer"
  | "clusterrole"
  | "clusterrolebinding"
  | "database"
  | "externalsecret"
  | "grpcroute"
  | "httproute"
  | "namespace"
  | "podmonitor"
  | "probe"
  | "prometheusrule"
  | "role"
  | "rolebinding"
  | "schedule"
  | "secretstore"
  | "securitypolicy"
  | "servicemonitor"
  | "tcproute"
  | "tlsroute"
  | "udproute";

/** Changes to rendered objects by `kind/name`. */
export type Patches = {
  readonly [K in keyof PatchableKinds as `${K}/${string}`]?: Change<PatchableKinds[K]>;
} & {
  readonly [K in OtherKinds as `${K}/${string}`]?: Readonly<Record<string, unknown>>;
};

/** How an issuer proves that a domain is yours, or that it need not. */
export type IssuerOptions =
  | {
      /** DNS provider in which the proof is written. */
      readonly dns01: keyof typeof tokenFields;
      /** Token for that provider. */
      readonly token: SecretReference;
      /** Where certificates come from: Let's Encrypt's real or its trial service; `production` unless said. */
      readonly server?: keyof typeof acmeServers;
      /** Where to write when a certificate is about to end. */
      readonly email?: string;
      /** Only for these domains and what is under them. */
      readonly zones?: readonly string[];
    }
  | {
      /** Certificates sign themselves: for a cluster without a domain. */
      readonly selfSigned: true;
    };

const acmeServers = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;
const tokenFields = { cloudflare: "apiTokenSecretRef", digitalocean: "tokenSecretRef" } as const;

/** An issuer of certificates for the whole cluster (cert-manager). */
export function clusterIssuer(options: IssuerOptions): KubernetesObject {
  return customObject({
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    spec: "dns01" in options ? acme(options) : { selfSigned: {} },
  });
}

/** The account's key is named after the server, so that a trial never shares one with production. */
function acme({
  dns01,
  token,
  server = "production",
  email,
  zones,
}: Extract<IssuerOptions, { dns01: unknown }>): object {
  const solver = { dns01: { [dns01]: { [tokenFields[dns01]]: token } } };
  return {
    acme: {
      server: acmeServers[server],
      privateKeySecretRef: { name: `letsencrypt-${server}-account` },
      solvers: [zones === undefined ? solver : { selector: { dnsZones: zones }, ...solver }],
      ...(email !== undefined && { email }),
    },
  };
}
