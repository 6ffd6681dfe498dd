/** What a service says of its secrets is about secrets it reads. */
import { serviceFile } from "../model/paths.ts";
import { secretKeysIn } from "../model/secret-keys.ts";
import type { AuthoredService } from "../model/service.ts";
import type { AuthoredTree, SourceTree } from "../model/tree.ts";
import type { Problem } from "../problems/problem.ts";
import { choice, problemAt } from "../problems/report.ts";
import { nearest } from "../problems/suggest.ts";

/** Problems: SECRET_UNREAD. */
export function checkSecrets(tree: SourceTree, authored: AuthoredTree): Problem[] {
  return [...authored.services].flatMap(([name, { spec }]) => {
    const { secrets = {} } = spec;
    if (Object.keys(secrets).length === 0 || readsFolder(spec) || hasMistakes(tree, authored, name))
      return [];
    const read = new Set([spec, ...overlaysOf(authored, name)].flatMap(secretKeysIn));
    return Object.keys(secrets)
      .filter((key) => !read.has(key))
      .map((key) =>
        problemAt("SECRET_UNREAD", serviceFile(name), ["secrets", key], {
          message: `it says what \`${key}\` is, and reads no such secret`,
          ...choiceOf(key, { read: [...read], described: Object.keys(secrets) }),
          target: "key",
          // Nothing comes of it.
          severity: "warning",
        }),
      );
  });
}

/** A key that is nearly one of those that are read, unless that one is described beside it. */
function choiceOf(
  key: string,
  { read, described }: { readonly read: readonly string[]; readonly described: readonly string[] },
) {
  const text = choice(key, read, `read it with secret(${JSON.stringify(key)}), or remove it`);
  const near = nearest(key, read);
  return near !== undefined && described.includes(near)
    ? { ...text, fix: `remove it: ${JSON.stringify(near)} is there already` }
    : text;
}

const overlaysOf = ({ overlays }: AuthoredTree, service: string) =>
  [...overlays.values()].flatMap((ofEnvironment) => ofEnvironment.get(service)?.spec ?? []);

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
