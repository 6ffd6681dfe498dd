/** Images in objects RZP did not make itself, from the mirrors of the cluster. */
import { load } from "js-yaml";
import type { Manifest } from "../model/manifest.ts";
import { mirrored } from "../release/images/mirrors.ts";
import { editedText } from "../output/edited-text.ts";
import { asTree, isTree } from "../model/data.ts";
import type { Tree } from "../model/data.ts";

/**
 * In: an object of a chart, or one a service brings. Out: the same with the images of its containers mirrored.
 * Images that stand elsewhere (an argument, a field of an operator's own kind) stay: nobody here knows them.
 */
export function withMirroredImages(
  manifest: Manifest,
  mirrors: Readonly<Record<string, string>> | undefined,
): Manifest {
  if (
    mirrors === undefined ||
    !/image:/.test(manifest.text) ||
    manifest.kind === "CustomResourceDefinition"
  )
    return manifest;
  const images = [...new Set(imagesIn(load(manifest.text)))].filter(
    (image) => mirrored(image, mirrors) !== image,
  );
  if (images.length === 0) return manifest;
  const text = editedText(manifest.text, {
    change: (tree) => asTree(replaced(tree, mirrors)),
    lines: (before) =>
      images.reduce(
        (lines, image) =>
          lines.replaceAll(
            lineOf(image),
            (_, start: string, quote: string) =>
              `${start}${quote}${mirrored(image, mirrors)}${quote}`,
          ),
        before,
      ),
  });
  return { ...manifest, text };
}

const lineOf = (image: string) =>
  new RegExp(
    `^([ \\t]*(?:- +)*image: +)(["']?)${RegExp.escape(image)}\\2(?=[ \\t]*(?:#.*)?$)`,
    "gm",
  );

const isContainers = (key: string) => key === "containers" || key === "initContainers";

function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(isContainers(key)
      ? containersIn(child).flatMap(({ image }) => (typeof image === "string" ? image : []))
      : []),
    ...imagesIn(child),
  ]);
}

function replaced(value: unknown, mirrors: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((child: unknown) => replaced(child, mirrors));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      const inside = replaced(child, mirrors);
      return [
        key,
        isContainers(key) && Array.isArray(inside)
          ? inside.map((container: unknown) => withImage(container, mirrors))
          : inside,
      ];
    }),
  );
}

function withImage(container: unknown, mirrors: Readonly<Record<string, string>>): unknown {
  return isTree(container) && typeof container["image"] === "string"
    ? { ...container, image: mirrored(container["image"], mirrors) }
    : container;
}

const containersIn = (value: unknown): Tree[] => (Array.isArray(value) ? value.filter(isTree) : []);
