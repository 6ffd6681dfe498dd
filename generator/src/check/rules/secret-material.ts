/** Secrets in the tree are known to everybody who reads the repository. */
import { filesName } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import { list, map, text, valuesIn } from "../../model/reading.ts";
import { pathText } from "../../problems/issues/text.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import type { Keys } from "../../problems/report.ts";
import { upstreamChart } from "../../release/chart.ts";
import { containersOf } from "../../release/containers.ts";
import { componentOf, containerKeys, problemIn } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podOf, podsOf } from "../pods.ts";
import type { Container, Pod } from "../pods.ts";

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

const shapeOf = (value: unknown) =>
  typeof value === "string" ? shapes.find(({ pattern }) => pattern.test(value)) : undefined;
const code = "MANIFEST_SECRET_MATERIAL";
const fix = 'take it out, replace it at its issuer, and read it with secret("…")';
const expected = "a reference to a secret";

/** Problems: MANIFEST_SECRET_MATERIAL, a warning where only the name of a variable tells. Never quotes what it found. */
export function secretMaterial(tree: CheckedTree): Problem[] {
  return [
    ...tree.ofKind("/Secret").flatMap(checkSecret),
    ...tree.objects.filter(mayHold).flatMap(checkTexts),
    ...podsOf(tree).flatMap(checkVariables),
    ...tree.objects.slice(0, 1).flatMap(({ release }) => checkValues(release)),
  ];
}

function checkSecret(object: CheckedObject): Problem[] {
  const fields = ["data", "stringData"].filter(
    (field) => Object.keys(map(object.tree, field)).length > 0,
  );
  return fields.map((field) =>
    problemIn(object, {
      code,
      path: [field],
      field: [],
      message: "its content lies open in the repository",
      found: Object.keys(map(object.tree, field)).join(", "),
      expected: "an ExternalSecret, which names where the content is",
      fix,
    }),
  );
}

/** The text is searched first: most objects hold nothing of the kind. Definitions hold examples. */
const mayHold = ({ kind, manifest }: CheckedObject) =>
  kind !== "/Secret" &&
  kind !== "apiextensions.k8s.io/CustomResourceDefinition" &&
  shapeOf(manifest.text) !== undefined;

function checkTexts(object: CheckedObject): Problem[] {
  return valuesIn(object.tree).flatMap(([path, value]) => {
    const shape = shapeOf(value);
    if (shape === undefined) return [];
    const { what, ...place } = placeOf(object, path);
    const message = `${what} holds ${shape.words}`;
    return [problemIn(object, { code, path, message, expected, fix, ...place })];
  });
}

/** What it is in words, and where it was written. */
function placeOf(
  object: CheckedObject,
  path: Keys,
): { readonly what: string; readonly field: Keys; readonly fix?: string } {
  const [top, key] = path;
  if (object.kind === "/ConfigMap" && top === "data")
    return {
      what: `\`${key}\``,
      field: filesField(object),
      fix: 'take it out, replace it at its issuer, and let the program read it from a variable or a file made by secret("…")',
    };
  const pod = podOf(object);
  const container = (pod === undefined ? [] : containersIn(pod)).find((one) =>
    one.path.every((step, index) => path[index] === step),
  );
  if (container !== undefined) return placeIn(object, container, path);
  const field = componentOf(object)?.path ?? [];
  const isOfPods = path.slice(-3, -1).join(".") === "metadata.annotations" && path.length > 3;
  return {
    what: `\`${pathText(path)}\``,
    field: isOfPods ? [...field, "podAnnotations", ...path.slice(-1)] : field,
  };
}

function placeIn(object: CheckedObject, { name, path: own, tree }: Container, path: Keys) {
  const keys = containerKeys(object, name);
  const rest = path.slice(own.length);
  const [field = "", index = 0] = rest;
  const of = `of container ${name}`;
  if (field === "env") {
    const variable = text(tree, "env", index, "name") ?? "";
    return { what: `variable ${variable} ${of}`, field: [...keys, "env", variable] };
  }
  if (field === "args" || field === "command")
    return { what: `\`${field}\` ${of}`, field: [...keys, field, index] };
  return String(field).endsWith("Probe")
    ? { what: `health ${of}`, field: [...keys, "health"] }
    : { what: `\`${pathText(rest)}\` ${of}`, field: keys };
}

const secretName = /(?:^|_)(?:PASSWORD|PASSWD|TOKEN|SECRET|API_?KEY)$/i;
/** Nothing, a number, a switch, a path, an address, a digest, or what holds another variable. */
const noSecret =
  /^(?:[\d.,:]*[a-z]?|true|false|yes|no|on|off|none|null|auto|default|enabled|disabled|optional|required|\.{0,2}\/.*|[a-z]+:\/\/.*|sha\d+:.*|.*\$[({].*)$/is;

/** A password has no shape; the name of its variable says what it is. */
function checkVariables(pod: Pod): Problem[] {
  return containersIn(pod).flatMap((container) =>
    list(container.tree, "env").flatMap((variable, index) => {
      const name = text(variable, "name") ?? "";
      const value = text(variable, "value") ?? "";
      if (!secretName.test(name) || noSecret.test(value) || shapeOf(value) !== undefined) return [];
      const path = [...container.path, "env", index, "value"];
      return [
        problemIn(pod.object, {
          code,
          severity: "warning",
          path,
          field: placeIn(pod.object, container, path).field,
          message: `variable ${name} of container ${container.name} holds a text that everybody can read`,
          expected,
          fix: `${fix}; leave it where it is none`,
        }),
      ];
    }),
  );
}

/** Of a chart that Argo CD fetches no object is known, and its values lie in the Application. */
function checkValues(release: Release): Problem[] {
  const chart = upstreamChart(release);
  if (chart === undefined || chart.archive !== undefined) return [];
  const { service, facts } = release;
  return valuesIn(chart.values).flatMap(([path, value]) => {
    const shape = shapeOf(value);
    if (shape === undefined) return [];
    const message = `\`${pathText(path)}\` of the chart's values holds ${shape.words}`;
    const keys = ["chart", "values", ...path];
    return [problemAt(code, service.file, keys, { message, expected, fix }, facts.name)];
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
