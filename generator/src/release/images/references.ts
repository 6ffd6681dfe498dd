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

/** Whether the same reference may be another image tomorrow. A digest never is. */
export function isFloating(image: string): boolean {
  if (image.includes("@")) return false;
  const tag = tagOf(image);
  return tag === undefined || floatingTags.includes(tag.toLowerCase());
}

/** Where the image is, without tag and digest. */
export const repositoryOf = (image: string): string => withoutDigest(image).replace(/:[^/:]+$/, "");

const withoutDigest = (image: string) => image.split("@")[0] ?? "";
