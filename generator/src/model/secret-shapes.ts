/** Keys and tokens that are known by their looks. */

interface Shape {
  readonly words: string;
  readonly pattern: RegExp;
  /** What each has, where that is found sooner than the pattern: all rendered texts are searched. */
  readonly has?: string;
}

/** What keys and tokens look like, as their issuers document it. Broader guesses are the secret scan's. */
const shapes: readonly Shape[] = [
  { words: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { words: "an age key", pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}/ },
  { words: "an AWS access key", pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    words: "a GitHub token",
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/,
  },
  { words: "a GitLab token", pattern: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { words: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/ },
  {
    words: "a Telegram bot token",
    has: ":AA",
    pattern: /\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b/,
  },
  {
    words: "a JSON web token",
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  },
  {
    words: "an address with a password",
    has: "@",
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']+:(?!\$[({]|\{\{|<|\*)[^\s/@"'$]{6,}@[A-Za-z0-9]/,
  },
];

/** What a value looks like, in words; undefined where it looks like no secret. */
export const shapeOf = (value: unknown) =>
  typeof value === "string"
    ? shapes.find(({ has = "", pattern }) => value.includes(has) && pattern.test(value))
    : undefined;

/** In: a text. Out: the same, as long, with stars for what looks like a secret. */
export const withoutSecrets = (text: string): string =>
  shapes.reduce(
    (clean, { pattern }) =>
      clean.replaceAll(new RegExp(pattern, "g"), (found) => "*".repeat(found.length)),
    text,
  );
