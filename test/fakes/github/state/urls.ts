/** Where things are on the stand-in, laid out as on a GitHub Enterprise Server. */
export class Urls {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** The address of an API path. */
  api(path: string): string {
    return `${this.base}/api/v3${path}`;
  }

  /** The address of a page that people look at. */
  page(path: string): string {
    return `${this.base}${path}`;
  }
}
