/**
 * A namespace reads its own path and those of its edges. A store may be read by all namespaces of its tier, and an
 * absolute path passes the store's own; so what its ExternalSecrets may ask for stands on the Namespace
 * (`_namespace.tpl`), and is compared twice: on rendered objects, and by the API server.
 */
import { asTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";
import type { Keys } from "../model/reading.ts";

/** The only store its ExternalSecrets may name. */
export const storeAnnotation = "rzp.local/secret-store";
/** Paths with a comma between them; one that ends with a slash is all below it. */
export const pathsAnnotation = "rzp.local/secret-paths";

/** A path as RZP makes them: absolute, and of plain names only, so none that climbs. RE2 and JavaScript read it alike. */
export const plainPath = "^(/[A-Za-z0-9_-]+)+$";
const isPlain = new RegExp(plainPath);

/** What an ExternalSecret asks for and may not have. */
export interface ForbiddenRead {
  readonly what: "write" | "store" | "generator" | "key" | "folder";
  /** Where in the object. */
  readonly path: Keys;
  readonly found: string;
}

/** What a Namespace allows. */
export interface AllowedReads {
  /** Empty where it reads no secret. */
  readonly store: string;
  readonly paths: readonly string[];
}

/** In: a rendered Namespace. Out: what it allows. */
export function allowedReads(namespace: Tree): AllowedReads {
  const annotations = asTree(asTree(namespace["metadata"])["annotations"]);
  const word = (key: string) => String(annotations[key] ?? "");
  return {
    store: word(storeAnnotation),
    paths: word(pathsAnnotation).split(",").filter(Boolean),
  };
}

/** In: an object of External Secrets, and what its namespace allows. Out: everything else it asks for. */
export function forbiddenReads(object: Tree, { store, paths }: AllowedReads): ForbiddenRead[] {
  const kind = String(object["kind"]);
  if (kind !== "ExternalSecret") return [{ what: "write", path: ["kind"], found: kind }];
  const spec = asTree(object["spec"]);
  const entries = ["data", "dataFrom"].flatMap((field) =>
    listOf(spec[field]).map((entry, index) => ({ entry, path: ["spec", field, index] })),
  );
  const stores = [
    ...("secretStoreRef" in spec
      ? [{ reference: asTree(spec["secretStoreRef"]), path: ["spec", "secretStoreRef"] }]
      : []),
    ...entries.flatMap(({ entry, path }) => {
      const source = asTree(entry["sourceRef"]);
      return "storeRef" in source
        ? [{ reference: asTree(source["storeRef"]), path: [...path, "sourceRef", "storeRef"] }]
        : [];
    }),
  ];
  return [
    ...stores
      .filter(
        ({ reference }) =>
          reference["kind"] !== "ClusterSecretStore" || reference["name"] !== store,
      )
      .map(({ reference: { kind: of = "SecretStore", name }, path }): ForbiddenRead => ({
        what: "store",
        path,
        found: `${String(of)} ${String(name)}`,
      })),
    ...entries.flatMap(({ entry, path }) => forbiddenIn(entry, path, paths)),
  ];
}

function forbiddenIn(entry: Tree, path: Keys, paths: readonly string[]): ForbiddenRead[] {
  const generator = asTree(asTree(entry["sourceRef"])["generatorRef"]);
  const asked = ["remoteRef", "extract"].flatMap((field) =>
    field in entry ? [{ field, key: String(asTree(entry[field])["key"] ?? "") }] : [],
  );
  const folder = "find" in entry ? String(asTree(entry["find"])["path"] ?? "") : undefined;
  return [
    ...("kind" in generator
      ? [
          {
            what: "generator" as const,
            path: [...path, "sourceRef", "generatorRef"],
            found: String(generator["kind"]),
          },
        ]
      : []),
    ...asked
      .filter(({ key }) => !mayRead(paths, key))
      .map(({ field, key }) => ({
        what: "key" as const,
        path: [...path, field, "key"],
        found: key,
      })),
    ...(folder === undefined || mayReadFolder(paths, folder)
      ? []
      : [{ what: "folder" as const, path: [...path, "find", "path"], found: folder }]),
  ];
}

const mayRead = (paths: readonly string[], key: string) =>
  isPlain.test(key) &&
  paths.some((allowed) => (allowed.endsWith("/") ? key.startsWith(allowed) : key === allowed));

const mayReadFolder = (paths: readonly string[], folder: string) =>
  isPlain.test(folder) &&
  paths.some((allowed) => allowed.endsWith("/") && `${folder}/`.startsWith(allowed));

const listOf = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(asTree) : []);
