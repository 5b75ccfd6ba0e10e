import type { Diagnosis } from "../diagnosis.ts";
import { code } from "./facts.ts";
import { isBeyondQuota, parseQuota, type QuotaRow } from "./quota.ts";

const OPERATOR = "This is for whoever runs Pushwright here to mend";

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const POD_SECURITY = /violates PodSecurity "([^"]{1,100})": (.+)$/;
/** https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
const WEBHOOK = /admission webhook "([^"]{1,253})" denied the request(?:: (.+)|.*)$/;
/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
const POLICY = /ValidatingAdmissionPolicy '([^']{1,253})' with binding '[^']{1,253}' denied request: (.+)$/;
/** https://kubernetes.io/docs/concepts/policy/limit-range/ */
const LIMIT_RANGE =
  /(?:maximum|minimum) [\w./-]+ usage per (?:Container|Pod) is |max limit to request ratio per (?:Container|Pod) is /;
const FORBIDDEN = /\bis forbidden: (.+)$/;
const MAX_WORDS = 8_192;

/** What the API server said when it would not have the build's Job or pod. Undefined for other words. */
export function diagnoseRefusal(said: string): Diagnosis | undefined {
  const words = said.replace(/\s+/g, " ").trim().slice(0, MAX_WORDS);
  const quota = parseQuota(words);
  if (quota) return quotaExceeded(quota);
  const [, level, violations = ""] = POD_SECURITY.exec(words) ?? [];
  if (level !== undefined) return podSecurity(level, violations);
  const [, webhook, why] = WEBHOOK.exec(words) ?? [];
  if (webhook !== undefined) return refusedBy(`The admission webhook ${code(webhook)}`, why);
  const [, policy, because] = POLICY.exec(words) ?? [];
  if (policy !== undefined) return refusedBy(`The admission policy ${code(policy)}`, because);
  const [, forbidden] = FORBIDDEN.exec(words) ?? [];
  if (forbidden === undefined) return undefined;
  return LIMIT_RANGE.test(forbidden) ? limitRange(forbidden) : refusedBy("The API server", forbidden);
}

function quotaExceeded(quota: { name: string; rows: QuotaRow[] }): Diagnosis {
  const { name, rows } = quota;
  const list = rows.map(
    ({ resource, asked, used, limit }) =>
      `${code(resource)}: asked ${code(asked)}, used ${code(used)} of ${code(limit)}`,
  );
  const more = isBeyondQuota(quota)
    ? "The build asks for more than all of it."
    : "Other pods in the namespace had taken what the build needed.";
  return {
    class: "permanent",
    code: "quota-exceeded",
    title: `The namespace's quota ${name} had no room for the build`,
    cause: `${more} ${list.join("; ")}.`,
    remedy: `${OPERATOR}: raise the ResourceQuota ${code(name)}, let builds ask for less (\`PUSHWRIGHT_CPU_REQUEST\`, \`PUSHWRIGHT_MEMORY_REQUEST\`, \`PUSHWRIGHT_CPU_LIMIT\`, \`PUSHWRIGHT_MEMORY_LIMIT\`), or fewer run at once (\`PUSHWRIGHT_CONCURRENCY\`). Then build again.`,
  };
}

function podSecurity(level: string, violations: string): Diagnosis {
  return {
    class: "permanent",
    code: "admission-refused",
    title: `The namespace's Pod Security (${level}) refuses the build`,
    cause: `Its pod would break the level ${code(level)}: ${code(violations)}.`,
    remedy: `${OPERATOR}: builds need a namespace of the level \`baseline\`, and the security profile \`privileged\` one of that name (label \`pod-security.kubernetes.io/enforce\`).`,
  };
}

function refusedBy(who: string, why = "it gave no reason"): Diagnosis {
  return {
    class: "permanent",
    code: "admission-refused",
    title: "The cluster's admission refuses the build",
    cause: `${who} refused the build: ${code(why)}.`,
    remedy: `${OPERATOR}: let the refusing rule except the namespace of builds, or change what it objects to. Nothing is wrong with the Dockerfile.`,
  };
}

function limitRange(words: string): Diagnosis {
  return {
    class: "permanent",
    code: "limit-range",
    title: "The namespace's LimitRange does not allow what builds ask for",
    cause: `The API server says: ${code(words)}.`,
    remedy: `${OPERATOR}: change the LimitRange, or bring \`PUSHWRIGHT_CPU_REQUEST\`, \`PUSHWRIGHT_CPU_LIMIT\`, \`PUSHWRIGHT_MEMORY_REQUEST\` and \`PUSHWRIGHT_MEMORY_LIMIT\` within it (in the policy: \`limits\`).`,
  };
}

/** Whether waiting may help: others may give back what a quota has too little of, a webhook may answer again. */
export function mayPass(said: string): boolean {
  const quota = parseQuota(said);
  if (quota) return !isBeyondQuota(quota);
  return (
    diagnoseRefusal(said) === undefined || /failed calling webhook|serviceaccount ".*" not found/.test(said)
  );
}
