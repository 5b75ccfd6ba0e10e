import { ApiError, type ValidationError } from "../http/api-error.ts";
import type { Annotation } from "../state/check-runs.ts";

export type CheckRunBody = {
  name?: string;
  head_sha?: string;
  details_url?: string;
  external_id?: string;
  status?: string;
  started_at?: string;
  conclusion?: string;
  completed_at?: string;
  output?: { title?: string; summary: string; text?: string; annotations?: Annotation[] };
  actions?: { label: string; description: string; identifier: string }[];
};

// GitHub counts bytes where its documentation says characters: https://github.com/github/docs/issues/35252
const LONGEST_TEXT_BYTES = 65_535;
const LONGEST_ANNOTATION_TEXT_BYTES = 64 * 1024;
// GitHub documents no limit for these two; its longest single-line columns hold this much.
const LONGEST_NAME = 255;
const LONGEST_ANNOTATION_TITLE = 255;

/** Refuses (422) what GitHub refuses in a check run although its description would let it pass. */
export function checkRunLimits(body: CheckRunBody): void {
  const errors: ValidationError[] = [];
  const refuse = (field: string, message: string) =>
    errors.push({ resource: "CheckRun", code: "custom", field, message });
  for (const field of ["title", "summary", "text"] as const) {
    if (Buffer.byteLength(body.output?.[field] ?? "") > LONGEST_TEXT_BYTES) {
      refuse(field, `${field} exceeds a maximum bytesize of ${LONGEST_TEXT_BYTES}`);
    }
  }
  for (const field of ["name", "external_id"] as const) {
    if ((body[field] ?? "").length > LONGEST_NAME)
      refuse(field, `${field} is too long (maximum is ${LONGEST_NAME} characters)`);
  }
  if (body.name === "") refuse("name", "name can't be blank");
  if (body.details_url && !/^https?:\/\//.test(body.details_url)) {
    refuse("details_url", "details_url must use http or https scheme");
  }
  if ((body.status === "completed" || body.completed_at) && !body.conclusion) {
    refuse("conclusion", "conclusion is required when the status is completed");
  }
  if (body.conclusion === "stale") refuse("conclusion", "only GitHub can set stale");
  for (const annotation of body.output?.annotations ?? []) annotationLimits(annotation, refuse);
  if (errors.length > 0) throw new ApiError(422, "Validation Failed", { errors });
}

function annotationLimits(annotation: Annotation, refuse: (field: string, message: string) => void): void {
  const { path, start_line, end_line, start_column, end_column, title, message, raw_details } = annotation;
  if (path === "") refuse("annotations", "path can't be blank");
  if (start_line < 1 || end_line < start_line)
    refuse("annotations", "end_line must be at or after start_line");
  if ((start_column || end_column) && start_line !== end_line) {
    refuse("annotations", "columns are only for annotations on one line");
  }
  if ((title ?? "").length > LONGEST_ANNOTATION_TITLE) refuse("annotations", "title is too long");
  for (const text of [message, raw_details ?? ""]) {
    if (Buffer.byteLength(text) > LONGEST_ANNOTATION_TEXT_BYTES) refuse("annotations", "text exceeds 64 KB");
  }
}
