/**
 * The objects as seen from one release: the rules go over its own objects, and what they ask about others is
 * noted. As long as a release is the same and every answer is the same, the rules find the same.
 */
import { contentHash } from "../model/content-hash.ts";
import type { Release } from "../model/platform.ts";
import type { CheckedObject, CheckedTree } from "./objects.ts";

/** Answers about other releases by question; what it was told about its own objects goes with the release. */
export type Asked = Readonly<Record<string, string>>;

type Question = readonly ["find", string, string, string | undefined, string] | readonly ["inNamespace", string, string, string | undefined] | readonly ["owner", string, string];

export interface View {
  readonly tree: CheckedTree;
  /** Everything that was asked until now. */
  readonly asked: () => Asked;
}

/** In: all objects, one release and its own. */
export function viewOf(tree: CheckedTree, release: Release, own: readonly CheckedObject[]): View {
  const byKind = Map.groupBy(own, ({ kind }) => kind);
  const asked: Record<string, string> = {};
  const note = <T>(question: Question, answer: T): T => {
    const told = answerOf(tree, release, question);
    if (told !== nothing || question[0] !== "find") asked[JSON.stringify(question)] = told;
    return answer;
  };
  return {
    tree: {
      objects: own,
      ofKind: (kind) => byKind.get(kind) ?? [],
      find: (...place) => note(["find", ...place], tree.find(...place)),
      inNamespace: (...place) => note(["inNamespace", ...place], tree.inNamespace(...place)),
      owner: (...place) => note(["owner", ...place], tree.owner(...place)),
    },
    asked: () => asked,
  };
}
