import { formatDuration } from "../format-duration.ts";
import type { Policy } from "../policy.ts";
import type { ImageConfig } from "../repo-config.ts";
import type { VerifyWish } from "../verification/verify-wish.ts";

/**
 * How the pushed image is verified within the policy, and what of the configuration is not kept to, as sentences of
 * markdown without a full stop.
 */
export function verifyWishOf(
  { verify }: Pick<ImageConfig, "verify">,
  policy: Pick<Policy, "verify">,
): { verify?: VerifyWish; notes: string[] } {
  if (!verify) return { notes: [] };
  const { isAllowed, timeoutSeconds: most } = policy.verify;
  if (!isAllowed) return { notes: ["its image is not verified: the operator has turned that off"] };
  if (verify.timeoutSeconds <= most) return { verify, notes: [] };
  const [own, cut] = [verify.timeoutSeconds, most].map((seconds) => formatDuration(seconds * 1000));
  const note = `its verification's timeout of ${own} is cut to the operator's ${cut}`;
  return { verify: { ...verify, timeoutSeconds: most }, notes: [note] };
}
