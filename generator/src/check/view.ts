/**
 * The objects as seen from one release: the rules go over its own objects, and what they ask about others is
 * noted. As long as a release is the same and every answer is the same, the rules find the same.
 */
import { hash } from "node:crypto";
import { contentHash } from "../model/content-hash.ts";
import type { Release } from "../model/platform.ts";
import type { Manifest, ManifestHeader } from "../model/manifest.ts";
import { questionText } from "../model/rendered.ts";
import type { Asked, Question } from "../model/rendered.ts";
import { outsideHash } from "../release/outside.ts";
import { kindOf } from "../model/scopes.ts";
import type { CheckedObject, CheckedTree, ClusterObjects } from "./objects.ts";

export interface View {
  readonly tree: CheckedTree;
  /** Everything that was asked until now. */
  readonly asked: () => Asked;
}

/** In: all objects, one release and its own. */
export function viewOf(
  tree: ClusterObjects,
  release: Release,
  own: readonly CheckedObject[],
): View {
  const byKind = Map.groupBy(own, ({ kind }) => kind);
  const asked = new Map<string, readonly [Question, string]>();
  const note = (question: Question) => {
    const key = questionText(question);
    if (!asked.has(key)) asked.set(key, [question, answerOf(tree, release, question)]);
  };
  return {
    tree: {
      objects: own,
      ofKind: (kind) => byKind.get(kind) ?? [],
      find: (...place) => {
        const found = tree.find(...place);
        // Its own object goes with the release; a second one of that name is an error by itself.
        if (found?.release !== release) note(["find", ...place]);
        return found;
      },
      inNamespace: (...place) => {
        note(["inNamespace", ...place]);
        return tree.inNamespace(...place);
      },
      owner: (...place) => {
        note(["owner", ...place]);
        return tree.owner(...place);
      },
    },
    asked: () => [...asked.values()],
  };
}

/** Whether all that was asked for a release would be answered as it was. */
export function isAnsweredAlike(tree: ClusterObjects, release: Release, asked: Asked): boolean {
  return asked.every(([question, answer]) => answerOf(tree, release, question) === answer);
}

/** A release as it is or was, where it says something about others. */
export interface Answering {
  readonly cluster: string;
  /** Which it owns. */
  readonly namespace: string;
  readonly objects: readonly ManifestHeader[];
}

/** Every question that has something of these releases in its answer, as text. */
export function questionsAbout(releases: readonly Answering[]): Set<string> {
  return new Set(
    releases.flatMap(({ cluster, namespace: owned, objects }) => [
      questionText(["owner", cluster, owned]),
      ...objects.flatMap((object) => {
        const { name, namespace } = object;
        const kind = kindOf(object);
        return [
          questionText(["find", cluster, kind, namespace, name]),
          questionText(["inNamespace", cluster, kind, namespace]),
        ];
      }),
    ]),
  );
}

/** What the answer says about other releases, in short. */
function answerOf(tree: ClusterObjects, release: Release, question: Question): string {
  if (question[0] === "owner") return ownerInShort(tree.owner(question[1], question[2]), release);
  const objects =
    question[0] === "find"
      ? [tree.find(question[1], question[2], question[3], question[4])]
      : tree.inNamespace(question[1], question[2], question[3]);
  return objects
    .flatMap((object) =>
      object === undefined || object.release === release
        ? []
        : [manifestInShort(object.manifest), releaseInShort(object.release)],
    )
    .join(" ");
}

function ownerInShort(owner: Release | undefined, release: Release): string {
  if (owner === undefined) return "nobody";
  return owner === release ? "itself" : releaseInShort(owner);
}

const releaseInShort = ({ facts, service }: Release) =>
  `${contentHash(facts)} ${outsideHash(service)}`;

const known = new WeakMap<Manifest, string>();

function manifestInShort(manifest: Manifest): string {
  const { apiVersion, kind, namespace, name, text, vendored } = manifest;
  const found =
    known.get(manifest) ??
    hash("sha256", JSON.stringify([apiVersion, kind, namespace, name, text, vendored]));
  known.set(manifest, found);
  return found;
}
