/** The link through which plain Helm and ct find the library in a service's chart. */
import { lstatSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { serviceFolder } from "../model/paths.ts";

const target = "../../../rzp-lib";
export const libraryLink = (service: string) => `${serviceFolder(service)}/charts/rzp-lib`;

/** Services whose chart does not lead to the library. */
export function withoutLibrary(root: string, services: readonly string[]): string[] {
  return services.filter(
    (service) =>
      lstatSync(path.join(root, libraryLink(service)), { throwIfNoEntry: false }) === undefined,
  );
}

export function linkLibrary(root: string, service: string): void {
  const link = path.join(root, libraryLink(service));
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link, "dir");
}
