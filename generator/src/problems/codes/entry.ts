/** What is said of a code on its page. */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  /** What to do, for the page; the problem itself carries the concrete fix. */
  readonly remedy: string;
}
