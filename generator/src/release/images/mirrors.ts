/** Mirrors of image and chart registries, as the facts of a cluster name them. */

export type Mirrors = Readonly<Record<string, string>>;

/** Replaces the registry of an image where the cluster names a mirror; the longest prefix wins. */
export function mirrored(image: string, mirrors: Mirrors): string {
  return replaced(withRegistry(image), undefined, mirrors) ?? image;
}

/** The same for a text that is known to be an image only by the registry it begins with. */
export const mirroredWhereNamed = (text: string, mirrors: Mirrors): string =>
  withRegistry(text) === text ? mirrored(text, mirrors) : text;

/**
 * The same for where a chart is. A mirror with a scheme is for charts only, and may lead from a repository
 * (`https://`) to a registry (`oci://`); one without keeps the scheme of the chart.
 */
export function mirroredChart(from: string, mirrors: Mirrors): string {
  const { scheme, rest } = parts(from);
  return replaced(rest, scheme, mirrors) ?? from;
}

function replaced(
  address: string,
  scheme: string | undefined,
  mirrors: Mirrors,
): string | undefined {
  const [best] = Object.entries(mirrors)
    .map(([prefix, mirror]) => ({ prefix: parts(prefix), mirror: parts(mirror) }))
    .filter(
      ({ prefix }) =>
        (prefix.scheme === undefined || prefix.scheme === scheme) &&
        (address === prefix.rest || address.startsWith(`${prefix.rest}/`)),
    )
    .sort(
      (a, b) =>
        b.prefix.rest.length - a.prefix.rest.length ||
        Number(b.prefix.scheme !== undefined) - Number(a.prefix.scheme !== undefined),
    );
  if (best === undefined) return undefined;
  const path = `${best.mirror.rest}${address.slice(best.prefix.rest.length)}`;
  return scheme === undefined ? path : `${best.mirror.scheme ?? scheme}://${path}`;
}

function parts(address: string): { scheme: string | undefined; rest: string } {
  const [, scheme, rest = ""] = /^(?:([a-z]+):\/\/)?(.*?)\/*$/.exec(address) ?? [];
  return { scheme, rest };
}

/** `busybox` is `docker.io/library/busybox` (OCI reference names, as containerd reads them). */
function withRegistry(image: string): string {
  const [first = "", ...others] = image.split("/");
  if (others.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === "localhost" ? image : `docker.io/${image}`;
}
