/** One request that the stand-in received. */
export type LoggedCall = {
  method: string;
  /** Without `/api/v3`, without the query. */
  path: string;
  /** The name that GitHub's description gives it, or `codeload` for the download of an archive. */
  operationId: string | undefined;
  /** 0 until it is answered, and for good when the connection broke before that. */
  status: number;
  at: Date;
  caller: "app" | "installation" | "anonymous" | "codeload";
};

/** The requests received so far, oldest first. */
export class CallLog {
  readonly calls: LoggedCall[] = [];

  begin(method: string, path: string, at: Date): LoggedCall {
    const call: LoggedCall = { method, path, operationId: undefined, status: 0, at, caller: "anonymous" };
    this.calls.push(call);
    return call;
  }

  reset(): void {
    this.calls.length = 0;
  }
}
