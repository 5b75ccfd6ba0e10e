/** A token service that gives no token. */
export class LoginRefused extends Error {
  readonly doing: string;
  readonly status: number;

  constructor(doing: string, status: number) {
    super(`${doing}: it answered ${status}`);
    this.doing = doing;
    this.status = status;
  }
}
