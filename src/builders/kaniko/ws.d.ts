// The part of ws that attach.ts uses.
declare module "ws" {
  import type { EventEmitter } from "node:events";
  import type { ClientRequest, IncomingMessage } from "node:http";
  import type { RequestOptions } from "node:https";

  export class WebSocket extends EventEmitter {
    static readonly OPEN: 1;
    constructor(
      address: string,
      protocols: string[],
      options: RequestOptions & { handshakeTimeout?: number },
    );
    readonly readyState: number;
    readonly bufferedAmount: number;
    send(data: Buffer, done?: (error?: Error) => void): void;
    ping(): void;
    close(): void;
    terminate(): void;
    on(event: "open", listener: () => void): this;
    on(event: "pong", listener: () => void): this;
    on(event: "message", listener: (data: Buffer) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
    on(event: "close", listener: (code: number) => void): this;
    on(
      event: "unexpected-response",
      listener: (request: ClientRequest, answer: IncomingMessage) => void,
    ): this;
  }
}
