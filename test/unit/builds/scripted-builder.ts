import { buffer } from "node:stream/consumers";
import type {
  Builder,
  BuildObserver,
  BuildOutcome,
  BuildPlan,
  BuildStart,
} from "../../../src/builders/builder.ts";

/** A builder whose every step a test decides. */
export type ScriptedBuilder = Builder & {
  readonly calls: string[];
  readonly plans: BuildPlan[];
  startsAs: BuildStart;
  sendFails: Error | undefined;
  removeFails: Error | undefined;
  readonly observed: Promise<BuildObserver>;
  end(outcome: BuildOutcome): void;
};

export function createScriptedBuilder(): ScriptedBuilder {
  const calls: string[] = [];
  const plans: BuildPlan[] = [];
  const ended = Promise.withResolvers<BuildOutcome>();
  const sent = Promise.withResolvers<void>();
  const observed = Promise.withResolvers<BuildObserver>();
  const builder: ScriptedBuilder = {
    description: "Scripted v1",
    calls,
    plans,
    startsAs: "created",
    sendFails: undefined,
    removeFails: undefined,
    observed: observed.promise,
    end: ended.resolve,
    async start(plan) {
      calls.push("start");
      plans.push(plan);
      return builder.startsAs;
    },
    async sendContext(_plan, buildContext) {
      calls.push("sendContext");
      await buffer(buildContext);
      sent.resolve();
      if (builder.sendFails) throw builder.sendFails;
    },
    async watch(_plan, observer, signal) {
      calls.push("watch");
      observer.running();
      observed.resolve(observer);
      const letGo = new Promise<never>((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason)),
      );
      const outcome = ended.promise.then(async (end) => {
        if (builder.startsAs === "created" && "digest" in end) await sent.promise;
        return end;
      });
      return Promise.race([outcome, letGo]);
    },
    async remove() {
      calls.push("remove");
      if (builder.removeFails) throw builder.removeFails;
    },
    async close() {},
  };
  return builder;
}
