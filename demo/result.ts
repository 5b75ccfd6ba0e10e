import type { Timings } from "./follow-build.ts";

/** What `--json` prints when everything that it says was seen to be true. */
export type Result = {
  commit: string;
  /** As nodes pull it. */
  image: string;
  digest: string;
  check: { name: string; status: string; conclusion: string | null };
  /** Milliseconds since the push was accepted, by stage; `total` is until GitHub showed the completed check. */
  timings: Timings;
  verified: true;
};
