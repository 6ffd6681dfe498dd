/** What Helm says when it stops: first where it was, then what a template said. */

/** In: its stderr. Out: the message of the template that failed; undefined when no template did. */
export function messageOfTemplate(stderr: string): string | undefined {
  return /(?:error calling \w+|execution error at \([^)]*\)): (.+)$/m.exec(stderr)?.[1];
}
