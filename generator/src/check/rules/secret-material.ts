/** Secrets in the tree are known to everybody who reads the repository. */
import { filesName } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import { list, map, text, valuesIn } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { shapeOf } from "../../model/secret-shapes.ts";
import { pathText } from "../../problems/issues/text.ts";
import type { Problem } from "../../problems/problem.ts";
import { problemAt } from "../../problems/report.ts";
import { upstreamChart } from "../../release/chart.ts";
import { containersOf } from "../../release/containers.ts";
import { componentOf, containerKeys, problemIn, variableKeys } from "../finding.ts";
import type { CheckedObject, CheckedTree } from "../objects.ts";
import { containersIn, podOf, podsOf } from "../pods.ts";
import type { Container, CheckedPod } from "../pods.ts";

const code = "MANIFEST_SECRET_MATERIAL";
const fix = 'take it out, replace it at its issuer, and read it with secret("…")';
const expected = "a reference to a secret";

/** Problems: MANIFEST_SECRET_MATERIAL, a warning where only the name of a variable tells. Never quotes what it found. */
export function secretMaterial(tree: CheckedTree): Problem[] {
  return onceEach([
    ...tree.ofKind("/Secret").flatMap(checkSecret),
    ...tree.objects.filter(mayHold).flatMap(checkTexts),
    ...podsOf(tree).flatMap(checkVariables),
    ...tree.objects.slice(0, 1).flatMap(({ release }) => checkValues(release)),
  ]);
}

/** A variable that a service says for all its components is one text, though each of its pods has it. */
function onceEach(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.filter(({ keys = [] }) => {
    const place = keys.join(".");
    if (keys[0] !== "env" || !told.has(place)) {
      told.add(place);
      return true;
    }
    return false;
  });
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
  if (isOfAllObjects(object, path)) return { what: `\`${pathText(path)}\``, field: path.slice(1) };
  const isOfPods = path.slice(-3, -1).join(".") === "metadata.annotations" && path.length > 3;
  return {
    what: `\`${pathText(path)}\``,
    field: isOfPods ? [...field, "podAnnotations", ...path.slice(-1)] : field,
  };
}

/** An annotation or a label that the service gives to all its objects. */
function isOfAllObjects({ release: { service } }: CheckedObject, path: Keys): boolean {
  const [top, field, key] = path;
  return (
    top === "metadata" &&
    (field === "annotations" || field === "labels") &&
    Object.hasOwn(service.spec[field] ?? {}, String(key))
  );
}

function placeIn(object: CheckedObject, { name, path: own, tree }: Container, path: Keys) {
  const keys = containerKeys(object, name);
  const rest = path.slice(own.length);
  const [field = "", index = 0] = rest;
  const of = `of container ${name}`;
  if (field === "env") {
    const variable = text(tree, "env", index, "name") ?? "";
    return { what: `variable ${variable} ${of}`, field: variableKeys(object, name, variable) };
  }
  if (field === "args" || field === "command")
    return { what: `\`${field}\` ${of}`, field: [...keys, field, index] };
  return String(field).endsWith("Probe")
    ? { what: `health ${of}`, field: [...keys, "health"] }
    : { what: `\`${pathText(rest)}\` ${of}`, field: keys };
}

const secretName =
  /(?:^|_)(?:PASS(?:WORD|WD)?|TOKEN|SECRET|(?:API_?|ENCRYPTION_|SECRET_(?:ACCESS_)?)KEY(?:_BASE)?)$/i;
const passwordName = /(?:^|_)PASS(?:WORD|WD)?$/i;
/** Nothing, a switch, a path, an address, a digest, or what holds another variable. */
const noSecret =
  /^(?:|true|false|yes|no|on|off|none|null|auto|default|enabled|disabled|optional|required|\.{0,2}\/.*|[a-z]+:\/\/.*|sha\d+:.*|.*\$[({].*)$/is;
/** A number, as of a port or a time, or a few words, as the name of a Secret: passwords alone are like this. */
const plainWord = /^(?:[\d.,:]+[a-z]?|(?=.{1,20}$)[a-z]+(?:[-_.][a-z]+)*)$/i;

const isTold = (name: string, value: string) =>
  secretName.test(name) &&
  !noSecret.test(value) &&
  (passwordName.test(name) || !plainWord.test(value)) &&
  shapeOf(value) === undefined;

/** A password has no shape; the name of its variable says what it is. */
function checkVariables(pod: CheckedPod): Problem[] {
  return containersIn(pod).flatMap((container) =>
    list(container.tree, "env").flatMap((variable, index) => {
      const name = text(variable, "name") ?? "";
      const value = text(variable, "value") ?? "";
      if (!isTold(name, value)) return [];
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
