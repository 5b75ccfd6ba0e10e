import type { Check } from "../check.ts";

/** What was sent and not taken, and how it ended, in the forge's words: `timed out`. */
export type Missed = { event: string; status: string };

/** Whether what GitHub sent in the last day arrived. */
export function checkMissedWebhooks(subject: string, fetchMissed: () => Promise<Missed[]>): Check {
  return {
    subject,
    async look() {
      const missed = await fetchMissed();
      if (missed.length === 0) return { detail: "all of the last day arrived", faults: [] };
      const counts = Object.entries(Object.groupBy(missed, ({ event, status }) => `${event}: ${status}`));
      const list = counts.map(([what, ones = []]) => `${ones.length} × ${what}`).join(", ");
      return {
        detail: "",
        faults: [
          `Of the last day's deliveries did not arrive: ${list}. Check that GitHub reaches the bot at the webhook URL of the app's settings; a running bot asks GitHub to send them again.`,
        ],
      };
    },
  };
}
