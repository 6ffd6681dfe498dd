/** Values of a chart that Argo CD fetches, with images from the mirrors of the cluster where the values name them. */
import { isTree } from "../../model/data.ts";
import type { Tree } from "../../model/data.ts";
import { mirrored, mirroredWhereNamed } from "./mirrors.ts";
import type { Mirrors } from "./mirrors.ts";

/**
 * In: values of a chart. Out: the same with `image` and `repository` mirrored where the text begins with a registry, and with
 * `registry` and `repository` beside each other as one. A text without a registry stays: the chart may put one before it.
 */
export function withMirroredValues<T>(values: T, mirrors: Mirrors): T {
  return Object.keys(mirrors).length === 0 ? values : (inside(values, mirrors) as T);
}

function inside(value: unknown, mirrors: Mirrors): unknown {
  if (Array.isArray(value)) return value.map((child: unknown) => inside(child, mirrors));
  if (!isTree(value)) return value;
  const children = Object.entries(value).map(([key, child]) => [
    key,
    (key === "image" || key === "repository") && typeof child === "string"
      ? mirroredWhereNamed(child, mirrors)
      : inside(child, mirrors),
  ]);
  return { ...(Object.fromEntries(children) as Tree), ...inTwoParts(value, mirrors) };
}

/** Charts print both with a slash between; a mirror's own path goes to the repository. */
function inTwoParts({ registry, repository }: Tree, mirrors: Mirrors): Tree {
  if (typeof registry !== "string" || typeof repository !== "string" || registry === "") return {};
  const image = `${registry}/${repository}`;
  const changed = mirrored(image, mirrors);
  if (changed === image) return { repository };
  const slash = changed.indexOf("/");
  return { registry: changed.slice(0, slash), repository: changed.slice(slash + 1) };
}
