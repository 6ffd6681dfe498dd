/** Mirrors of image and chart registries. */

/** Replaces the registry where the cluster names a mirror; the longest prefix wins. */
export function mirrored(image: string, mirrors: Readonly<Record<string, string>>): string {
  const prefix = Object.keys(mirrors)
    .filter((candidate) => image === candidate || image.startsWith(`${candidate}/`))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? image : `${mirrors[prefix]}${image.slice(prefix.length)}`;
}
