import type { Diagnosis } from "../diagnosis.ts";
import { code } from "../diagnosis-rules/facts.ts";
import { diagnosePull, diagnoseRefused, diagnoseTakenAway, diagnoseUnschedulable } from "./rules/cluster.ts";
import { diagnoseEnd, diagnoseOther, diagnoseTimeout } from "./rules/run.ts";
import type { Rule, Scene } from "./rules/scene.ts";
import { diagnoseExecFormat, diagnoseNoCommand, diagnoseStart } from "./rules/start.ts";

/** The first that knows the failure words it. */
const RULES: Rule[] = [
  diagnoseTakenAway,
  diagnosePull,
  diagnoseUnschedulable,
  diagnoseRefused,
  diagnoseExecFormat,
  diagnoseNoCommand,
  diagnoseTimeout,
  diagnoseStart,
  diagnoseEnd,
];

/** Explains a pushed image that was run and did not show what it had to. */
export function diagnoseVerification(scene: Scene): Diagnosis {
  const known = RULES.reduce<Diagnosis | undefined>((found, rule) => found ?? rule(scene), undefined);
  return withPlace(known ?? diagnoseOther(scene), scene);
}

/** The image is there, whatever is wrong with it. */
export function withPlace(diagnosis: Diagnosis, { image }: Pick<Scene, "image">): Diagnosis {
  const place = `The image was pushed as ${code(image.pinned)} and got no other tag than its commit's.`;
  return { ...diagnosis, cause: `${diagnosis.cause}\n\n${place}` };
}
