/** Whether a service can be told about while there are mistakes elsewhere. */
import { overlayFile, serviceFile } from "../model/paths.ts";
import type { Platform } from "../model/platform.ts";
import type { Problem } from "../problems/problem.ts";

/**
 * In: the releases that could be made, the mistakes that were found, a service. Out: true where every mistake is in
 * files of other services, of which it names none. Who calls it may be among those.
 */
export function isSound(
  { tree, releases }: Platform,
  problems: readonly Problem[],
  service: string,
): boolean {
  const bad = new Set(
    problems.filter(({ severity }) => severity === "error").map(({ place }) => place.file),
  );
  const filesOf = (name: string) => [
    serviceFile(name),
    ...tree.environments.map((environment) => overlayFile(environment, name)),
  ];
  const ofServices = new Set(tree.services.flatMap(filesOf));
  if ([...bad].some((file) => !ofServices.has(file))) return false;
  const mine = releases.filter((release) => release.service.name === service);
  const named = mine.flatMap((release) => [
    ...(release.service.spec.needs ?? []),
    ...release.service.components.flatMap(({ consumes }) => Object.keys(consumes)),
  ]);
  return [service, ...named].every((name) => filesOf(name).every((file) => !bad.has(file)));
}
