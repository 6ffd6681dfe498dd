/** What a service says of its secrets is about secrets it reads. */
import { serviceFile } from "../model/paths.ts";
import { asTree } from "../model/data.ts";
import { secretKeysIn } from "../model/secret-keys.ts";
import type { AuthoredService } from "../model/service.ts";
import type { AuthoredTree, SourceTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";

/** Problems: SECRET_UNREAD, where it is said: in the service or in an overlay. */
export function checkSecrets(tree: SourceTree, authored: AuthoredTree): Problem[] {
  return [...authored.services].flatMap(([name, { spec }]) => {
    const overlays = overlaysOf(authored, name);
    const places = [{ file: serviceFile(name), spec }, ...overlays];
    const said = places.flatMap(({ file, spec: { secrets } }) =>
      Object.keys(asTree(secrets)).map((key) => ({ file, key })),
    );
    if (said.length === 0 || readsFolder(spec) || hasMistakes(tree, authored, name)) return [];
    const read = new Set(
      places.flatMap(({ spec: place }) => [...secretKeysIn(place), ...keysWithName(place.secrets)]),
    );
    const known = new Set(said.map(({ key }) => key));
    return said
      .filter(({ key }) => !read.has(key))
      .map(({ file, key }) =>
        problemAt("SECRET_UNREAD", file, ["secrets", key], {
          message: `it says what \`${key}\` is, and reads no such secret`,
          ...choiceOf(key, { read: [...read], described: known }),
          target: "key",
          // Where another key is read that it nearly is, that one goes without its word: it would be asked for by hand.
          severity: isSlip(key, { read: [...read], described: known }) ? "error" : "warning",
        }),
      );
  });
}

/** What is looked for by the name of its Secret is read by nothing in the file. */
const keysWithName = (secrets: unknown) =>
  Object.entries(asTree(secrets)).flatMap(([key, facts]) =>
    asTree(facts)["secretName"] === undefined ? [] : [key],
  );

interface Keys {
  readonly read: readonly string[];
  readonly described: ReadonlySet<string>;
}

function isSlip(key: string, { read, described }: Keys): boolean {
  const near = nearest(key, read);
  return near !== undefined && !described.has(near);
}

/** A key that is nearly one of those that are read, unless that one is described beside it. */
function choiceOf(key: string, { read, described }: Keys) {
  const text = choice(key, read, `read it with secret(${JSON.stringify(key)}), or remove it`);
  const near = nearest(key, read);
  return near !== undefined && described.has(near)
    ? { ...text, fix: `remove it: ${JSON.stringify(near)} is there already` }
    : text;
}

const overlaysOf = ({ overlays }: AuthoredTree, service: string) =>
  [...overlays.values()].flatMap((ofEnvironment) => ofEnvironment.get(service) ?? []);

/** What is in an overlay that could not be read is not known. */
const hasMistakes = (tree: SourceTree, { overlays }: AuthoredTree, service: string) =>
  [...tree.overlays].some(
    ([environment, files]) =>
      files.includes(service) && overlays.get(environment)?.has(service) !== true,
  );

/** Whoever takes the whole folder reads every key in it. */
function readsFolder(spec: AuthoredService["spec"]): boolean {
  const components = "components" in spec ? Object.values(spec.components) : [spec];
  return components
    .flatMap((component) => [
      component,
      ...("init" in component ? Object.values(component.init ?? {}) : []),
      ...("sidecars" in component ? Object.values(component.sidecars ?? {}) : []),
    ])
    .some((container) => "envFrom" in container && container.envFrom?.includes("."));
}
