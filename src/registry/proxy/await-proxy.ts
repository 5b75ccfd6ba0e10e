import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ProxyPlan } from "../../core/registry-proxy/proxy-plan.ts";

const TRIES = 600;
const PAUSE_MS = 50;

/** Resolves once the proxy of the plan listens on all its ports. */
export async function awaitProxy(planText: string): Promise<void> {
  for (const { port } of ProxyPlan.parse(JSON.parse(planText)).registries) await awaitPort(port);
}

async function awaitPort(port: number): Promise<void> {
  for (let tried = 1; ; tried++) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (tried === TRIES) throw error;
      await sleep(PAUSE_MS);
    } finally {
      socket.destroy();
    }
  }
}
