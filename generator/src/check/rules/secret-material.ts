/** Secrets in the tree are known to everybody who reads the repository. */
import { filesName } from "../../model/names.ts";
import type { Problem } from "../../problems/problem.ts";
import { containersOf } from "../../release/containers.ts";
import { containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podsOf } from "../pods.ts";
import { list, map, text } from "../../model/reading.ts";

/** What keys and tokens look like, as their issuers document it. Broader guesses are the secret scan's. */
const shapes: readonly { readonly words: string; readonly pattern: RegExp }[] = [
  { words: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { words: "an age key", pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}/ },
  { words: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    words: "a GitHub token",
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/,
  },
  { words: "a GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { words: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/ },
  { words: "a Telegram bot token", pattern: /\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b/ },
  {
    words: "a JSON web token",
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  },
  {
    words: "an address with a password",
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']+:(?!\$[({]|\{\{|<|\*)[^\s/@"'$]{6,}@[A-Za-z0-9]/,
  },
];

const shapeOf = (value: string) => shapes.find(({ pattern }) => pattern.test(value));
const fix = 'take it out, replace it at its issuer, and read it with secret("…")';
const expected = "a reference to a secret";

/** Problems: MANIFEST_SECRET_MATERIAL. Never quotes what it found. */
export function secretMaterial(tree: CheckedTree): Problem[] {
  return [
    ...tree.ofKind("/Secret").flatMap(checkSecret),
    // The text is searched first: most ConfigMaps are large and hold nothing of the kind.
    ...tree
      .ofKind("/ConfigMap")
      .filter(({ manifest }) => shapeOf(manifest.text) !== undefined)
      .flatMap(checkConfigMap),
    ...podsOf(tree)
      .filter(({ object }) => shapeOf(object.manifest.text) !== undefined)
      .flatMap((pod) =>
        containersIn(pod).flatMap((container) =>
          list(container.tree, "env").flatMap((variable, index) => {
            const shape = shapeOf(text(variable, "value") ?? "");
            const name = text(variable, "name") ?? "";
            if (shape === undefined) return [];
            return [
              problemIn(pod.object, {
                code: "MANIFEST_SECRET_MATERIAL",
                path: [...container.path, "env", index, "value"],
                field: [...containerKeys(pod.object, container.name), "env", name],
                message: `variable ${name} of container ${container.name} holds ${shape.words}`,
                expected,
                fix,
              }),
            ];
          }),
        ),
      ),
  ];
}

function checkSecret(object: CheckedObject): Problem[] {
  const fields = ["data", "stringData"].filter(
    (field) => Object.keys(map(object.tree, field)).length > 0,
  );
  return fields.map((field) =>
    problemIn(object, {
      code: "MANIFEST_SECRET_MATERIAL",
      path: [field],
      field: [],
      message: "its content lies open in the repository",
      found: Object.keys(map(object.tree, field)).join(", "),
      expected: "an ExternalSecret, which names where the content is",
      fix,
    }),
  );
}

function checkConfigMap(object: CheckedObject): Problem[] {
  return Object.entries(map(object.tree, "data")).flatMap(([key, value]) => {
    const shape = typeof value === "string" ? shapeOf(value) : undefined;
    if (shape === undefined) return [];
    return [
      problemIn(object, {
        code: "MANIFEST_SECRET_MATERIAL",
        path: ["data", key],
        field: filesField(object),
        message: `\`${key}\` holds ${shape.words}`,
        expected,
        fix: 'take it out, replace it at its issuer, and let the program read it from a variable or a file made by secret("…")',
      }),
    ];
  });
}

/** A ConfigMap of files belongs to the container that reads them. */
function filesField({ manifest, release }: CheckedObject): readonly string[] {
  const container = release.service.components
    .flatMap((component) =>
      containersOf(component).map(({ name, keys }) => ({
        keys,
        configMap: filesName(component.objectName, name),
      })),
    )
    .find(({ configMap }) => configMap === manifest.name);
  return [...(container?.keys ?? []), "files"];
}
