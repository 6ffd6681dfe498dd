/** What a reference to an image says. */

/** Tags that are moved on purpose: what runs would change without a change in the repository. */
export const floatingTags: readonly string[] = [
  "latest",
  "stable",
  "main",
  "master",
  "edge",
  "nightly",
  "dev",
  "develop",
  "development",
  "rolling",
  "release",
  "beta",
  "alpha",
  "unstable",
  "canary",
  "testing",
  "snapshot",
  "lts",
];

/** The tag, undefined where there is none. A registry's port is no tag. */
export function tagOf(image: string): string | undefined {
  return /:([^/:]+)$/.exec(withoutDigest(image))?.[1];
}

/** Of these, the ones that a maker's builds are counted after: `main-7` is one build, `latest-3` whatever is newest of version 3. */
const countedTags = "release|main|master|dev|develop|development|nightly|snapshot";

/** What one build alone has in its tag, so that `beta-1.2.3` stays: a version, a number or date, the count of a build, a commit. */
export const stayingPart = [
  "[-_]v?[0-9]+[.][0-9]",
  "[-_.](b|build|ls|r)?[0-9]{3}",
  `(${countedTags})[-_](b|build|ls|r)?[0-9]+$`,
  "[-_][0-9a-f]{7}",
].join("|");

const moving = new RegExp(`^(${floatingTags.join("|")})([-_]|$)`, "i");
const staying = new RegExp(stayingPart, "i");

/** Whether the same reference may be another image tomorrow, as `latest-alpine` is. A digest never is. */
export function isFloating(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = tagOf(image);
  return tag === undefined || (moving.test(tag) && !staying.test(tag));
}

/** Where the image is, without tag and digest. */
export const repositoryOf = (image: string): string => withoutDigest(image).replace(/:[^/:]+$/, "");

const withoutDigest = (image: string) => image.split("@")[0] ?? "";
