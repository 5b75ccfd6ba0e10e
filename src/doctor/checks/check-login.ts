import type { Check } from "../check.ts";

/** Whether the forge knows the bot. `fetchOwn` asks it as whom. */
export function checkLogin(subject: string, fetchOwn: () => Promise<string>): Check {
  return {
    subject,
    async look() {
      return { detail: `knows the bot as ${await fetchOwn()}`, faults: [] };
    },
  };
}
