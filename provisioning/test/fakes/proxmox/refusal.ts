/** How Proxmox VE says no: the text is in the HTTP status line, wrong parameters are named in `errors`. */

export class Refusal extends Error {
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | undefined;

  constructor(status: number, text: string, errors?: Readonly<Record<string, string>>) {
    super(text);
    this.status = status;
    this.errors = errors;
  }
}

/** An error inside the API: what Perl's `die` gives. */
export const died = (text: string): Refusal => new Refusal(500, text);

export const wrongParameters = (errors: Readonly<Record<string, string>>): Refusal =>
  new Refusal(400, "Parameter verification failed.", errors);

export const forbidden = (what?: string): Refusal =>
  new Refusal(403, `Permission check failed${what === undefined ? "" : ` (${what})`}`);
