/** A Secret that Kubernetes fills with a token of an account: the token never ends, and no `account` says who has it. */
import { text } from "../../model/reading.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemIn } from "../finding.ts";
import type { CheckedTree } from "../objects.ts";

const tokenType = "kubernetes.io/service-account-token";

/** Where an object says of which type a Secret is. */
const types = {
  "/Secret": ["type"],
  "external-secrets.io/ExternalSecret": ["spec", "target", "template", "type"],
} as const;

/** Problems: MANIFEST_UNDECLARED. Of a chart's its chart is the author, as of its roles. */
export function tokenSecrets(tree: CheckedTree): Problem[] {
  return Object.entries(types).flatMap(([kind, path]) =>
    tree
      .ofKind(kind)
      .filter(
        // Few have the word in them, so that most need not be parsed.
        (object) =>
          object.manifest.vendored !== true &&
          object.manifest.text.includes(tokenType) &&
          text(object.tree, ...path) === tokenType,
      )
      .map((object) =>
        problemIn(object, {
          code: "MANIFEST_UNDECLARED",
          path,
          field: [],
          message:
            "it is the token of a service account, which never ends, and its service does not say so",
          found: tokenType,
          expected: "tokens that Kubernetes renews in the pod they are for",
          fix: 'take it out, and say what the pod does in account, or let it have a token({ audience: "vault", at: "/token" }) in storage',
        }),
      ),
  );
}
