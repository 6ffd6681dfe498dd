/** An ExternalSecret reads what its Namespace says and nothing else: what the API server will refuse is told here. */
import type { Problem } from "../../problems/problem.ts";
import { allowedReads, forbiddenReads } from "../../security/secret-paths.ts";
import type { AllowedReads, ForbiddenRead } from "../../security/secret-paths.ts";
import { problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { isElsewhere } from "../origin.ts";

/** Problems: MANIFEST_SECRET_PATH. A namespace that nobody here renders says nothing, so no service brings one into it. */
export function secretPaths(tree: CheckedTree): Problem[] {
  return ["ExternalSecret", "PushSecret"]
    .flatMap((kind) => tree.ofKind(`external-secrets.io/${kind}`))
    .flatMap((object) => {
      const { facts } = object.release;
      if (isElsewhere(object)) return [elsewhere(object)];
      const namespace = tree.find(
        facts.clusterName,
        "/Namespace",
        undefined,
        object.manifest.namespace ?? "",
      );
      if (namespace === undefined) return [];
      const allowed = allowedReads(namespace.tree);
      return forbiddenReads(object.tree, allowed).map((read) => toProblem(object, allowed, read));
    });
}

const elsewhere = (object: CheckedObject): Problem =>
  problemIn(object, {
    code: "MANIFEST_SECRET_PATH",
    path: ["metadata", "namespace"],
    field: [],
    message: "it reads secrets in a namespace that is not its service's",
    found: object.manifest.namespace ?? "",
    expected: `${object.release.service.namespace}, whose paths are known`,
    fix: 'read it with secret("…") in the service that needs it, or have it put there by what sets up the cluster',
  });

function toProblem(
  object: CheckedObject,
  { store, paths }: AllowedReads,
  { what, path, found }: ForbiddenRead,
): Problem {
  const may = paths.join(", ") || "nothing, as its service reads no secret";
  const texts = {
    write: ["it writes into the store", "an ExternalSecret, which reads", "put it there by hand"],
    store: [
      "it reads from another store than its namespace has",
      store === "" ? "none: its service reads no secret" : `ClusterSecretStore ${store}`,
      'read it with secret("…")',
    ],
    generator: [
      "its value is made inside the cluster, another one each time it is made anew",
      "a path in the store",
      "npm run secrets makes the value, once; read it from the store",
    ],
    key: [
      "it reads what is not its service's",
      `a path below: ${may}`,
      'read it with secret("…") or from("…", "…")',
    ],
    folder: [
      "it reads all of a folder that is not its service's",
      `a folder below: ${may}`,
      'envFrom: ["."]',
    ],
  } as const satisfies Record<ForbiddenRead["what"], readonly [string, string, string]>;
  const [message, expected, fix] = texts[what];
  return problemIn(object, {
    code: "MANIFEST_SECRET_PATH",
    path,
    field: [],
    message,
    found: found === "" ? "the whole store" : found,
    expected,
    fix,
  });
}
