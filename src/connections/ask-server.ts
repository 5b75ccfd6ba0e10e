import { withDeadline } from "./with-deadline.ts";

/** A server, or what stands in for one, as its connections see it. */
export type Server = {
  /** As errors name it, without a password: `Redis at redis.example.com:6379`. */
  name: string;
  /** Rejects, with the reason, unless the server can be written to. */
  ping(): Promise<void>;
  /** Called when an answer is overdue: a connection can be dead without either end having noticed. */
  reconnect(): void;
};

/** The longest wait before something is refused because the server does not answer, in milliseconds. */
export const answerDeadline = 4_500;

export type Ask = <Answer>(doing: string, ask: () => Promise<Answer>) => Promise<Answer>;

/** Makes a function that asks the server in time or says what could not be done, and why: at once, given a `refusal`. */
export function askServer(server: Server, refusal: () => string | undefined): Ask {
  return async (doing, ask) => {
    try {
      const reason = refusal();
      if (reason !== undefined) throw new Error(reason);
      return await withDeadline(ask(), answerDeadline, () => server.reconnect());
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`${doing}: ${server.name}: ${cause}`, { cause: error });
    }
  };
}
