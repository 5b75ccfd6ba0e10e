import { readFile } from "node:fs/promises";
import { completePolicy, type PolicySettings } from "../core/policy/complete-policy.ts";
import { PolicyFile } from "../core/policy/policy-file.ts";
import type { Policy } from "../core/policy.ts";
import { parseYaml } from "../core/yaml-faults/parse-yaml.ts";

/** Reads the file that `PUSHWRIGHT_POLICY` names, if one is. Throws one error that tells every fault. */
export async function loadPolicy(
  settings: PolicySettings & { policy?: string | undefined },
): Promise<Policy> {
  const path = settings.policy;
  const file = path === undefined ? {} : await readPolicy(path);
  const completed = completePolicy(file, settings);
  if ("policy" in completed) return completed.policy;
  throw policyError(path, completed.faults);
}

async function readPolicy(path: string): Promise<PolicyFile> {
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new Error(`reading the policy from ${path} (PUSHWRIGHT_POLICY): ${error.message}`, {
      cause: error,
    });
  });
  const parsed = parseYaml(text, PolicyFile);
  if ("value" in parsed) return parsed.value;
  throw policyError(
    path,
    parsed.faults.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`),
  );
}

function policyError(path: string | undefined, faults: string[]): Error {
  const place = path === undefined ? "from the settings" : `from ${path} (PUSHWRIGHT_POLICY)`;
  const list = faults.map((fault) => `  - ${fault}`).join("\n");
  return new Error(`reading the policy ${place}: ${faults.length} to be mended\n${list}`);
}
