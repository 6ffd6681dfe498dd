/** The link through which plain Helm and ct find the library in a service's chart. */
import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { serviceFolder } from "../model/paths.ts";

const target = "../../../rzp-lib";

/** Path of the link in the chart of a service. */
export const libraryLink = (service: string) => `${serviceFolder(service)}/charts/rzp-lib`;

/** Services whose chart does not lead to the library. */
export function withoutLibrary(root: string, services: readonly string[]): string[] {
  return services.filter(
    (service) =>
      lstatSync(path.join(root, libraryLink(service)), { throwIfNoEntry: false }) === undefined,
  );
}

/** Whether something else than the link lies in a service's folder: a render leaves the link of one that is gone. */
export function holdsMoreThanLibrary(root: string, service: string): boolean {
  const link = path.join(root, libraryLink(service));
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return holdsFile(path.join(root, serviceFolder(service)), isLink ? link : undefined);
}

/** Links are not followed. */
function holdsFile(folder: string, except: string | undefined): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? holdsFile(full, except) : full !== except;
  });
}

/** Makes the link of one service. What stands in its place makes it fail: nothing is replaced. */
export function linkLibrary(root: string, service: string): void {
  const link = path.join(root, libraryLink(service));
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link, "dir");
}
